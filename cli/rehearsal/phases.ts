import type { OpMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { causeOf, EngineWatch } from "./engine-watch";
import type { Fault, Phase, PhaseResult } from "./report";

/** What a phase works with. */
export interface PhaseContext {
  readonly stack: Stack;
  /** Directories of policy packs. */
  readonly policyPacks: readonly string[];
  /** Everything that the engine prints. */
  readonly log: (text: string) => void;
  readonly signal: AbortSignal;
  readonly onResource: (done: number, name: string) => void;
  /** What the cloud still has of this stack. */
  readonly inventory: () => Promise<readonly Leftover[]>;
  /** Hears what the reader should know. */
  readonly note: (text: string) => void;
}

/** Something that a cloud still has. */
export interface Leftover {
  readonly type: string;
  readonly name: string;
}

interface Outcome {
  readonly summary: string;
  readonly faults: readonly Fault[];
}

type RunPhase = (context: PhaseContext, watch: EngineWatch) => Promise<Outcome>;

const runPhase: { readonly [P in Phase]: RunPhase } = {
  preview: async (context, watch) => {
    await context.stack.preview({ ...engineOptions(context, watch), policyPacks: [...context.policyPacks] });
    return { summary: describe(watch.changes, planned), faults: incomplete(watch) };
  },
  up: async (context, watch) => {
    await context.stack.up({ ...engineOptions(context, watch), policyPacks: [...context.policyPacks] });
    return { summary: describe(watch.changes), faults: incomplete(watch) };
  },
  "second up": async (context, watch) => {
    await context.stack.up(engineOptions(context, watch));
    return {
      summary: describe(watch.changes),
      faults: [...incomplete(watch), ...moved(watch, "changed by a second up")],
    };
  },
  refresh: async (context, watch) => {
    await context.stack.refresh(engineOptions(context, watch));
    const drifted = moved(watch, "found to differ from the state").filter(
      ({ reason }) => !reason.startsWith("refresh:"),
    );
    return {
      summary: drifted.length === 0 ? "no drift" : `${drifted.length} drifted`,
      faults: [...drifted, ...finished(watch)],
    };
  },
  destroy: async (context, watch) => {
    await liftProtection(context);
    await context.stack.destroy(engineOptions(context, watch));
    const state = await remaining(context.stack);
    const leftovers = await context.inventory();
    return {
      summary: describe(watch.changes),
      faults: [
        ...finished(watch),
        ...state.map(({ name, type }) => ({
          resource: name,
          type,
          reason: "still in the state after destroy",
        })),
        ...leftovers.map(({ name, type }) => ({
          resource: name,
          type,
          reason: "still in the cloud after destroy",
        })),
      ],
    };
  },
};

function engineOptions({ log, signal }: PhaseContext, watch: EngineWatch) {
  return {
    color: "never" as const,
    onOutput: log,
    onError: log,
    onEvent: (event: Parameters<EngineWatch["see"]>[0]) => watch.see(event),
    signal,
  };
}

/** Runs one phase; a failure of the engine is a result, not an exception. */
export async function runOnePhase(
  phase: Phase,
  context: PhaseContext,
): Promise<PhaseResult & { readonly watch: EngineWatch }> {
  const watch = new EngineWatch(context.stack.name, context.onResource);
  const started = performance.now();
  const outcome = await runPhase[phase](context, watch).catch((error: unknown) => failed(error, watch));
  const seconds = (performance.now() - started) / 1000;
  return { phase, ok: outcome.faults.length === 0, seconds, ...outcome, watch };
}

function failed(error: unknown, watch: EngineWatch): Outcome {
  const seen = watch.faults();
  if (seen.length > 0) return { summary: "failed", faults: seen };
  return {
    summary: "failed",
    faults: [{ resource: watch.stack, type: "pulumi:pulumi:Stack", reason: causeOf(error) }],
  };
}

/** An engine that vanishes mid-run can leave a success behind: only its summary shows that it came to its end. */
function finished(watch: EngineWatch): Fault[] {
  if (watch.changes !== undefined) return [];
  return [
    { resource: watch.stack, type: "pulumi:pulumi:Stack", reason: "the engine ended without a summary" },
  ];
}

/** The same for a run of the program, which must also have handed over the stack's outputs. */
function incomplete(watch: EngineWatch): Fault[] {
  if (watch.outputsRegistered) return finished(watch);
  return [
    {
      resource: watch.stack,
      type: "pulumi:pulumi:Stack",
      reason: "the program's outputs were never registered",
    },
  ];
}

function moved(watch: EngineWatch, what: string): Fault[] {
  return watch.steps.map(({ operation, resource, type, keys }) => ({
    resource,
    type,
    reason: `${operation}: ${what}${keys.length > 0 ? ` (${keys.join(", ")})` : ""}`,
  }));
}

type Words = Readonly<Record<string, string>>;
const done: Words = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  same: "unchanged",
};
const planned: Words = {
  create: "to create",
  update: "to update",
  delete: "to delete",
  replace: "to replace",
  same: "unchanged",
};

/** Counts of operations in words, for example `94 created, 2 unchanged`. */
function describe(changes: OpMap | undefined, words: Words = done): string {
  const parts = Object.entries(changes ?? {})
    .filter(([operation, count]) => count > 0 && operation in words)
    .map(([operation, count]) => `${count} ${words[operation] ?? operation}`);
  return parts.length > 0 ? parts.join(", ") : "nothing to do";
}

interface Deployment {
  readonly resources?: readonly { readonly urn: string; readonly protect?: boolean }[];
}

/** Protection is a mark in the state; the next `up` sets it again where the program asks for it. */
async function liftProtection({ stack, note }: PhaseContext): Promise<void> {
  const exported = await stack.exportStack();
  const { resources = [] } = exported.deployment as Deployment;
  const guarded = resources.filter(({ protect }) => protect === true).length;
  if (guarded === 0) return;
  const lifted = resources.map((resource) => ({ ...resource, protect: false }));
  await stack.importStack({
    ...exported,
    deployment: { ...(exported.deployment as Deployment), resources: lifted },
  });
  note(`protection of ${guarded} resources lifted, as \`pulumi state unprotect --all\` does`);
}

async function remaining(stack: Stack): Promise<Leftover[]> {
  const deployment = (await stack.exportStack()).deployment as Deployment;
  return (deployment.resources ?? []).map(({ urn }) => ({
    name: urn.split("::").slice(3).join("::"),
    type: urn.split("::")[2]?.split("$").at(-1) ?? "",
  }));
}

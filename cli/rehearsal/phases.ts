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
  readonly brief: string;
  readonly faults: readonly Fault[];
}

type RunPhase = (context: PhaseContext, watch: EngineWatch) => Promise<Outcome>;

const runPhase: { readonly [P in Phase]: RunPhase } = {
  preview: async (context, watch) => {
    await context.stack.preview({ ...engineOptions(context, watch), policyPacks: [...context.policyPacks] });
    return { ...describe(watch.changes, planned), faults: incomplete(watch) };
  },
  up: async (context, watch) => {
    await context.stack.up({ ...engineOptions(context, watch), policyPacks: [...context.policyPacks] });
    return { ...describe(watch.changes, done), faults: incomplete(watch) };
  },
  "second up": async (context, watch) => {
    await context.stack.up(engineOptions(context, watch));
    const changed = moved(watch, "a second up changes it");
    return { ...describe(watch.changes, done), faults: [...incomplete(watch), ...changed] };
  },
  refresh: async (context, watch) => {
    await context.stack.refresh(engineOptions(context, watch));
    const drifted = moved(watch, "the cloud differs from the state").filter(
      ({ operation }) => operation !== "refresh",
    );
    const summary = drifted.length === 0 ? "no drift" : `${drifted.length} drifted`;
    return { summary, brief: summary, faults: [...drifted, ...finished(watch)] };
  },
  destroy: async (context, watch) => {
    await liftProtection(context);
    await context.stack.destroy(engineOptions(context, watch));
    const state = await remaining(context.stack);
    const leftovers = await context.inventory();
    const still = (where: string) => (left: Leftover) => ({
      resource: left.name,
      type: left.type,
      reason: `still in the ${where} after destroy`,
    });
    const faults = [...finished(watch), ...state.map(still("state")), ...leftovers.map(still("cloud"))];
    return { ...describe(watch.changes, done), faults };
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

/**
 * A program that failed in one place waits for ever for what was to come of it, and the engine with it: the engine gets
 * this long to end what is under way, and is then told to stop.
 */
const patienceMs = 2000;

/** Runs one phase; a failure of the engine is a result, not an exception. */
export async function runOnePhase(
  phase: Phase,
  context: PhaseContext,
): Promise<PhaseResult & { readonly watch: EngineWatch }> {
  const broken = new AbortController();
  const watch = new EngineWatch(context.stack.name, context.onResource, () => {
    setTimeout(() => broken.abort(), patienceMs).unref();
  });
  const started = performance.now();
  const guarded = { ...context, signal: AbortSignal.any([context.signal, broken.signal]) };
  const outcome = await runPhase[phase](guarded, watch).catch((error: unknown) => failed(error, watch));
  const seconds = (performance.now() - started) / 1000;
  return { phase, ok: outcome.faults.length === 0, seconds, ...outcome, watch };
}

function failed(error: unknown, watch: EngineWatch): Outcome {
  const seen = watch.faults();
  if (seen.length > 0) return { summary: "failed", brief: "failed", faults: seen };
  return {
    summary: "failed",
    brief: "failed",
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

function moved(watch: EngineWatch, what: string): (Fault & { readonly operation: string })[] {
  return watch.steps.map(({ operation, resource, type, keys }) => {
    const where = keys.length > 0 ? ` (${keys.join(", ")})` : "";
    return { operation, resource, type, reason: `${what}: ${operation}${where}` };
  });
}

/** Word and sign for each operation, in the order in which they are listed. */
type Words = Readonly<Record<string, readonly [word: string, sign: string]>>;
const done: Words = {
  create: ["created", "+"],
  update: ["updated", "~"],
  replace: ["replaced", "±"],
  delete: ["deleted", "-"],
  same: ["unchanged", "="],
};
const planned: Words = {
  create: ["to create", "+"],
  update: ["to update", "~"],
  replace: ["to replace", "±"],
  delete: ["to delete", "-"],
  same: ["unchanged", "="],
};

/** Counts of operations, for example `94 created, 2 unchanged` and `+94 =2`. */
function describe(changes: OpMap | undefined, words: Words): Omit<Outcome, "faults"> {
  const counts = new Map(Object.entries(changes ?? {}));
  const seen = Object.entries(words).filter(([operation]) => (counts.get(operation) ?? 0) > 0);
  if (seen.length === 0) return { summary: "nothing to do", brief: "nothing" };
  return {
    summary: seen.map(([operation, [word]]) => `${counts.get(operation) ?? 0} ${word}`).join(", "),
    brief: seen.map(([operation, [, sign]]) => `${sign}${counts.get(operation) ?? 0}`).join(" "),
  };
}

interface Deployment {
  readonly resources?: readonly { readonly urn: string; readonly protect?: boolean }[];
}

const clusterProtection = "ml-platform:kubernetes.deletionProtection";

/**
 * The cloud's own protection goes by a run of the program, as it would for a user. Pulumi's is a mark in the state; the
 * next `up` sets it again where the program asks for it, so it goes last.
 */
async function liftProtection({ stack, note, log, signal }: PhaseContext): Promise<void> {
  if (guardedIn(await stack.exportStack()) === 0) return;
  await stack.setConfig(clusterProtection, { value: "false" }, true);
  await stack.up({ color: "never", onOutput: log, onError: log, signal });
  note("deletion protection of the cluster turned off by a run without it (kubernetes.deletionProtection)");
  const exported = await stack.exportStack();
  const { resources = [] } = exported.deployment as Deployment;
  const guarded = guardedIn(exported);
  const lifted = resources.map((resource) => ({ ...resource, protect: false }));
  await stack.importStack({
    ...exported,
    deployment: { ...(exported.deployment as Deployment), resources: lifted },
  });
  note(`protection of ${guarded} resources lifted, as \`pulumi state unprotect --all\` does`);
}

function guardedIn({ deployment }: { readonly deployment: unknown }): number {
  return ((deployment as Deployment).resources ?? []).filter(({ protect }) => protect === true).length;
}

async function remaining(stack: Stack): Promise<Leftover[]> {
  const deployment = (await stack.exportStack()).deployment as Deployment;
  return (deployment.resources ?? []).map(({ urn }) => ({
    name: urn.split("::").slice(3).join("::"),
    type: urn.split("::")[2]?.split("$").at(-1) ?? "",
  }));
}

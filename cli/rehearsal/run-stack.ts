import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Deployment, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import type { LocalLayout } from "../local-layout";
import { masker } from "../mask";
import { openStack, projectSettings, stackFiles } from "./open-stack";
import { type Leftover, runOnePhase } from "./phases";
import { type MadeAnyway, releaseDeadLocks, restoreTornCheckpoint, settlePending } from "./recover";
import type { Phase, PhaseResult, StackEvent, StackResult } from "./report";

/** What the simulated cloud knows of one stack. */
export interface CloudView {
  /** Everything that exists, as made by this stack. */
  inventory(stack: string): Promise<readonly Leftover[]>;
  /** What was made of each cut-off create of an exported stack. */
  pendingCreates(exported: Deployment): Promise<readonly MadeAnyway[]>;
}

/** One stack's way through the given phases. */
export interface RunStackArgs {
  readonly stack: string;
  readonly program: PulumiFn;
  readonly config: Readonly<Record<string, unknown>>;
  readonly phases: readonly Phase[];
  readonly policyPacks: readonly string[];
  readonly layout: LocalLayout;
  /** Variables of the local clouds' providers. */
  readonly env: Readonly<Record<string, string>>;
  readonly cloud: CloudView;
  readonly signal: AbortSignal;
  readonly tell: (event: StackEvent) => void;
}

/** Path of a stack's full log. */
export function logPath(layout: LocalLayout, stack: string): string {
  return join(layout.logs, `${stack}.log`);
}

/**
 * Takes one stack through its phases and stops at the first that fails, leaving the stack as it is: the next run goes
 * on from there. What a killed run left behind is put in order first.
 */
export async function runStack(args: RunStackArgs): Promise<StackResult> {
  const file = createWriteStream(logPath(args.layout, args.stack), { flags: "w" });
  const mask = masker([args.layout.passphrase]);
  const log = (text: string) => void file.write(mask(text));
  const note = (text: string) => {
    log(`${text}\n`);
    args.tell({ kind: "note", text: mask(text) });
  };
  const results: PhaseResult[] = [];
  let resources = 0;
  try {
    const { name: project } = await projectSettings();
    const files = stackFiles(args.layout, project, args.stack);
    await releaseDeadLocks(files.locks, note);
    await restoreTornCheckpoint(files.checkpoint, note);
    const stack = await openStack(args);
    await settlePending(stack, (exported) => args.cloud.pendingCreates(exported), note, log);
    for (const phase of args.phases) {
      if (args.signal.aborted) break;
      log(`\n== ${args.stack}: ${phase} ==\n`);
      args.tell({ kind: "phase", phase });
      const { result, count } = await onePhase(phase, stack, args, { note, log, total: resources });
      resources = Math.max(resources, count);
      results.push(result);
      args.tell({ kind: "phase-end", result });
      if (!result.ok) break;
    }
    return { resources, phases: results, cancelled: args.signal.aborted };
  } finally {
    file.end();
    await finished(file);
  }
}

/** Resources that earlier phases counted, and where messages go. */
interface PhaseExtras {
  readonly note: (text: string) => void;
  readonly log: (text: string) => void;
  readonly total: number;
}

async function onePhase(phase: Phase, stack: Stack, args: RunStackArgs, { note, log, total }: PhaseExtras) {
  const mask = masker([args.layout.passphrase]);
  const { watch, ...result } = await runOnePhase(phase, {
    stack,
    policyPacks: args.policyPacks,
    log,
    note,
    signal: args.signal,
    onResource: (done, name) =>
      args.tell({ kind: "resource", phase, done, name, ...(total > 0 ? { total } : {}) }),
    inventory: () => args.cloud.inventory(args.stack),
  });
  const faults = result.faults.map((fault) => ({ ...fault, reason: mask(fault.reason) }));
  return {
    result: { ...result, faults },
    count: Object.values(watch.changes ?? {}).reduce((sum, n) => sum + n, 0),
  };
}

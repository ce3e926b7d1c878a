import Table from "cli-table3";
import pc from "picocolors";
import { held, phases, type StackResult } from "./report";

/** One cloud's row, with what the reader needs when it failed. */
export interface Row {
  readonly cloud: string;
  readonly stack: string;
  /** Path of the full log, as shown. */
  readonly log: string;
  /** Command that takes up again where this row ended. */
  readonly next: string;
  /** How the stack ended, or one line that says why it never got anywhere. */
  readonly outcome: StackResult | { readonly broken: string };
}

/** Most failed resources that are listed for one cloud. */
const listed = 5;

/** Whether a row held everything. */
export function rowHeld({ outcome }: Row): boolean {
  return !("broken" in outcome) && held(outcome);
}

/** The closing table, and below it each failure with its reason and the next command. */
export function summarize(rows: readonly Row[], seconds: number): string {
  const table = new Table({
    head: ["cloud", "resources", ...phases].map((title) => pc.bold(title)),
    style: { head: [], border: [] },
    colAligns: ["left", "right"],
  });
  for (const row of rows) table.push(cells(row));
  const failures = rows.filter((row) => !rowHeld(row));
  const count = `${rows.length - failures.length} of ${rows.length} clouds held everything, in ${Math.round(seconds)} s.`;
  return [table.toString(), ...failures.map(explain), count].join("\n");
}

function cells(row: Row): string[] {
  if ("broken" in row.outcome) return [`${pc.red("✗")} ${row.cloud}`, "0", ...phases.map(() => "not run")];
  const { outcome } = row;
  const each = phases.map((phase) => {
    const result = outcome.phases.find((done) => done.phase === phase);
    if (result === undefined) return "not run";
    const mark = result.ok ? pc.green("✓") : pc.red("✗");
    return `${mark} ${result.brief}\n${result.seconds.toFixed(1)} s`;
  });
  const verdict = held(outcome) ? pc.green("✓") : pc.red("✗");
  return [`${verdict} ${row.cloud}`, String(outcome.resources), ...each];
}

function explain(row: Row): string {
  const where = `  log:  ${row.log}\n  next: ${row.next}`;
  if ("broken" in row.outcome)
    return `\n${row.cloud}: failed before its first phase\n  why:  ${row.outcome.broken}\n${where}\n`;
  const { cancelled, phases: done } = row.outcome;
  const failed = done.find(({ ok }) => !ok);
  if (failed === undefined || cancelled)
    return `\n${row.cloud}: cancelled; what was made so far is in the state\n${where}\n`;
  const lines = failed.faults
    .slice(0, listed)
    .map(({ resource, type, reason }) => `  ${resource} (${type})\n  why:  ${reason}`);
  const more = failed.faults.length - listed;
  if (more > 0) lines.push(`  and ${more} more, in the log`);
  return `\n${row.cloud}: ${failed.phase} failed\n${lines.join("\n")}\n${where}\n`;
}

import type { EngineEvent, OpMap } from "@pulumi/pulumi/automation/index.js";
import type { Fault } from "./report";

const stackType = "pulumi:pulumi:Stack";

/** Something that the engine did, or found to do. */
export interface Step {
  /** For example `create` or `update`. */
  readonly operation: string;
  readonly resource: string;
  readonly type: string;
  /** Top-level properties that differ. */
  readonly keys: readonly string[];
}

/** What the SDK puts before a program's own error: once for each resource that waited for the value. */
const programErrorHead = /^Unhandled exception: (?:\w*Error: )?(?:error serializing property "[^"]*": )*/;

/** Reads the events of one engine run. */
export class EngineWatch {
  /** Resources that the engine is done with. */
  done = 0;
  /** The engine's own count of what it did or would do, by operation; undefined when it ended before its summary. */
  changes: OpMap | undefined;
  /** Whether the program ran to its end and the engine took its outputs. */
  outputsRegistered = false;
  readonly #failures: Fault[] = [];
  /** Operations other than "same", with what they concern. */
  readonly steps: Step[] = [];

  constructor(
    readonly stack: string,
    readonly onResource: (done: number, name: string) => void,
    /** Hears, once or more often, that the program itself failed. */
    readonly onProgramError: () => void = () => undefined,
  ) {}

  /** Takes one event of the engine's log. */
  see(event: EngineEvent): void {
    if (event.resOutputsEvent) this.#seeOutputs(event.resOutputsEvent.metadata);
    if (event.summaryEvent) this.changes = event.summaryEvent.resourceChanges;
    const { diagnosticEvent: diagnostic, policyEvent: policy } = event;
    if (diagnostic?.severity === "error") this.#fail(diagnostic.urn, diagnostic.message);
    if (diagnostic?.severity === "error" && diagnostic.message.includes("Unhandled exception")) {
      this.onProgramError();
    }
    if (policy?.enforcementLevel === "mandatory")
      this.#fail(policy.resourceUrn, `${policy.policyName}: ${policy.message}`);
  }

  /** What went wrong, the resources' own faults before the stack's (which only repeat that something did). */
  faults(): readonly Fault[] {
    const own = this.#failures.filter(({ type }) => type !== stackType);
    return own.length > 0 ? own : this.#failures;
  }

  #seeOutputs(metadata: {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    readonly diffs?: string[];
  }): void {
    const { resource, type } = parseUrn(metadata.urn, this.stack);
    if (type === stackType) {
      this.outputsRegistered = true;
      return;
    }
    this.done++;
    this.onResource(this.done, resource);
    if (metadata.op !== "same" && metadata.op !== "read") {
      this.steps.push({ operation: metadata.op, resource, type, keys: metadata.diffs ?? [] });
    }
  }

  #fail(urn: string | undefined, message: string): void {
    const reason = firstCause(message);
    const fault = { ...parseUrn(urn ?? "", this.stack), reason: reason.replace(programErrorHead, "") };
    const known = this.#failures.some(
      ({ resource, type, reason: told }) =>
        resource === fault.resource && type === fault.type && told === fault.reason,
    );
    if (reason !== "" && !known) this.#failures.push(fault);
  }
}

/** Name and type of a URN's resource; the stack itself where there is none. */
export function parseUrn(urn: string, stack: string): { readonly resource: string; readonly type: string } {
  // urn:pulumi:<stack>::<project>::<types of the parents$own type>::<name, which may hold ::>
  const [, , types, ...name] = urn.split("::");
  const type = types?.split("$").at(-1);
  return type === undefined ? { resource: stack, type: stackType } : { resource: name.join("::"), type };
}

/** The line of a diagnostic that tells the cause, without the engine's colour marks. */
export function firstCause(message: string): string {
  // The engine marks colours as <{%red%}>, and heads a list of causes with a line such as "1 error occurred:".
  const lines = message
    .replace(/<\{%.*?%\}>/g, "")
    .split("\n")
    .map((line) => line.trim().replace(/^\*\s*/, ""))
    .filter((line) => line !== "");
  return (
    lines.find(
      (line) => !/^(\d+ errors? occurred:|error: update failed|update failed|preview failed)$/.test(line),
    ) ?? ""
  );
}

/** The line that tells the cause of what the Automation API threw: it quotes all that the engine printed. */
export function causeOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n").map((line) => line.trim().replace(/^(stdout|stderr|err\?):\s*/, ""));
  const cause =
    lines.find((line) => line.startsWith("error: ")) ??
    lines.find((line) => line !== "" && !/^code: /.test(line));
  return (cause ?? "no reason given").replace(/^error: /, "");
}

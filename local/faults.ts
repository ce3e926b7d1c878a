import { setTimeout as sleep } from "node:timers/promises";
import { CloudError } from "./cloud-error";

export type Operation = "create" | "read" | "update" | "delete" | "construct" | "invoke";

/** What goes wrong. */
export type Effect =
  /** The cloud refuses, or, `when` is "after", does the work and loses the answer. */
  | {
      readonly kind: "fail";
      readonly code: string;
      readonly message: string;
      readonly when?: "before" | "after";
    }
  /** The answer comes late: after so many milliseconds, or never until `Faults.release()`. */
  | { readonly kind: "stall"; readonly ms?: number }
  /** The whole process dies after the cloud did the work and before anyone heard of it. */
  | { readonly kind: "kill" };

/** A step at which something goes wrong, and what. */
export interface Fault {
  readonly operation: Operation;
  /** Type token, or the token of an invoke; any when left out. */
  readonly type?: string;
  /** Logical name of the resource; any when left out. */
  readonly name?: string;
  readonly effect: Effect;
  /** How many matching steps it hits; every one when left out. */
  readonly times?: number;
  /** How many matching steps pass unharmed first. */
  readonly after?: number;
}

/** A step that a provider is about to take. */
export interface Step {
  readonly operation: Operation;
  readonly type: string;
  readonly name: string;
}

/** The environment variable through which a child process is told its faults, as a JSON array. */
export const faultsVariable = "MLP_LOCAL_FAULTS";

/** Faults of clouds that are common enough to be worth a name. */
export const commonFaults = {
  throttled: { kind: "fail", code: "ThrottlingException", message: "Rate exceeded" },
  unavailable: {
    kind: "fail",
    code: "503 Service Unavailable",
    message: "The service is currently unavailable.",
  },
} as const satisfies Readonly<Record<string, Effect>>;

interface Armed {
  readonly fault: Fault;
  seen: number;
}

/** The faults that are armed, and how often each was met. */
export class Faults {
  readonly #armed: Armed[] = [];
  readonly #stalled = new Set<() => void>();

  constructor(faults: readonly Fault[] = []) {
    for (const fault of faults) this.add(fault);
  }

  add(fault: Fault): void {
    this.#armed.push({ fault, seen: 0 });
  }

  clear(): void {
    this.#armed.length = 0;
    this.release();
  }

  /** Lets every stalled step go on. */
  release(): void {
    for (const resume of this.#stalled) resume();
    this.#stalled.clear();
  }

  /** The effects that hit this step; counts it. */
  hit(step: Step): readonly Effect[] {
    if (this.#armed.length === 0) return [];
    return this.#armed
      .filter(({ fault }) => matches(fault, step))
      .filter((armed) => {
        const turn = armed.seen++ - (armed.fault.after ?? 0);
        return turn >= 0 && turn < (armed.fault.times ?? Infinity);
      })
      .map(({ fault }) => fault.effect);
  }

  /** What happens before the cloud does the work. @throws CloudError when the step is to be refused. */
  async before(effects: readonly Effect[]): Promise<void> {
    for (const effect of effects) {
      if (effect.kind === "stall") await this.#stall(effect.ms);
      if (effect.kind === "fail" && effect.when !== "after")
        throw new CloudError(effect.code, effect.message);
    }
  }

  /** What happens between the work and the answer. @throws CloudError when the answer is to be lost. */
  after(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.kind === "kill") process.kill(process.pid, "SIGKILL");
      if (effect.kind === "fail" && effect.when === "after")
        throw new CloudError(effect.code, effect.message);
    }
  }

  async #stall(ms: number | undefined): Promise<void> {
    if (ms !== undefined) await sleep(ms);
    else await new Promise<void>((resume) => this.#stalled.add(resume));
  }
}

/** The faults that the environment asks for. @throws Error when the variable holds no JSON array. */
export function faultsFromEnvironment(value: string | undefined): readonly Fault[] {
  if (value === undefined || value === "") return [];
  const example = '[{"operation":"create","effect":{"kind":"kill"},"times":1}]';
  try {
    const faults: unknown = JSON.parse(value);
    if (Array.isArray(faults)) return faults as Fault[];
  } catch {
    // Reported below, together with JSON that is no array.
  }
  throw new Error(
    `${faultsVariable} is ${JSON.stringify(value)}; it must be a JSON array of faults, for example ${example}`,
  );
}

function matches(fault: Fault, step: Step): boolean {
  return (
    fault.operation === step.operation &&
    (fault.type === undefined || fault.type === step.type) &&
    (fault.name === undefined || fault.name === step.name)
  );
}

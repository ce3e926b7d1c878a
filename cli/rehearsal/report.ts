/** What a rehearsal does with a stack, in order. */
export const phases = ["preview", "up", "second up", "refresh", "destroy"] as const;
export type Phase = (typeof phases)[number];

/** Something that went wrong, or that must not be so. */
export interface Fault {
  /** Logical name of the resource; the stack's name where it concerns no single one. */
  readonly resource: string;
  /** Type token, for example `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** One line. */
  readonly reason: string;
}

/** How one phase ended. */
export interface PhaseResult {
  readonly phase: Phase;
  readonly ok: boolean;
  /** Wall time. */
  readonly seconds: number;
  /** For example `94 created`. */
  readonly summary: string;
  /** The same for a narrow column, for example `+94`. */
  readonly brief: string;
  readonly faults: readonly Fault[];
}

/** How one stack's rehearsal ended. Phases that were not reached are missing. */
export interface StackResult {
  /** Resources that the stack had when it was complete, its components included. */
  readonly resources: number;
  readonly phases: readonly PhaseResult[];
  readonly cancelled: boolean;
}

/** What a rehearsal tells while it runs. */
export type StackEvent =
  | { readonly kind: "phase"; readonly phase: Phase }
  /** One more resource is done. `total` is known once a preview counted them. */
  | {
      readonly kind: "resource";
      readonly phase: Phase;
      readonly done: number;
      readonly total?: number;
      readonly name: string;
    }
  | { readonly kind: "phase-end"; readonly result: PhaseResult }
  /** Something worth knowing, for example that a lock was released. */
  | { readonly kind: "note"; readonly text: string };

/** Whether everything that a rehearsal must show was shown. */
export function held(result: StackResult): boolean {
  return phases.every((phase) => result.phases.some((done) => done.phase === phase && done.ok));
}

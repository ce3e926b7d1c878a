import type * as pulumi from "@pulumi/pulumi";
import type { Drivers } from "../core/capability";

/** Something that holds data, and that the cloud itself can be told to keep. */
export interface LockTarget {
  /** Last part of the lock's name. */
  readonly role: string;
  readonly resourceId: pulumi.Output<string>;
}

export interface DeletionLockArgs {
  readonly targets: readonly LockTarget[];
  /**
   * Everything that is made on or in a target. A lock holds for all below it, so it must be the last that is made and
   * the first that goes: otherwise a destroy is refused halfway.
   */
  readonly after: readonly pulumi.Resource[];
}

/** What every driver returns, and all that a consumer may rely on. */
export interface DeletionLockOutputs {
  /** The locks. None outside prod and on clouds that have no such thing. */
  readonly lockIds: pulumi.Output<string[]>;
}

export type DeletionLockDrivers = Drivers<DeletionLockArgs, DeletionLockOutputs>;

import type * as pulumi from "@pulumi/pulumi";
import { Capability, type Platform } from "../core/capability";
import { aws } from "./aws";
import { azure } from "./azure";
import type { DeletionLockArgs, DeletionLockOutputs } from "./contract";
import { gcp } from "./gcp";

/** Makes the cloud itself refuse to delete what holds data, in prod. */
export class DeletionLock extends Capability<DeletionLockArgs, DeletionLockOutputs> {
  constructor(
    name: string,
    platform: Platform,
    args: DeletionLockArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("DeletionLock", { aws, gcp, azure }, name, platform, args, opts);
  }
}

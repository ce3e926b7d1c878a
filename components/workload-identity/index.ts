import type * as pulumi from "@pulumi/pulumi";
import { Capability, type Platform } from "../core/capability";
import { aws } from "./aws";
import { azure } from "./azure";
import type { WorkloadIdentityArgs, WorkloadIdentityOutputs } from "./contract";
import { gcp } from "./gcp";

/** An identity for one workload or team, with exactly the rights that it was granted. */
export class WorkloadIdentity extends Capability<WorkloadIdentityArgs, WorkloadIdentityOutputs> {
  constructor(
    name: string,
    platform: Platform,
    args: WorkloadIdentityArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("WorkloadIdentity", { aws, gcp, azure }, name, platform, args, opts);
  }
}

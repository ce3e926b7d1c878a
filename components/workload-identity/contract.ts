import type * as pulumi from "@pulumi/pulumi";
import type { Drivers } from "../core/capability";
import type { Grant } from "../core/grant";

export interface WorkloadIdentityArgs {
  /** Sentence that says whose identity it is. */
  readonly description: string;
  /** All that the workload may do, and nothing else. */
  readonly grants: readonly Grant[];
}

/** What every driver returns, and all that a consumer may rely on. */
export interface WorkloadIdentityOutputs {
  /** What a workload names to act as this identity. AWS: role ARN. Google Cloud: e-mail. Azure: client id. */
  readonly identityId: pulumi.Output<string>;
}

export type WorkloadIdentityDrivers = Drivers<WorkloadIdentityArgs, WorkloadIdentityOutputs>;

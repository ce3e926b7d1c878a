import type * as pulumi from "@pulumi/pulumi";
import type { ClusterOutputs } from "../cluster/contract";
import type { Drivers } from "../core/capability";
import type { Grant } from "../core/grant";

/** A service account of a cluster. It need not be there yet. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

export interface WorkloadIdentityArgs {
  /** Sentence that says whose identity it is. */
  readonly description: string;
  /** All that the workload may do, and nothing else. */
  readonly grants: readonly Grant[];
  /** Cluster whose pods may act as the identity. */
  readonly cluster: ClusterOutputs;
  /** Service accounts of that cluster that are the identity; no other is. */
  readonly serviceAccounts: readonly ServiceAccount[];
}

/** What every driver returns, and all that a consumer may rely on. */
export interface WorkloadIdentityOutputs {
  /** What a workload names to act as this identity. AWS: role ARN. Google Cloud: e-mail. Azure: client id. */
  readonly identityId: pulumi.Output<string>;
}

export type WorkloadIdentityDrivers = Drivers<WorkloadIdentityArgs, WorkloadIdentityOutputs>;

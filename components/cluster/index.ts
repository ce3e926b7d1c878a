import type * as pulumi from "@pulumi/pulumi";
import { Capability, type Platform } from "../core/capability";
import { aws } from "./aws";
import { azure } from "./azure";
import type { ClusterArgs, ClusterOutputs } from "./contract";
import { gcp } from "./gcp";

/** A Kubernetes cluster with private nodes, its secrets and disks encrypted with the stack's key. */
export class Cluster extends Capability<ClusterArgs, ClusterOutputs> {
  constructor(name: string, platform: Platform, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Cluster", { aws, gcp, azure }, name, platform, args, opts);
  }
}

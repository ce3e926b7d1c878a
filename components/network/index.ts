import type * as pulumi from "@pulumi/pulumi";
import { Capability, type Platform } from "../core/capability";
import { aws } from "./aws";
import { azure } from "./azure";
import type { NetworkArgs, NetworkOutputs } from "./contract";
import { gcp } from "./gcp";

/** A private network: subnets in tiers, outbound NAT, default-deny firewalls, flow logs, private access to services. */
export class Network extends Capability<NetworkArgs, NetworkOutputs> {
  constructor(name: string, platform: Platform, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("Network", { aws, gcp, azure }, name, platform, args, opts);
  }
}

import * as pulumi from "@pulumi/pulumi";
import type { ExistingNetwork, NetworkOutputs } from "./contract";

/** What a driver knows of a network's subnets, whether it made them or not. */
export type Subnets = Pick<
  NetworkOutputs,
  "networkId" | "cidr" | "publicSubnetIds" | "privateSubnetIds" | "dataSubnetIds" | "egressIps"
>;

/** A network that is there already, in the form of one that was made. Its addresses to the outside are its owner's. */
export function adoptNetwork(existing: ExistingNetwork): Subnets {
  return {
    networkId: pulumi.output(existing.id),
    cidr: pulumi.output(existing.cidr),
    publicSubnetIds: pulumi.output(existing.publicSubnetIds),
    privateSubnetIds: pulumi.output(existing.privateSubnetIds),
    dataSubnetIds: pulumi.output(existing.dataSubnetIds),
    egressIps: pulumi.output([]),
  };
}

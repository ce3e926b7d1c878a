import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { PackageName } from "../schema";
import type { Scope } from "../scope";
import { constructVpc } from "./awsx-vpc";
import { constructAddon } from "./eks-addon";
import { constructEksCluster } from "./eks-cluster";
import { constructManagedNodeGroup } from "./eks-node-group";

/** Builds a remote component by registering its children with the engine that asked for it. */
export type Construct = (request: ConstructRequest, scope: Scope) => Promise<ConstructResponse>;

/** The components that the local clouds model, by package and type. */
export const constructors: Readonly<Partial<Record<PackageName, Readonly<Record<string, Construct>>>>> = {
  awsx: { "awsx:ec2:Vpc": constructVpc },
  eks: {
    "eks:index:Cluster": constructEksCluster,
    "eks:index:ManagedNodeGroup": constructManagedNodeGroup,
    "eks:index:Addon": constructAddon,
  },
};

import * as authorization from "@pulumi/azure-native/authorization";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { ClusterKey } from "./azure-key";
import { assignRole, type RoleGrant } from "../platform/azure-roles";

export interface Identities {
  readonly controlPlane: managedidentity.UserAssignedIdentity;
  readonly nodes: managedidentity.UserAssignedIdentity;
  /** What must be there before the cluster can use them. */
  readonly ready: readonly pulumi.Resource[];
}

interface IdentityArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  readonly controlPlaneSubnetId: pulumi.Output<string>;
  readonly key: ClusterKey;
  readonly diskEncryptionSetId: pulumi.Output<string>;
}

/** An identity for the control plane, with rights on exactly what it uses, and one for nodes, with none. */
export function createIdentities(context: DriverContext<"azure">, args: IdentityArgs): Identities {
  const { name, settings, tags, child } = context;
  const { resourceGroupName } = args;
  const identity = (role: string) =>
    new managedidentity.UserAssignedIdentity(
      `${name}-${role}`,
      { resourceGroupName, location: settings.location, tags },
      child,
    );
  const controlPlane = identity("control-plane");
  const nodes = identity("nodes");
  const ready = rightsOf({ ...args, nodesId: nodes.id }).map(({ about, ...right }) =>
    assignRole(context, `control-plane-${about}`, { principalId: controlPlane.principalId, ...right }),
  );
  return { controlPlane, nodes, ready };
}

type Right = Omit<RoleGrant, "principalId"> & { readonly about: string };

/** All that the control plane may do outside the group that Azure gives it. */
function rightsOf(args: IdentityArgs & { readonly nodesId: pulumi.Output<string> }): readonly Right[] {
  return [
    {
      about: "subnet",
      role: "networkContributor",
      scope: args.subnetId,
      description: "The control plane puts nodes and load balancers into the subnet",
    },
    {
      about: "api-server",
      role: "networkContributor",
      scope: args.controlPlaneSubnetId,
      description: "The control plane puts the API server's address into the subnet",
    },
    {
      about: "nodes",
      role: "managedIdentityOperator",
      scope: args.nodesId,
      description: "The control plane gives nodes their identity",
    },
    {
      about: "disks",
      role: "reader",
      scope: args.diskEncryptionSetId,
      description: "The control plane makes disks with the stack's key",
    },
    {
      about: "key",
      role: "keyVaultCryptoUser",
      scope: args.key.vaultId,
      description: "The control plane encrypts secrets with the stack's key",
    },
    {
      about: "vault",
      role: "keyVaultContributor",
      scope: args.key.vaultId,
      description: "The control plane links itself to the vault, which has no public address",
    },
  ];
}

/** Without admins whoever deploys may do everything in the cluster, so that somebody can get in at all. */
export function letDeployerIn(context: DriverContext<"azure">, clusterId: pulumi.Output<string>): void {
  assignRole(context, "deployer", {
    principalId: authorization.getClientConfigOutput(context.child).objectId,
    isService: false,
    role: "aksClusterAdmin",
    scope: clusterId,
    description: "Whoever deploys administers the cluster, because kubernetes.admins names nobody",
  });
}

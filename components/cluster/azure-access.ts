import * as authorization from "@pulumi/azure-native/authorization";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { assignRole } from "../platform/azure-roles";

export interface Identities {
  readonly controlPlane: managedidentity.UserAssignedIdentity;
  readonly nodes: managedidentity.UserAssignedIdentity;
  /** What must be there before the cluster can use them. */
  readonly ready: readonly pulumi.Resource[];
}

interface IdentityArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
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
  const { principalId } = controlPlane;
  const ready = [
    assignRole(context, "control-plane-subnet", {
      principalId,
      role: "networkContributor",
      scope: args.subnetId,
      description: "The control plane puts nodes and load balancers into the subnet",
    }),
    assignRole(context, "control-plane-nodes", {
      principalId,
      role: "managedIdentityOperator",
      scope: nodes.id,
      description: "The control plane gives nodes their identity",
    }),
    assignRole(context, "control-plane-disks", {
      principalId,
      role: "reader",
      scope: args.diskEncryptionSetId,
      description: "The control plane makes disks with the stack's key",
    }),
  ];
  return { controlPlane, nodes, ready };
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

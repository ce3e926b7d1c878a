import * as azureNetwork from "@pulumi/azure-native/network";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { createPrivateEndpoint } from "../platform/azure-private-endpoint";
import { createFirewalls, type Guest, guestOfRole, type SecurityGroups } from "./azure-firewall";
import { createFlowLogs } from "./azure-flow-logs";
import { createNat, type Nat } from "./azure-nat";
import { createPrivateZones } from "./azure-private-zones";
import type { NetworkArgs, NetworkDrivers, NetworkOutputs } from "./contract";
import { adoptNetwork, type Subnets } from "./existing";
import { type FirewallRole, firewallRoles } from "./firewall";
import { purposePlan } from "./plan";

/** With the subnets that private endpoints and a cluster's API server go into. */
type AzureSubnets = Subnets &
  Pick<NetworkOutputs, "controlPlaneSubnetId"> & { readonly endpointSubnetId: pulumi.Output<string> };

/** A virtual network with a subnet, and a security group, for each kind of guest. */
export const azure: NetworkDrivers["azure"] = (context, args) => {
  const { name, settings, tags, child, physicalName } = context;
  const group = new resources.ResourceGroup(
    `${name}-group`,
    {
      resourceGroupName: physicalName("network", nameRules.azureResourceGroup),
      location: settings.location,
      tags,
    },
    child,
  );
  const groups = createFirewalls(context, group.name, purposePlan(args.existing?.cidr ?? args.cidr));
  const { endpointSubnetId, ...subnets } =
    args.existing === undefined
      ? createNetwork(context, args, group.name, groups)
      : {
          ...adoptNetwork(args.existing),
          endpointSubnetId: lastOf(args.existing.dataSubnetIds),
          controlPlaneSubnetId: pulumi.output(args.existing.controlPlaneSubnetId),
        };
  const zoneIds = createPrivateZones(context, group.name, subnets.networkId);
  for (const { role, service, resourceId } of args.key.privateLinks) {
    const target = { resourceGroupName: group.name, subnetId: endpointSubnetId, zoneId: zoneIds[service] };
    createPrivateEndpoint(context, role, { ...target, service, resourceId });
  }
  const flowLogArgs = {
    ...args,
    resourceGroupName: group.name,
    networkId: subnets.networkId,
    endpointSubnetId,
    zoneIds,
  };
  const flowLogs = args.existing === undefined ? [createFlowLogs(context, flowLogArgs)] : [];
  return {
    ...subnets,
    clusterRanges: undefined,
    logSources: flowLogs,
    lockTargets: flowLogs,
    firewallIds: firewallIds(groups),
    privateLink: { subnetId: endpointSubnetId, zoneIds },
  };
};

function createNetwork(
  context: DriverContext<"azure">,
  args: NetworkArgs,
  resourceGroupName: pulumi.Output<string>,
  groups: SecurityGroups,
): AzureSubnets {
  const { name, settings, tags, child, physicalName } = context;
  const network = new azureNetwork.VirtualNetwork(
    name,
    {
      virtualNetworkName: physicalName("network", nameRules.azureNetworkResource),
      resourceGroupName,
      location: settings.location,
      addressSpace: { addressPrefixes: [args.cidr] },
      tags,
    },
    child,
  );
  const nat = createNat(context, resourceGroupName, args);
  const ids = createSubnets(context, { network, resourceGroupName, groups, nat, cidr: args.cidr });
  return {
    networkId: network.id,
    cidr: pulumi.output(args.cidr),
    publicSubnetIds: pulumi.all([ids.loadBalancer]),
    privateSubnetIds: pulumi.all([ids.nodes, ids.training, ids.serving]),
    dataSubnetIds: pulumi.all([ids.database, ids.privateEndpoints]),
    endpointSubnetId: ids.privateEndpoints,
    controlPlaneSubnetId: ids.controlPlane,
    egressIps: nat.addresses,
  };
}

interface SubnetArgs {
  readonly network: azureNetwork.VirtualNetwork;
  readonly resourceGroupName: pulumi.Output<string>;
  readonly groups: SecurityGroups;
  readonly nat: Nat;
  readonly cidr: string;
}

/** What sets a guest's subnet apart from a plain one. Azure fixes the name of the bastion's. */
const subnetTraits: { readonly [G in Guest]: Partial<azureNetwork.SubnetArgs> } = {
  nodes: {},
  training: {},
  serving: {},
  // Without this, security groups are not applied to private endpoints.
  privateEndpoints: { privateEndpointNetworkPolicies: "Enabled" },
  database: {
    delegations: [{ name: "postgresql", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
  },
  loadBalancer: {},
  bastion: { subnetName: "AzureBastionSubnet" },
  controlPlane: {
    delegations: [{ name: "kubernetes", serviceName: "Microsoft.ContainerService/managedClusters" }],
  },
};

/** One after the other: Azure changes a virtual network's subnets one at a time, and refuses a second meanwhile. */
function createSubnets(
  { name, child }: DriverContext<"azure">,
  args: SubnetArgs,
): Record<Guest, pulumi.Output<string>> {
  const plan = purposePlan(args.cidr);
  let previous: azureNetwork.Subnet[] = [];
  const made = (Object.keys(plan) as Guest[]).map((guest) => {
    const natGatewayId = args.nat.gatewayIds[guest];
    const subnet = new azureNetwork.Subnet(
      `${name}-${kebab(guest)}`,
      {
        subnetName: kebab(guest),
        virtualNetworkName: args.network.name,
        resourceGroupName: args.resourceGroupName,
        addressPrefix: plan[guest],
        defaultOutboundAccess: false,
        networkSecurityGroup: { id: args.groups[guest].id },
        ...(natGatewayId === undefined ? {} : { natGateway: { id: natGatewayId } }),
        ...subnetTraits[guest],
      },
      { ...child, dependsOn: previous },
    );
    previous = [subnet];
    return [guest, subnet.id] as const;
  });
  return Object.fromEntries(made) as Record<Guest, pulumi.Output<string>>;
}

function kebab(guest: string): string {
  return guest.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function firewallIds(groups: SecurityGroups): Record<FirewallRole, pulumi.Output<string>> {
  return Object.fromEntries(firewallRoles.map((role) => [role, groups[guestOfRole[role]].id])) as Record<
    FirewallRole,
    pulumi.Output<string>
  >;
}

/** The last data subnet of an existing network takes the private endpoints, so that databases may keep the first. */
function lastOf(subnetIds: readonly string[]): pulumi.Output<string> {
  return pulumi.output(subnetIds.at(-1) ?? "");
}

import { CloudError } from "../cloud-error";
import { contains, overlaps, parseBlock } from "../cidr";
import { text, texts, valuesAt, type Properties } from "../values";
import { bastionRulesPresent } from "./azure-firewall";
import { blocks, form, oneOf, refuseWhen } from "./checks";
import type { Check, Reference, RuleTable, Subject, WorldCheck } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
export const networkProvider = `${group}/providers/Microsoft.Network`;

export const networkType = "azure-native:network:VirtualNetwork";
export const subnetType = "azure-native:network:Subnet";
export const gatewayType = "azure-native:network:NatGateway";

/** Names of most network resources. Source: Azure "Naming rules", Microsoft.Network, 2026-11-21. */
export function networkName(property: string): Check {
  return form(
    property,
    /^[a-zA-Z0-9]([\w.-]{0,78}\w)?$/,
    "1 to 80 letters, digits, _ . or -, starting with a letter or digit",
    "InvalidResourceName",
  );
}

/** Another Azure resource, by its id. */
export function byId(path: string, to: readonly string[], held = true): Reference {
  return {
    path,
    to,
    missing: "InvalidResourceReference",
    sentence:
      "Resource {value} referenced by this resource was not found. Please make sure that the referenced resource exists.",
    ...(held ? {} : { held: false }),
  };
}

const prefixesOf = (inputs: Properties): readonly string[] => [
  ...(text(inputs, "addressPrefix") === undefined ? [] : [text(inputs, "addressPrefix") ?? ""]),
  ...texts(inputs, "addressPrefixes"),
];

const subnetId = (subject: Subject): string => subject.id.toLowerCase();
const networkOf = (id: string): string => id.replace(/\/subnets\/[^/]+$/i, "");

const insideNetwork: WorldCheck = (subject, world) => {
  const network = world.withId(networkOf(subject.id));
  const spaces = valuesAt(network?.inputs ?? {}, "addressSpace.addressPrefixes[]").flatMap(
    (space) => parseBlock(String(space)) ?? [],
  );
  const mine = prefixesOf(subject.inputs).flatMap((prefix) => parseBlock(prefix) ?? []);
  const outside = mine.find((prefix) => !spaces.some((space) => contains(space, prefix)));
  if (outside !== undefined) {
    return new CloudError(
      "NetcfgInvalidSubnet",
      `Subnet '${text(subject.inputs, "subnetName") ?? ""}' is not valid: its address prefix ${outside.cidr} is not in the address space ${spaces.map(({ cidr }) => cidr).join(", ")} of ${network?.id ?? ""}.`,
    );
  }
  for (const sibling of world.ofType(subnetType)) {
    if (
      sibling.id.toLowerCase() === subnetId(subject) ||
      networkOf(sibling.id).toLowerCase() !== networkOf(subnetId(subject))
    )
      continue;
    const taken = prefixesOf(sibling.inputs).flatMap((prefix) => parseBlock(prefix) ?? []);
    const clash = mine.find((prefix) => taken.some((other) => overlaps(prefix, other)));
    if (clash !== undefined) {
      return new CloudError(
        "NetcfgSubnetRangesOverlap",
        `Subnet '${text(subject.inputs, "subnetName") ?? ""}' is not valid because its IP address range ${clash.cidr} overlaps with that of subnet '${sibling.id.split("/").at(-1) ?? ""}' (${taken.map(({ cidr }) => cidr).join(", ")}).`,
      );
    }
  }
  return undefined;
};

/** Subnets that Azure's own services take by their fixed names, and the smallest size that they work in. */
const reservedSubnets: Readonly<Record<string, number>> = {
  AzureBastionSubnet: 26,
  AzureFirewallSubnet: 26,
  GatewaySubnet: 29,
  RouteServerSubnet: 26,
};

const reservedSize: Check = function* (inputs) {
  const name = text(inputs, "subnetName") ?? "";
  const largest = reservedSubnets[name];
  for (const prefix of prefixesOf(inputs)) {
    if (largest !== undefined && (parseBlock(prefix)?.prefix ?? 0) > largest) {
      yield {
        property: "addressPrefix",
        reason: `InvalidSubnetSize: subnet ${name} with prefix ${prefix} is too small: it must be /${largest} or larger`,
      };
    }
  }
};

const delegations: Check = function* (inputs) {
  for (const delegation of valuesAt(inputs, "delegations[]")) {
    const service = text(delegation as Properties, "serviceName");
    if (
      service === undefined ||
      !/^(Microsoft|GitHub|Dell|Oracle|PaloAltoNetworks|NetApp|Qumulo|PureStorage|Informatica)\.[\w.]+\/[\w/]+$/.test(
        service,
      )
    ) {
      yield {
        property: "delegations",
        reason: `InvalidServiceNameOnDelegation: service name '${String(service)}' must be a service such as Microsoft.DBforPostgreSQL/flexibleServers`,
      };
    }
    if (text(delegation as Properties, "name") === undefined)
      yield { property: "delegations", reason: "InvalidRequestFormat: a delegation needs a name" };
  }
};

/** Source: Azure Virtual Network, NAT gateway, Private Link and Network Watcher documentation, 2026-11-21. */
export const azureNetwork: RuleTable = {
  [networkType]: {
    id: `${networkProvider}/virtualNetworks/{virtualNetworkName}`,
    autoName: "virtualNetworkName",
    checks: [
      form(
        "virtualNetworkName",
        /^[a-zA-Z0-9]([\w.-]{0,62}\w)?$/,
        "1 to 64 letters, digits, _ . or -",
        "InvalidResourceName",
      ),
      blocks("addressSpace.addressPrefixes[]", 2, 29, "InvalidAddressPrefixFormat"),
      refuseWhen(
        "addressSpace",
        (inputs) => inputs["addressSpace"] === undefined,
        "InvalidRequestFormat: addressSpace.addressPrefixes is needed",
      ),
    ],
    replaceOn: ["location", "extendedLocation"],
    inUse: {
      code: "InUseVirtualNetworkCannotBeDeleted",
      sentence: "Virtual network {id} is in use and cannot be deleted.",
    },
  },
  [subnetType]: {
    id: `${networkProvider}/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}`,
    autoName: "subnetName",
    checks: [
      networkName("subnetName"),
      blocks("addressPrefix", 2, 29, "InvalidAddressPrefixFormat"),
      blocks("addressPrefixes[]", 2, 29, "InvalidAddressPrefixFormat"),
      refuseWhen(
        "addressPrefix",
        (inputs) =>
          inputs["addressPrefix"] === undefined &&
          inputs["addressPrefixes"] === undefined &&
          inputs["ipamPoolPrefixAllocations"] === undefined,
        "InvalidRequestFormat: a subnet needs addressPrefix or addressPrefixes",
      ),
      oneOf(
        "privateEndpointNetworkPolicies",
        ["Enabled", "Disabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"],
        "InvalidRequestFormat",
      ),
      reservedSize,
      delegations,
    ],
    references: [
      byId("networkSecurityGroup.id", ["azure-native:network:NetworkSecurityGroup"]),
      byId("natGateway.id", [gatewayType]),
      byId("routeTable.id", ["azure-native:network:RouteTable"]),
    ],
    refuses: [insideNetwork, bastionRulesPresent],
    defaults: { privateEndpointNetworkPolicies: "Disabled", privateLinkServiceNetworkPolicies: "Enabled" },
    inUse: { code: "InUseSubnetCannotBeDeleted", sentence: "Subnet {id} is in use and cannot be deleted." },
  },
};

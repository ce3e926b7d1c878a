import { type Check, violationsOf } from "../check";
import { isSet } from "../condition";
import { type Inputs, recordsOf, textOf, valueAt } from "../path";
import type { Rule } from "../rule";

/** Subnets in which Azure allows no group of ours: VPN gateways, Azure Firewall and the Route Server. */
const unguardable = [
  "GatewaySubnet",
  "AzureFirewallSubnet",
  "AzureFirewallManagementSubnet",
  "RouteServerSubnet",
];

const requirement = {
  control: "AZ-NET-01",
  allowed: "a NetworkSecurityGroup",
  fix: "Set networkSecurityGroup: { id: … } to a group with explicit rules.",
} as const;

const hasGroup = (subnet: Inputs) => violationsOf(subnet, "networkSecurityGroup", isSet).length === 0;

const subnetCheck: Check = {
  ...requirement,
  reads: ["networkSecurityGroup"],
  findings: ({ name, inputs }) => {
    const subnet = textOf(inputs["subnetName"] ?? inputs["name"]) || name;
    return unguardable.includes(subnet) || hasGroup(inputs)
      ? []
      : [{ property: "networkSecurityGroup", given: undefined }];
  },
};

const inlineSubnets: Check = {
  ...requirement,
  reads: ["subnets[].networkSecurityGroup"],
  findings: ({ inputs }) =>
    recordsOf(inputs["subnets"]).flatMap((subnet, position) =>
      unguardable.includes(textOf(valueAt(subnet, "name"))) || hasGroup(subnet)
        ? []
        : [{ property: `subnets[${position}].networkSecurityGroup`, given: undefined }],
    ),
};

export const subnetsAreGuarded: Rule = {
  name: "subnets-are-guarded",
  description: "Every subnet stands behind a firewall group.",
  concern: "network",
  note:
    "On AWS and Google Cloud firewall rules belong to machines and networks, not to subnets. Excepted are " +
    `${unguardable.join(", ")}, where Azure allows no group.`,
  resources: {
    "azure-native:network:Subnet": [subnetCheck],
    "azure-native:network:VirtualNetwork": [inlineSubnets],
  },
};

import type { Failing } from "../rule-tables";
import { subscription, rule } from "./azure-shapes";

export const network: readonly Failing[] = [
  ["net", { resourceGroupName: "none" }, /ResourceGroupNotFound: Resource group 'none' could not be found/],
  ["net", {}, /Conflict: cannot create already existing resource/],
  ["net", { addressSpace: { addressPrefixes: ["10.1.0.1/16"] } }, /did you mean '10\.1\.0\.0\/16'/],
  [
    "nsg",
    { securityRules: [rule("a", 99)] },
    /SecurityRuleInvalidPriority.*'a': priority 99 must be from 100 to 4096/,
  ],
  [
    "nsg",
    { securityRules: [rule("a", 100), rule("b", 100)] },
    /SecurityRuleConflict: Security rule b conflicts with rule a.*\(100, Inbound\)/,
  ],
  ["nsg", { securityRules: [rule("a", 100), rule("a", 101)] }, /SecurityRuleDuplicateName.*'a'/],
  [
    "nsg",
    { securityRules: [rule("a", 100, { destinationPortRange: "443-80" })] },
    /SecurityRuleInvalidPortRange.*'443-80'/,
  ],
  [
    "nsg",
    { securityRules: [rule("a", 100, { sourceAddressPrefix: "10.1.0.1/16" })] },
    /SecurityRuleInvalidAddressPrefix.*such as 10\.1\.0\.0\/16/,
  ],
  ["nsg", { securityRules: [rule("a", 100, { protocol: "HTTP" })] }, /protocol 'HTTP' must be/],
  [
    "extra",
    { name: "rdp", securityRuleName: "rdp", priority: 100 },
    /SecurityRuleConflict: Security rule rdp conflicts with rule https/,
  ],
  ["extra", { networkSecurityGroupName: "none" }, /ParentResourceNotFound/],
  ["address", { publicIPAllocationMethod: "Dynamic" }, /MustBeStatic/],
  ["address", { sku: undefined }, /Basic public IP addresses are retired/],
  ["nat", { natGatewayName: "nat2" }, /PublicIPAddressInUse/],
  [
    "nat",
    { natGatewayName: "nat2", publicIpAddresses: [{ id: `${subscription}/none` }] },
    /InvalidResourceReference: Resource .*none referenced by this resource was not found/,
  ],
  ["nat", { zones: ["1", "2"] }, /NatGatewayWithMultipleZonesNotAllowed/],
  [
    "nodes",
    { subnetName: "s", addressPrefix: "10.2.0.0/24" },
    /NetcfgInvalidSubnet: Subnet 's'.*10\.2\.0\.0\/24 is not in the address space 10\.1\.0\.0\/16/,
  ],
  [
    "nodes",
    { subnetName: "s", addressPrefix: "10.1.8.0/24" },
    /NetcfgSubnetRangesOverlap: Subnet 's'.*overlaps with that of subnet 'nodes'/,
  ],
  [
    "nodes",
    { subnetName: "s", addressPrefix: "10.1.64.0/24", virtualNetworkName: "none" },
    /ParentResourceNotFound/,
  ],
  [
    "nodes",
    { subnetName: "AzureBastionSubnet", addressPrefix: "10.1.64.0/27" },
    /AzureBastionSubnet with prefix 10\.1\.64\.0\/27 is too small: it must be \/26 or larger/,
  ],
  [
    "nodes",
    { subnetName: "AzureBastionSubnet", addressPrefix: "10.1.64.0/26" },
    /NotCompliantForAzureBastionSubnet: .*Inbound source GatewayManager port 443/,
  ],
  [
    "database",
    { subnetName: "s", delegations: [{ name: "x", serviceName: "PostgreSQL" }] },
    /InvalidServiceNameOnDelegation.*'PostgreSQL'/,
  ],
  ["dns", { privateZoneName: "local" }, /InvalidZoneName: invalid privateZoneName 'local'/],
  ["dns", { privateZoneName: "a.b", location: "eastus" }, /it must be global/],
  ["dns-link", { virtualNetworkLinkName: "again" }, /Conflict: A virtual network cannot be linked/],
  ["flows", { flowLogName: "f2" }, /FlowLogAlreadyExists/],
  [
    "flows",
    ({ nodes }) => ({
      flowLogName: "f2",
      networkWatcherName: "NetworkWatcher_westus",
      targetResourceId: nodes!.id,
    }),
    /networkWatchers\/NetworkWatcher_westus' .* was not found/,
  ],
  [
    "flows",
    { flowLogName: "f2", retentionPolicy: { enabled: true, days: 400 } },
    /retentionPolicy\.days to be in the range \(0 - 365\), got 400/,
  ],
];

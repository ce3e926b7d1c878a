import { CloudError } from "../cloud-error";
import { contains, dotted, overlaps, parseBlock } from "../cidr";
import { digits, hex, object, text, texts, valuesAt, type Properties } from "../values";
import { bastionRulesPresent } from "./azure-firewall";
import { between, blocks, form, oneOf, refuseWhen } from "./checks";
import type { Check, Reference, RuleTable, Subject, WorldCheck } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
export const networkProvider = `${group}/providers/Microsoft.Network`;

const networkType = "azure-native:network:VirtualNetwork";
export const subnetType = "azure-native:network:Subnet";
const gatewayType = "azure-native:network:NatGateway";
const addressType = "azure-native:network:PublicIPAddress";

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

/** What lives in a delegated subnet is the service's; nothing else may. */
const notDelegated: WorldCheck = ({ inputs }, world) => {
  const subnet = world.withId(text(object(inputs, "subnet"), "id") ?? "");
  const service = valuesAt(subnet?.inputs ?? {}, "delegations[].serviceName")[0];
  if (subnet === undefined || service === undefined) return undefined;
  return new CloudError(
    "PrivateEndpointCannotBeCreatedInSubnetThatIsDelegated",
    `Subnet ${subnet.id} is delegated to ${String(service)}; put the private endpoint into another subnet.`,
  );
};

const linkGroups: Readonly<Record<string, readonly string[]>> = {
  "azure-native:storage:StorageAccount": [
    "blob",
    "blob_secondary",
    "dfs",
    "dfs_secondary",
    "file",
    "queue",
    "table",
    "web",
  ],
  "azure-native:keyvault:Vault": ["vault"],
};

const groupIdsFit: WorldCheck = ({ inputs }, world) => {
  for (const connection of valuesAt(inputs, "privateLinkServiceConnections[]")) {
    const target = world.withId(text(connection as Properties, "privateLinkServiceId") ?? "");
    const allowed = linkGroups[target?.type ?? ""];
    const wrong = texts(connection as Properties, "groupIds").find((id) => allowed?.includes(id) === false);
    if (wrong !== undefined) {
      return new CloudError(
        "InvalidGroupId",
        `group id '${wrong}' is none of ${target?.id ?? ""}; allowed are ${allowed?.join(", ") ?? ""}`,
      );
    }
  }
  return undefined;
};

const watcherExists: WorldCheck = ({ inputs, scope }, world) => {
  const watcher = text(inputs, "networkWatcherName") ?? "";
  const location = /^NetworkWatcher_(.+)$/.exec(watcher)?.[1];
  // Azure makes the watcher of a location together with the first network there.
  if (
    world
      .ofType(networkType)
      .some((item) => item.scope === scope.key && item.outputs["location"] === location)
  )
    return undefined;
  return new CloudError(
    "ResourceNotFound",
    `The Resource 'Microsoft.Network/networkWatchers/${watcher}' under resource group '${text(inputs, "resourceGroupName") ?? ""}' was not found.`,
  );
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
  [addressType]: {
    id: `${networkProvider}/publicIPAddresses/{publicIpAddressName}`,
    autoName: "publicIpAddressName",
    checks: [
      networkName("publicIpAddressName"),
      oneOf("sku.name", ["Standard", "StandardV2"], "IPv4BasicSkuPublicIpCountLimitReached"),
      refuseWhen(
        "sku",
        (inputs) => inputs["sku"] === undefined,
        "IPv4BasicSkuPublicIpCountLimitReached: Basic public IP addresses are retired; set sku.name to Standard",
      ),
      oneOf("publicIPAllocationMethod", ["Static", "Dynamic"], "InvalidRequestFormat"),
      refuseWhen(
        "publicIPAllocationMethod",
        (inputs) =>
          object(inputs, "sku")["name"] !== undefined &&
          (text(inputs, "publicIPAllocationMethod") ?? "Dynamic") === "Dynamic",
        "StandardSkuPublicIPAddressMustBeStatic: Standard sku public IP addresses must have the allocation method Static",
      ),
      oneOf("zones[]", ["1", "2", "3"], "InvalidAvailabilityZone"),
      between("idleTimeoutInMinutes", 4, 30, "InvalidIdleTimeout"),
    ],
    replaceOn: ["location", "zones", "sku", "publicIPAddressVersion"],
    defaults: { idleTimeoutInMinutes: 4, publicIPAddressVersion: "IPv4" },
    outputs: {
      ipAddress: ({ seed }) =>
        dotted(198 * 2 ** 24 + 18 * 2 ** 16 + (parseInt(hex(`address ${seed}`, 8), 16) % 2 ** 17)),
    },
    inUse: {
      code: "PublicIPAddressCannotBeDeleted",
      sentence: "Public IP address {id} can not be deleted since it is still allocated.",
    },
  },
  [gatewayType]: {
    id: `${networkProvider}/natGateways/{natGatewayName}`,
    autoName: "natGatewayName",
    checks: [
      networkName("natGatewayName"),
      oneOf("sku.name", ["Standard", "StandardV2"], "InvalidRequestFormat"),
      refuseWhen(
        "sku",
        (inputs) => inputs["sku"] === undefined,
        "NatGatewaySkuNotSpecified: set sku.name to Standard",
      ),
      refuseWhen(
        "zones",
        ({ zones }) => Array.isArray(zones) && zones.length > 1,
        "NatGatewayWithMultipleZonesNotAllowed: a Standard NAT gateway lies in one zone",
      ),
      between("idleTimeoutInMinutes", 4, 120, "InvalidIdleTimeout"),
    ],
    references: [
      byId("publicIpAddresses[].id", [addressType]),
      byId("publicIpPrefixes[].id", ["azure-native:network:PublicIPPrefix"]),
    ],
    refuses: [
      ({ inputs, id }, world) => {
        const used = valuesAt(inputs, "publicIpAddresses[].id").map(String);
        const other = world
          .ofType(gatewayType)
          .find(
            (item) =>
              item.id !== id &&
              valuesAt(item.inputs, "publicIpAddresses[].id").some((each) => used.includes(String(each))),
          );
        return other === undefined
          ? undefined
          : new CloudError(
              "PublicIPAddressInUse",
              `A public IP address of ${id} is already allocated to ${other.id}.`,
            );
      },
    ],
    replaceOn: ["location", "zones", "sku"],
    defaults: { idleTimeoutInMinutes: 4 },
    inUse: {
      code: "InUseNatGatewayCannotBeDeleted",
      sentence: "NAT gateway {id} is in use by a subnet and cannot be deleted.",
    },
  },
  "azure-native:network:FlowLog": {
    id: `${networkProvider}/networkWatchers/{networkWatcherName}/flowLogs/{flowLogName}`,
    autoName: "flowLogName",
    checks: [
      networkName("flowLogName"),
      between("retentionPolicy.days", 0, 365, "InvalidRetentionDays"),
      oneOf("format.type", ["JSON"], "InvalidRequestFormat"),
      refuseWhen(
        "targetResourceId",
        (inputs) => /networkSecurityGroups/i.test(text(inputs, "targetResourceId") ?? ""),
        "NsgFlowLogsRetired: no new flow logs of network security groups can be made; name a virtual network, subnet or network interface",
      ),
    ],
    references: [
      byId("targetResourceId", [networkType, subnetType], false),
      byId("storageId", ["azure-native:storage:StorageAccount"], false),
      byId("identity.userAssignedIdentities[]", ["azure-native:managedidentity:UserAssignedIdentity"], false),
    ],
    refuses: [watcherExists],
    claims: [
      {
        key: "{targetResourceId}",
        code: "FlowLogAlreadyExists",
        sentence: "{targetResourceId} has a flow log already",
      },
    ],
    replaceOn: ["location", "targetResourceId"],
    outputs: { targetResourceGuid: "{uuid}" },
  },
  "azure-native:network:PrivateEndpoint": {
    id: `${networkProvider}/privateEndpoints/{privateEndpointName}`,
    autoName: "privateEndpointName",
    checks: [
      networkName("privateEndpointName"),
      refuseWhen(
        "subnet",
        (inputs) => inputs["subnet"] === undefined,
        "MissingSubnet: a private endpoint needs subnet.id",
      ),
    ],
    references: [
      byId("subnet.id", [subnetType]),
      {
        ...byId("privateLinkServiceConnections[].privateLinkServiceId", [], false),
        missing: "PrivateLinkServiceNotFound",
      },
    ],
    refuses: [notDelegated, groupIdsFit],
    replaceOn: ["location", "subnet", "extendedLocation"],
    outputs: {
      customDnsConfigs: () => [],
      networkInterfaces: ({ id, seed }) => [
        { id: `${id.replace(/privateEndpoints.*/, "networkInterfaces")}/${digits(seed, 8)}.nic` },
      ],
    },
  },
  "azure-native:network:PrivateDnsZoneGroup": {
    id: `${networkProvider}/privateEndpoints/{privateEndpointName}/privateDnsZoneGroups/{privateDnsZoneGroupName}`,
    autoName: "privateDnsZoneGroupName",
    references: [byId("privateDnsZoneConfigs[].privateDnsZoneId", ["azure-native:privatedns:PrivateZone"])],
  },
  "azure-native:privatedns:PrivateZone": {
    id: `${networkProvider}/privateDnsZones/{privateZoneName}`,
    autoName: "privateZoneName",
    checks: [
      form(
        "privateZoneName",
        /^([a-z0-9_]([-a-z0-9_]{0,61}[a-z0-9_])?\.)+[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/i,
        "a domain of at least two labels, without a dot at its end",
        "InvalidZoneName",
      ),
      form(
        "location",
        /^global$/i,
        "global: private zones belong to no location",
        "LocationNotAvailableForResourceType",
      ),
    ],
    replaceOn: ["location"],
    outputs: {
      numberOfRecordSets: () => 1,
      numberOfVirtualNetworkLinks: () => 0,
      maxNumberOfRecordSets: () => 25_000,
    },
    inUse: {
      code: "CannotDeleteResource",
      sentence: "Cannot delete resource while nested resources exist: {id}.",
    },
  },
  "azure-native:privatedns:VirtualNetworkLink": {
    id: `${networkProvider}/privateDnsZones/{privateZoneName}/virtualNetworkLinks/{virtualNetworkLinkName}`,
    autoName: "virtualNetworkLinkName",
    checks: [
      networkName("virtualNetworkLinkName"),
      form(
        "location",
        /^global$/i,
        "global: links belong to no location",
        "LocationNotAvailableForResourceType",
      ),
    ],
    references: [byId("virtualNetwork.id", [networkType], false)],
    claims: [
      {
        key: "{resourceGroupName}/{privateZoneName} {virtualNetwork.id}",
        code: "Conflict",
        sentence:
          "A virtual network cannot be linked to multiple zones with overlapping namespaces: {virtualNetwork.id} is linked to {privateZoneName} already.",
      },
    ],
    replaceOn: ["location", "virtualNetwork"],
    defaults: { registrationEnabled: false },
    outputs: { virtualNetworkLinkState: () => "Completed" },
  },
};

import { CloudError } from "../cloud-error";
import { digits, object, text, texts, valuesAt, type Properties } from "../values";
import { byId, networkName, networkProvider, networkType, subnetType } from "./azure-network";
import { form, refuseWhen } from "./checks";
import type { RuleTable, WorldCheck } from "./contract";

/** What lives in a delegated subnet is the service's; nothing else may. */
const notDelegated: WorldCheck = ({ inputs }, world) => {
  const subnet = world.withId(text(object(inputs, "subnet"), "id") ?? "");
  const service = valuesAt(subnet?.inputs ?? {}, "delegations[].serviceName")[0] as string | undefined;
  if (subnet === undefined || service === undefined) return undefined;
  return new CloudError(
    "PrivateEndpointCannotBeCreatedInSubnetThatIsDelegated",
    `Subnet ${subnet.id} is delegated to ${service}; put the private endpoint into another subnet.`,
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
  "azure-native:containerregistry:Registry": ["registry"],
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

/** Private endpoints and the zones that name them. Source: Azure Private Link and Private DNS references, 2026-11-21. */
export const azurePrivateLink: RuleTable = {
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

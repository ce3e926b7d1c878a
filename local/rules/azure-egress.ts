import { CloudError } from "../cloud-error";
import { dotted } from "../cidr";
import { hex, object, text, valuesAt } from "../values";
import { byId, gatewayType, networkName, networkProvider, networkType, subnetType } from "./azure-network";
import { between, oneOf, refuseWhen } from "./checks";
import type { RuleTable, WorldCheck } from "./contract";

const addressType = "azure-native:network:PublicIPAddress";

export const watcherExists: WorldCheck = ({ inputs, scope }, world) => {
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

/** Public addresses, NAT gateways, flow logs. Source: Azure NAT gateway and Network Watcher documentation, 2026-11-21. */
export const azureEgress: RuleTable = {
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
};

import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as storage from "@pulumi/azure-native/storage";
import * as azureNetwork from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";
import { createPrivateEndpoint } from "../platform/azure-private-endpoint";
import { assignRole } from "../platform/azure-roles";
import { createStorageAccount, keepDeletedBlobs } from "../platform/azure-storage-account";
import type { LogSource } from "../object-storage/contract";
import type { PrivateService } from "./contract";

interface FlowLogArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly networkId: pulumi.Output<string>;
  readonly endpointSubnetId: pulumi.Output<string>;
  readonly zoneIds: { readonly [S in PrivateService]: pulumi.Output<string> };
  readonly key: EncryptionKeyOutputs;
  readonly flowLogDays: number;
}

const oldVersions = {
  name: "old-versions",
  enabled: true,
  type: "Lifecycle",
  definition: {
    actions: { version: { delete: { daysAfterCreationGreaterThan: 7 } } },
    filters: { blobTypes: ["blockBlob"] },
  },
};

/**
 * Virtual network flow logs, kept in a storage account of their own. Azure makes one Network Watcher per subscription
 * and location, in a resource group of a fixed name, when the first virtual network of that location is made.
 */
export function createFlowLogs(context: DriverContext<"azure">, args: FlowLogArgs): LogSource {
  const { name, settings, tags, child } = context;
  const { resourceGroupName, endpointSubnetId: subnetId, zoneIds } = args;
  const account = createStorageAccount(context, "flow-logs", args);
  keepDeletedBlobs(context, "flow-logs", { accountName: account.name, resourceGroupName });
  // Network Watcher writes an hour's blob again and again; what it overwrites is worth a week.
  new storage.ManagementPolicy(
    `${name}-flow-logs-lifecycle`,
    {
      accountName: account.name,
      resourceGroupName,
      managementPolicyName: "default",
      policy: { rules: [oldVersions] },
    },
    child,
  );
  createPrivateEndpoint(context, "flow-logs", {
    resourceGroupName,
    subnetId,
    zoneId: zoneIds.blob,
    service: "blob",
    resourceId: account.id,
  });
  // The account takes no shared keys, so the writer needs an identity.
  const writer = new managedidentity.UserAssignedIdentity(
    `${name}-flow-logs-writer`,
    { resourceGroupName, location: settings.location, tags },
    child,
  );
  const mayWrite = assignRole(context, "flow-logs-role", {
    principalId: writer.principalId,
    role: "storageBlobDataContributor",
    scope: account.id,
    description: "Network Watcher writes flow logs",
  });
  new azureNetwork.FlowLog(
    `${name}-flow-logs`,
    {
      networkWatcherName: `NetworkWatcher_${settings.location}`,
      resourceGroupName: "NetworkWatcherRG",
      location: settings.location,
      targetResourceId: args.networkId,
      storageId: account.id,
      identity: { type: "UserAssigned", userAssignedIdentities: [writer.id] },
      enabled: true,
      format: { type: "JSON", version: 2 },
      retentionPolicy: { enabled: true, days: args.flowLogDays },
      tags,
    },
    { ...child, dependsOn: mayWrite },
  );
  return { role: "flow-logs", kind: "blob", resourceId: account.id };
}

import * as monitor from "@pulumi/azure-native/monitor";
import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { lockData } from "../platform/azure-lock";
import { createPrivateEndpoint } from "../platform/azure-private-endpoint";
import { createStorageAccount } from "../platform/azure-storage-account";
import {
  type BucketName,
  type BucketOutputs,
  dataBuckets,
  type ObjectStorageArgs,
  type ObjectStorageDrivers,
} from "./contract";
import { createLifecycle } from "./azure-lifecycle";

const softDeleteDays = 7;

/**
 * Azure Blob Storage: one account for the data, one for the logs about it. Uploads that were never completed need no
 * rule: Azure drops uncommitted blocks after a week.
 */
export const azure: ObjectStorageDrivers["azure"] = (context, args) => {
  const { name, settings, tags, child, physicalName } = context;
  const group = new resources.ResourceGroup(
    `${name}-group`,
    {
      resourceGroupName: physicalName("storage", nameRules.azureResourceGroup),
      location: settings.location,
      tags,
    },
    child,
  );
  const lake = createAccount(context, "lake", args, dataBuckets, group.name);
  const logs = createAccount(context, "logs", args, ["logs"], group.name);
  sendAccessLogs(context, { from: lake, to: logs });
  const bucket = (account: storage.StorageAccount, role: BucketName) =>
    createContainer(context, role, account, group.name);
  return {
    buckets: {
      data: bucket(lake, "data"),
      models: bucket(lake, "models"),
      artifacts: bucket(lake, "artifacts"),
      logs: bucket(logs, "logs"),
    },
    keyId: args.key.keyId,
  };
};

function createAccount(
  context: DriverContext<"azure">,
  role: string,
  args: ObjectStorageArgs,
  buckets: readonly BucketName[],
  resourceGroupName: pulumi.Output<string>,
): storage.StorageAccount {
  const { name, child } = context;
  const account = createStorageAccount(context, role, { ...args, resourceGroupName });
  const scope = { accountName: account.name, resourceGroupName };
  const deleted = { enabled: true, days: softDeleteDays };
  new storage.BlobServiceProperties(
    `${name}-${role}-versioning`,
    {
      ...scope,
      blobServicesName: "default",
      isVersioningEnabled: true,
      changeFeed: { enabled: true },
      deleteRetentionPolicy: deleted,
      containerDeleteRetentionPolicy: deleted,
    },
    child,
  );
  createLifecycle(context, role, scope, { buckets, retentionDays: args.retentionDays });
  createPrivateEndpoint(context, role, {
    resourceGroupName,
    subnetId: known(args.privateLink.subnetId),
    zoneId: known(args.privateLink.zoneIds.blob),
    service: "blob",
    resourceId: account.id,
  });
  lockData(context, `${role}-lock`, account.id);
  return account;
}

function createContainer(
  { name, stateful }: DriverContext<"azure">,
  role: BucketName,
  account: storage.StorageAccount,
  resourceGroupName: pulumi.Output<string>,
): BucketOutputs {
  const container = new storage.BlobContainer(
    `${name}-${role}`,
    { containerName: role, accountName: account.name, resourceGroupName, publicAccess: "None" },
    stateful,
  );
  return {
    name: container.name,
    uri: pulumi.interpolate`wasbs://${container.name}@${account.name}.blob.core.windows.net`,
    grantId: container.id,
  };
}

interface LogRoute {
  readonly from: storage.StorageAccount;
  readonly to: storage.StorageAccount;
}

function sendAccessLogs({ name, child }: DriverContext<"azure">, { from, to }: LogRoute): void {
  new monitor.DiagnosticSetting(
    `${name}-access-logs`,
    {
      resourceUri: pulumi.interpolate`${from.id}/blobServices/default`,
      storageAccountId: to.id,
      logs: ["StorageRead", "StorageWrite", "StorageDelete"].map((category) => ({ category, enabled: true })),
    },
    child,
  );
}

/** The network of Azure always gives these; the contract leaves them open for clouds that need none. */
function known(id: pulumi.Output<string | undefined>): pulumi.Output<string> {
  return id.apply((value) => {
    if (value === undefined)
      throw new Error("Azure storage needs a subnet and a DNS zone for its private endpoint");
    return value;
  });
}

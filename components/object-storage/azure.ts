import * as monitor from "@pulumi/azure-native/monitor";
import * as resources from "@pulumi/azure-native/resources";
import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { known } from "../core/known";
import { createPrivateEndpoint } from "../platform/azure-private-endpoint";
import { createStorageAccount, keepDeletedBlobs } from "../platform/azure-storage-account";
import {
  type BucketName,
  type BucketOutputs,
  dataBuckets,
  type LogSource,
  type ObjectStorageArgs,
  type ObjectStorageDrivers,
} from "./contract";
import { createLifecycle } from "./azure-lifecycle";

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
  const ownSource: LogSource = { role: "lake", kind: "blob", resourceId: lake.id };
  for (const source of [...args.logSources, ownSource]) sendAccessLogs(context, source, logs);
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
    lockTargets: [
      { role: "lake", resourceId: lake.id },
      { role: "logs", resourceId: logs.id },
    ],
  };
};

function createAccount(
  context: DriverContext<"azure">,
  role: string,
  args: ObjectStorageArgs,
  buckets: readonly BucketName[],
  resourceGroupName: pulumi.Output<string>,
): storage.StorageAccount {
  const account = createStorageAccount(context, role, { ...args, resourceGroupName });
  const scope = { accountName: account.name, resourceGroupName };
  keepDeletedBlobs(context, role, scope);
  createLifecycle(context, role, scope, { buckets, retentionDays: args.retentionDays });
  createPrivateEndpoint(context, role, {
    resourceGroupName,
    subnetId: known(args.privateLink.subnetId, "Azure storage needs a subnet for its private endpoint"),
    zoneId: known(args.privateLink.zoneIds.blob, "Azure storage needs a DNS zone for its private endpoint"),
    service: "blob",
    resourceId: account.id,
  });
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

/** Where the logs of a kind of resource hang, and what they are called. */
const logCategories = {
  blob: { path: "/blobServices/default", categories: ["StorageRead", "StorageWrite", "StorageDelete"] },
  registry: { path: "", categories: ["ContainerRegistryRepositoryEvents", "ContainerRegistryLoginEvents"] },
  vault: { path: "", categories: ["AuditEvent", "AzurePolicyEvaluationDetails"] },
} as const satisfies Record<LogSource["kind"], unknown>;

function sendAccessLogs(
  { name, child }: DriverContext<"azure">,
  source: LogSource,
  logs: storage.StorageAccount,
): void {
  const { path, categories } = logCategories[source.kind];
  new monitor.DiagnosticSetting(
    `${name}-${source.role}-access-logs`,
    {
      resourceUri: pulumi.interpolate`${source.resourceId}${path}`,
      storageAccountId: logs.id,
      logs: categories.map((category) => ({ category, enabled: true })),
    },
    child,
  );
}

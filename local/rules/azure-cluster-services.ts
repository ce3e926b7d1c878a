import { CloudError } from "../cloud-error";
import { object, text, type Properties } from "../values";
import { byId } from "./azure-network";
import { identityType, vaultType } from "./azure-security";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { Check, RuleTable, WorldCheck } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const invalid = "InvalidParameter";
const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

const schedules = ["absoluteMonthly", "daily", "relativeMonthly", "weekly"];

const window: Check = function* (inputs) {
  const maintenance = object(inputs, "maintenanceWindow");
  const given = schedules.filter((kind) => object(maintenance, "schedule")[kind] !== undefined);
  const own = text(inputs, "configName") === "default";
  const problem = (reason: string) => ({ property: "maintenanceWindow", reason: `${invalid}: ${reason}` });
  if (inputs["maintenanceWindow"] === undefined) {
    if (!own) yield problem("maintenanceWindow is needed for this configuration");
  } else if (own) yield problem("the configuration default takes timeInWeek, not maintenanceWindow");
  else if (given.length !== 1)
    yield problem(
      `the schedule must be exactly one of ${schedules.join(", ")}; given ${given.join(" and ") || "none"}`,
    );
};

const purgeProtected: WorldCheck = ({ inputs }, world) => {
  const id = text(object(object(inputs, "activeKey"), "sourceVault"), "id");
  const properties = object(world.withId(id ?? "")?.inputs ?? {}, "properties");
  if (id === undefined || properties["enablePurgeProtection"] === true) return undefined;
  return new CloudError(
    "KeyVaultNotPurgeProtected",
    `Key vault ${id} must have soft delete and purge protection enabled to be used with a disk encryption set.`,
  );
};

const credentialsPerIdentity = 20;

const credentialFits: WorldCheck = (subject, world) => {
  const parent = subject.id.replace(/\/federatedIdentityCredentials\/[^/]+$/i, "").toLowerCase();
  const siblings = world
    .ofType(subject.type)
    .filter((item) => item.id !== subject.id && item.id.toLowerCase().startsWith(`${parent}/`));
  if (siblings.length >= credentialsPerIdentity)
    return new CloudError(
      "BadRequest",
      `An identity has at most ${credentialsPerIdentity} federated credentials.`,
    );
  const same = (inputs: Properties): boolean =>
    inputs["issuer"] === subject.inputs["issuer"] && inputs["subject"] === subject.inputs["subject"];
  const twin = siblings.find((item) => same(item.inputs));
  if (twin === undefined) return undefined;
  return new CloudError(
    "BadRequest",
    `Issuer and subject combination already exists for this Managed Identity: ${twin.id}.`,
  );
};

/** What clusters use on Azure: logs, schedules, disk keys, federated identities. Source: REST references, 2026-11-21. */
export const azureClusterServices: RuleTable = {
  "azure-native:operationalinsights:Workspace": {
    id: `${group}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}`,
    autoName: "workspaceName",
    checks: [
      form(
        "workspaceName",
        /^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$/,
        "4 to 63 letters, digits or dashes",
        "InvalidResourceName",
      ),
      oneOf(
        "sku.name",
        ["PerGB2018", "CapacityReservation", "LACluster", "Free", "Standalone", "PerNode"],
        invalid,
      ),
      between("retentionInDays", 7, 730, invalid),
      refuseWhen(
        "retentionInDays",
        (inputs) =>
          Number(inputs["retentionInDays"] ?? 30) < 30 && text(object(inputs, "sku"), "name") !== "Free",
        `${invalid}: retentionInDays must be at least 30`,
      ),
    ],
    replaceOn: ["location"],
    defaults: {
      retentionInDays: 30,
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
    },
    outputs: { customerId: "{uuid}", createdDate: () => "2026-01-01T00:00:00Z" },
  },
  "azure-native:containerservice:MaintenanceConfiguration": {
    id: `${group}/providers/Microsoft.ContainerService/managedClusters/{resourceName}/maintenanceConfigurations/{configName}`,
    checks: [
      oneOf(
        "configName",
        ["default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"],
        invalid,
      ),
      between("maintenanceWindow.durationHours", 4, 24, invalid),
      form("maintenanceWindow.startTime", clock, "a time such as 03:00", invalid),
      form("maintenanceWindow.utcOffset", /^[+-](0\d|1[0-4]):[0-5]\d$/, "an offset such as +00:00", invalid),
      between("maintenanceWindow.schedule.weekly.intervalWeeks", 1, 4, invalid),
      between("maintenanceWindow.schedule.daily.intervalDays", 1, 7, invalid),
      window,
    ],
  },
  "azure-native:compute:DiskEncryptionSet": {
    id: `${group}/providers/Microsoft.Compute/diskEncryptionSets/{diskEncryptionSetName}`,
    autoName: "diskEncryptionSetName",
    checks: [
      form(
        "diskEncryptionSetName",
        /^[\w-]{1,80}$/,
        "1 to 80 letters, digits, _ or -",
        "InvalidResourceName",
      ),
      oneOf(
        "encryptionType",
        [
          "EncryptionAtRestWithCustomerKey",
          "EncryptionAtRestWithPlatformAndCustomerKeys",
          "ConfidentialVmEncryptedWithCustomerKey",
        ],
        invalid,
      ),
      form(
        "activeKey.keyUrl",
        /^https:\/\/[a-zA-Z0-9-]+\.vault\.azure\.net\/keys\/[a-zA-Z0-9-]+(\/[0-9a-f]{32})?$/,
        "the URL of a key in a vault",
        invalid,
      ),
      refuseWhen(
        "activeKey",
        (inputs) => {
          const url = text(object(inputs, "activeKey"), "keyUrl");
          return (
            url !== undefined &&
            !/\/[0-9a-f]{32}$/.test(url) &&
            inputs["rotationToLatestKeyVersionEnabled"] !== true
          );
        },
        `${invalid}: keyUrl names no version; that needs rotationToLatestKeyVersionEnabled`,
      ),
      refuseWhen(
        "identity",
        (inputs) => inputs["identity"] === undefined,
        `${invalid}: a disk encryption set needs an identity`,
      ),
    ],
    references: [
      byId("activeKey.sourceVault.id", [vaultType], false),
      byId("identity.userAssignedIdentities[]", [identityType]),
    ],
    refuses: [purgeProtected],
    replaceOn: ["location", "encryptionType"],
    outputs: { previousKeys: () => [] },
  },
  "azure-native:managedidentity:FederatedIdentityCredential": {
    id: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}`,
    autoName: "federatedIdentityCredentialResourceName",
    checks: [
      form(
        "federatedIdentityCredentialResourceName",
        /^[a-zA-Z0-9][\w-]{2,119}$/,
        "3 to 120 letters, digits, _ or -",
        "InvalidResourceName",
      ),
      form("issuer", /^https:\/\/\S+$/, "a URL that starts with https://", "BadRequest"),
      form("subject", /^[^*]{1,600}$/, "1 to 600 characters, without wildcards", "BadRequest"),
      refuseWhen(
        "audiences",
        (inputs) => Array.isArray(inputs["audiences"]) && inputs["audiences"].length !== 1,
        "BadRequest: exactly one audience must be given",
      ),
    ],
    refuses: [credentialFits],
    claims: [
      {
        key: "{resourceGroupName} {resourceName} {issuer} {subject}",
        code: "Conflict",
        sentence: "Issuer and subject combination already exists for this managed identity: {subject}",
      },
    ],
  },
};

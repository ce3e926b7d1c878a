import { CloudError } from "../cloud-error";
import { number, object, objects, text, valuesAt, type Properties } from "../values";
import type { World } from "../world";
import { managementPolicy } from "./azure-lifecycle";
import { byId, subnetType } from "./azure-network";
import { assignmentType, identityType, keyType, vaultType } from "./azure-security";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { RuleTable, Subject, WorldCheck } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
export const accountType = "azure-native:storage:StorageAccount";
const blob = `${group}/providers/Microsoft.Storage/storageAccounts/{accountName}`;

const days = (path: string) => [between(path, 1, 365, "InvalidXmlNodeValue")];

/** Roles that let storage wrap its keys, and broader ones that include it. Source: Azure built-in roles, 2026-11-21. */
const wrappingRoles = [
  "e147488a-f6f5-4113-8e2d-b22465e65bf6", // Key Vault Crypto Service Encryption User
  "14b46e9e-c2b7-41b4-b07b-48a6ebf60603", // Key Vault Crypto Officer
  "00482a5a-887f-4fb3-b363-3b7fe8e74483", // Key Vault Administrator
];

/** Encryption with a key of one's own works only where the whole chain from identity to key does. */
const keyUsable: WorldCheck = ({ inputs }, world) => {
  const encryption = object(inputs, "encryption");
  const keyVault = object(encryption, "keyVaultProperties");
  if (text(encryption, "keySource") !== "Microsoft.Keyvault") return undefined;
  const uri = (text(keyVault, "keyVaultUri") ?? "").replace(/\/$/, "");
  const vault = world
    .ofType(vaultType)
    .find((item) => text(object(item.outputs, "properties"), "vaultUri") === `${uri}/`);
  if (vault === undefined)
    return new CloudError("KeyVaultNotFound", `The key vault '${uri}' does not exist.`);
  if (object(vault.inputs, "properties")["enablePurgeProtection"] !== true) {
    return new CloudError(
      "KeyVaultPolicyError",
      `The key vault '${vault.id}' must have purge protection (enablePurgeProtection) to hold a key for storage encryption.`,
    );
  }
  const keyName = text(keyVault, "keyName") ?? "";
  const key = world.withId(`${vault.id}/keys/${keyName}`);
  if (key?.type !== keyType)
    return new CloudError("KeyVaultKeyNotFound", `The key '${keyName}' does not exist in ${vault.id}.`);
  return identityMayWrap(encryption, key.id, world);
};

function identityMayWrap(encryption: Properties, keyId: string, world: World): CloudError | undefined {
  const identityId = text(object(encryption, "encryptionIdentity"), "encryptionUserAssignedIdentity");
  const principal = identityId === undefined ? undefined : world.withId(identityId)?.outputs["principalId"];
  const granted = world.ofType(assignmentType).some(({ inputs }) => {
    const scope = (text(inputs, "scope") ?? "").toLowerCase();
    const role = (text(inputs, "roleDefinitionId") ?? "").toLowerCase();
    const covered = keyId.toLowerCase() === scope || keyId.toLowerCase().startsWith(`${scope}/`);
    return covered && inputs["principalId"] === principal && wrappingRoles.some((id) => role.endsWith(id));
  });
  if (granted) return undefined;
  return new CloudError(
    "KeyVaultAuthenticationFailure",
    `The operation failed because of authentication issue on the keyvault: the identity '${String(identityId)}' has no role on ${keyId} that may wrap keys (Key Vault Crypto Service Encryption User).`,
  );
}

const endpoint = (service: string, { id }: Subject): string =>
  `https://${id.split("/").at(-1) ?? ""}.${service}.core.windows.net/`;
const endpoints = (subject: Subject): Properties =>
  Object.fromEntries(
    ["blob", "dfs", "file", "queue", "table", "web"].map((service) => [service, endpoint(service, subject)]),
  );

const accountOf = (id: string, world: World): Properties =>
  world.withId(id.replace(/\/(blobServices|managementPolicies)\/.*$/i, ""))?.inputs ?? {};

const needsIdentity = (inputs: Properties): boolean => {
  const encryption = object(inputs, "encryption");
  return (
    encryption["keySource"] === "Microsoft.Keyvault" &&
    encryption["encryptionIdentity"] === undefined &&
    object(inputs, "identity")["type"] !== "SystemAssigned"
  );
};

/** Source: Azure Storage resource provider and data protection documentation, 2026-11-21. */
export const azureStorage: RuleTable = {
  [accountType]: {
    id: blob,
    autoName: "accountName",
    nameForm: (name) =>
      name
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "")
        .slice(-24),
    checks: [
      form("accountName", /^[a-z0-9]{3,24}$/, "3 to 24 lower-case letters and digits", "AccountNameInvalid"),
      oneOf(
        "kind",
        ["StorageV2", "BlobStorage", "BlockBlobStorage", "FileStorage", "Storage"],
        "InvalidKind",
      ),
      oneOf(
        "sku.name",
        [
          "Standard_LRS",
          "Standard_GRS",
          "Standard_RAGRS",
          "Standard_ZRS",
          "Standard_GZRS",
          "Standard_RAGZRS",
          "Premium_LRS",
          "Premium_ZRS",
          "PremiumV2_LRS",
          "PremiumV2_ZRS",
          "StandardV2_LRS",
          "StandardV2_GRS",
          "StandardV2_ZRS",
          "StandardV2_GZRS",
        ],
        "InvalidSku",
      ),
      oneOf("minimumTlsVersion", ["TLS1_0", "TLS1_1", "TLS1_2", "TLS1_3"], "InvalidRequestPropertyValue"),
      oneOf("accessTier", ["Hot", "Cool", "Cold", "Premium"], "InvalidRequestPropertyValue"),
      oneOf(
        "encryption.keySource",
        ["Microsoft.Storage", "Microsoft.Keyvault"],
        "InvalidRequestPropertyValue",
      ),
      form(
        "sasPolicy.sasExpirationPeriod",
        /^(\d+\.)?\d{2}:\d{2}:\d{2}$/,
        "a period such as 01.00:00:00",
        "InvalidRequestPropertyValue",
      ),
      refuseWhen(
        "encryption",
        needsIdentity,
        "InvalidValuesForRequestParameters: encryption with a key of a vault needs an identity: encryption.encryptionIdentity or a system-assigned one",
      ),
      refuseWhen(
        "encryption",
        (inputs) =>
          object(inputs, "encryption")["keySource"] === "Microsoft.Keyvault" &&
          object(inputs, "encryption")["keyVaultProperties"] === undefined,
        "InvalidValuesForRequestParameters: keySource Microsoft.Keyvault needs keyVaultProperties",
      ),
      refuseWhen(
        "kind",
        ({ kind, accessTier }) => kind === "BlobStorage" && accessTier === undefined,
        "MissingRequiredParameter: kind BlobStorage needs accessTier",
      ),
    ],
    // Account names are taken worldwide: they are host names.
    claims: [
      {
        key: "{accountName}",
        code: "StorageAccountAlreadyTaken",
        sentence: "The storage account named {accountName} is already taken.",
      },
    ],
    references: [
      byId("identity.userAssignedIdentities[]", [identityType]),
      byId("encryption.encryptionIdentity.encryptionUserAssignedIdentity", [identityType]),
      byId("networkRuleSet.virtualNetworkRules[].virtualNetworkResourceId", [subnetType], false),
    ],
    refuses: [keyUsable],
    replaceOn: [
      "location",
      "kind",
      "isHnsEnabled",
      "isNfsV3Enabled",
      "extendedLocation",
      "encryption.requireInfrastructureEncryption",
    ],
    defaults: { isHnsEnabled: false },
    outputs: {
      primaryEndpoints: endpoints,
      primaryLocation: ({ inputs, scope }) => text(inputs, "location") ?? scope.facts["location"],
      statusOfPrimary: () => "available",
      creationTime: () => "2026-01-01T00:00:00.0000000Z",
      sku: ({ inputs }) => ({
        tier: (text(object(inputs, "sku"), "name") ?? "").split("_")[0],
        ...object(inputs, "sku"),
      }),
    },
  },
  "azure-native:storage:BlobServiceProperties": {
    id: `${blob}/blobServices/{blobServicesName}`,
    autoName: "blobServicesName",
    nameForm: () => "default",
    // Every account has its blob service from the start; the resource sets it.
    adopts: true,
    checks: [
      form("blobServicesName", /^default$/, "default", "InvalidResourceName"),
      ...days("deleteRetentionPolicy.days"),
      ...days("containerDeleteRetentionPolicy.days"),
      refuseWhen(
        "restorePolicy",
        (inputs) =>
          object(inputs, "restorePolicy")["enabled"] === true &&
          !(inputs["isVersioningEnabled"] === true && object(inputs, "changeFeed")["enabled"] === true),
        "InvalidRequest: restorePolicy needs isVersioningEnabled, changeFeed and deleteRetentionPolicy",
      ),
      refuseWhen(
        "restorePolicy",
        (inputs) =>
          (number(object(inputs, "restorePolicy"), "days") ?? 0) >=
          (number(object(inputs, "deleteRetentionPolicy"), "days") ?? Infinity),
        "InvalidRequest: restorePolicy.days must be less than deleteRetentionPolicy.days",
      ),
    ],
    refuses: [
      ({ inputs, id }, world) =>
        inputs["isVersioningEnabled"] === true && accountOf(id, world)["isHnsEnabled"] === true
          ? new CloudError(
              "FeatureNotSupportedForAccount",
              "Versioning is not supported for accounts with a hierarchical namespace (isHnsEnabled).",
            )
          : undefined,
    ],
  },
  "azure-native:storage:BlobContainer": {
    id: `${blob}/blobServices/default/containers/{containerName}`,
    autoName: "containerName",
    checks: [
      form(
        "containerName",
        /^(?!.*--)([a-z0-9][a-z0-9-]{1,61}[a-z0-9]|\$root|\$web|\$logs)$/,
        "3 to 63 lower-case letters, digits or single dashes",
        "ContainerNameInvalid",
      ),
      oneOf("publicAccess", ["None", "Blob", "Container"], "InvalidRequestPropertyValue"),
    ],
    refuses: [
      ({ inputs, id }, world) =>
        (text(inputs, "publicAccess") ?? "None") !== "None" &&
        accountOf(id, world)["allowBlobPublicAccess"] === false
          ? new CloudError(
              "PublicAccessNotPermitted",
              "Public access is not permitted on this storage account (allowBlobPublicAccess is false).",
            )
          : undefined,
    ],
    replaceOn: ["defaultEncryptionScope", "denyEncryptionScopeOverride"],
    defaults: { publicAccess: "None" },
    outputs: {
      hasImmutabilityPolicy: () => false,
      hasLegalHold: () => false,
      leaseState: () => "Available",
      leaseStatus: () => "Unlocked",
    },
  },
  "azure-native:storage:ManagementPolicy": {
    id: `${blob}/managementPolicies/{managementPolicyName}`,
    autoName: "managementPolicyName",
    nameForm: () => "default",
    adopts: true,
    checks: [form("managementPolicyName", /^default$/, "default", "InvalidResourceName"), managementPolicy],
    refuses: [
      ({ inputs, id }, world) => {
        const sku = text(object(accountOf(id, world), "sku"), "name") ?? "";
        const archives = valuesAt(inputs, "policy.rules[].definition.actions").some((actions) =>
          Object.values(actions as Properties).some(
            (action) => (action as Properties)["tierToArchive"] !== undefined,
          ),
        );
        if (!archives || !/_(ZRS|GZRS|RAGZRS)$/.test(sku)) return undefined;
        return new CloudError(
          "InvalidRequestPropertyValue",
          `tierToArchive is not supported for accounts with redundancy ${sku}: only LRS, GRS and RA-GRS accounts have the archive tier.`,
        );
      },
    ],
  },
  "azure-native:monitor:DiagnosticSetting": {
    id: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    autoName: "name",
    checks: [
      form("name", /^[^*<>%:&\\?+/]{1,260}$/, "1 to 260 characters, none of *<>%:&\\?+/", "BadRequest"),
      refuseWhen(
        "logs",
        (inputs) =>
          objects(inputs, "logs").length + objects(inputs, "metrics").length === 0 &&
          Array.isArray(inputs["logs"] ?? []),
        "BadRequest: at least one log or metric category must be given",
      ),
      refuseWhen(
        "storageAccountId",
        (inputs) =>
          !["storageAccountId", "workspaceId", "eventHubAuthorizationRuleId", "marketplacePartnerId"].some(
            (key) => inputs[key] !== undefined,
          ),
        "BadRequest: at least one data sink needs to be specified: storageAccountId, workspaceId, eventHubAuthorizationRuleId or marketplacePartnerId",
      ),
      refuseWhen(
        "logs",
        (inputs) =>
          objects(inputs, "logs").some(
            (log) => (log["category"] === undefined) === (log["categoryGroup"] === undefined),
          ),
        "BadRequest: each log names either its category or its categoryGroup",
      ),
    ],
    references: [
      {
        ...byId("resourceUri", [], false),
        from: (uri) => uri.replace(/\/(blob|file|queue|table)Services\/default\/?$/i, ""),
        provided: /^\/?subscriptions\/[^/]+\/?$/,
      },
      byId("storageAccountId", [accountType], false),
      byId("workspaceId", ["azure-native:operationalinsights:Workspace"], false),
    ],
    refuses: [
      (subject, world) => {
        const uri = text(subject.inputs, "resourceUri") ?? "";
        const others = world
          .ofType(subject.type)
          .filter((item) => item.id !== subject.id && item.inputs["resourceUri"] === uri);
        return others.length < 5
          ? undefined
          : new CloudError(
              "BadRequest",
              `${uri} has 5 diagnostic settings already, the most that Azure allows.`,
            );
      },
    ],
    replaceOn: ["resourceUri", "name"],
  },
};

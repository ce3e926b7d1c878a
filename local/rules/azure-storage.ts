import { CloudError } from "../cloud-error";
import { object, text, type Properties } from "../values";
import type { World } from "../world";
import { byId, subnetType } from "./azure-network";
import { assignmentType, identityType, keyType, vaultType } from "./azure-security";
import { form, oneOf, refuseWhen } from "./checks";
import type { RuleTable, Subject, WorldCheck } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
export const accountType = "azure-native:storage:StorageAccount";
export const blob = `${group}/providers/Microsoft.Storage/storageAccounts/{accountName}`;

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
      "enableNfsV3",
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
};

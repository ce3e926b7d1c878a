import type { Failing } from "../rule-tables";
import { subscription, policy, aged, after, vault, encryption, link } from "./azure-shapes";

export const storage: readonly Failing[] = [
  ["group", { resourceGroupName: "ml." }, /InvalidResourceGroupName: invalid resourceGroupName 'ml\.'/],
  ["group", { tags: { "a<b": "x" } }, /InvalidTagNameCharacters: the tag name 'a<b'/],
  ["group", { tags: { a: "x".repeat(257) } }, /InvalidTagValueLength: the tag value has 257 characters/],
  [
    "group",
    { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"])) },
    /51 tags given, 50 allowed/,
  ],
  ["identity", { resourceName: "a" }, /invalid resourceName 'a': it must be 3 to 128/],
  ["vault", { vaultName: "acme-purgeable", resourceGroupName: "ml" }, /Conflict|VaultAlreadyExists/],
  ["vault", { vaultName: "1vault" }, /VaultNameNotValid: invalid vaultName '1vault'.*3 to 24/],
  [
    "vault",
    { vaultName: "other", ...vault({ softDeleteRetentionInDays: 5 }) },
    /softDeleteRetentionInDays to be in the range \(7 - 90\), got 5/,
  ],
  [
    "vault",
    { vaultName: "other", ...vault({ enablePurgeProtection: false }) },
    /"enablePurgeProtection" cannot be set to false/,
  ],
  [
    "key",
    { keyName: "k2", properties: { kty: "RSA", keySize: 1024 } },
    /keySize to be one of 2048, 3072, 4096, got 1024/,
  ],
  [
    "key",
    {
      keyName: "k2",
      properties: {
        kty: "RSA",
        rotationPolicy: {
          attributes: { expiryTime: "P30D" },
          lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P29D" } }],
        },
      },
    },
    /timeAfterCreate P29D must be at least 7 days before expiryTime P30D/,
  ],
  ["key", { vaultName: "none" }, /ParentResourceNotFound/],
  [
    "may-wrap",
    { roleAssignmentName: "mine" },
    /InvalidRoleAssignmentId: invalid roleAssignmentName 'mine': it must be a UUID/,
  ],
  ["may-wrap", { roleAssignmentName: "e147488a-f6f5-4113-8e2d-b22465e65bf7" }, /RoleAssignmentExists/],
  [
    "may-wrap",
    { scope: `${subscription}/resourceGroups/none` },
    /ResourceNotFound: The scope '.*none' was not found/,
  ],
  ["may-wrap", { condition: "x" }, /needs conditionVersion 2\.0/],
  ["account", { accountName: "Acme-ML" }, /AccountNameInvalid: invalid accountName 'Acme-ML'.*3 to 24/],
  ["account", { accountName: "acmezrs", resourceGroupName: "ml" }, /Conflict|StorageAccountAlreadyTaken/],
  [
    "account",
    ({ identity }) => ({ accountName: "other", encryption: encryption("acme-purgeable", identity!.id) }),
    /must have purge protection/,
  ],
  [
    "account",
    ({ stranger }) => ({ accountName: "other", encryption: encryption("acme-ml", stranger!.id) }),
    /KeyVaultAuthenticationFailure.*Key Vault Crypto Service Encryption User/,
  ],
  [
    "account",
    {
      accountName: "other",
      encryption: {
        keySource: "Microsoft.Keyvault",
        keyVaultProperties: { keyVaultUri: "https://acme-ml.vault.azure.net", keyName: "platform" },
      },
    },
    /needs an identity/,
  ],
  [
    "blobs",
    { accountName: "acmezrs" },
    /FeatureNotSupportedForAccount: Versioning is not supported.*hierarchical/,
  ],
  [
    "blobs",
    { deleteRetentionPolicy: { enabled: true, days: 400 } },
    /days to be in the range \(1 - 365\), got 400/,
  ],
  ["container", { containerName: "Data_1" }, /ContainerNameInvalid/],
  ["container", { containerName: "open", publicAccess: "Blob" }, /PublicAccessNotPermitted/],
  [
    "ageing",
    { accountName: "acmezrs" },
    /tierToArchive is not supported for accounts with redundancy Standard_ZRS/,
  ],
  [
    "ageing",
    policy(aged({ baseBlob: { tierToCool: after(90), tierToCold: after(30) } })),
    /baseBlob\.tierToCold after 30 days must come later than tierToCool after 90 days/,
  ],
  ["ageing", policy(aged({})), /needs at least one action/],
  [
    "ageing",
    policy(aged({ baseBlob: { delete: after(1) } }, { prefixMatch: ["a/"] })),
    /filters\.blobTypes is needed/,
  ],
  [
    "ageing",
    policy(aged({ baseBlob: { delete: after(1) } }), aged({ baseBlob: { delete: after(2) } })),
    /rule names must be unique: 'age'/,
  ],
  [
    "endpoint",
    { privateEndpointName: "e2", subnet: { id: `${subscription}/none` } },
    /InvalidResourceReference/,
  ],
  [
    "endpoint",
    ({ database }) => ({ privateEndpointName: "e2", subnet: { id: database!.id } }),
    /delegated to Microsoft\.DBforPostgreSQL/,
  ],
  [
    "endpoint",
    ({ account }) => ({ privateEndpointName: "e2", ...link(account!.id, "vault") }),
    /group id 'vault' is none of/,
  ],
  [
    "endpoint-zone",
    {
      privateDnsZoneGroupName: "g2",
      privateDnsZoneConfigs: [{ name: "x", privateDnsZoneId: `${subscription}/none` }],
    },
    /InvalidResourceReference/,
  ],
  ["audit", { name: "a2", storageAccountId: undefined }, /at least one data sink/],
  ["audit", { name: "a2", logs: [{ enabled: true }] }, /either its category or its categoryGroup/],
  ["audit", { name: "a2", resourceUri: `${subscription}/resourceGroups/none` }, /InvalidResourceReference/],
  ["lock", { lockName: "l2", level: "None" }, /level to be one of CanNotDelete, ReadOnly, got None/],
];

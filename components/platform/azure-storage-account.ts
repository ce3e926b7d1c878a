import * as storage from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { known } from "../core/known";
import type { Environment } from "../core/cloud";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";

export interface StorageAccountArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly key: EncryptionKeyOutputs;
}

/**
 * Copies: in the region, and in prod also in its paired region. Not the zone-redundant kinds: their accounts have no
 * archive tier (Azure access tiers documentation, read 2026-11-21).
 */
const redundancy: { readonly [E in Environment]: string } = {
  dev: "Standard_LRS",
  staging: "Standard_LRS",
  prod: "Standard_GRS",
};

const ownKey = { enabled: true, keyType: "Account" } as const;

/**
 * A storage account that only Entra identities can use, over TLS, through a private endpoint, encrypted with the
 * stack's key and once more by the infrastructure.
 */
export function createStorageAccount(
  { name, settings, environment, tags, stateful, physicalName }: DriverContext<"azure">,
  role: string,
  args: StorageAccountArgs,
): storage.StorageAccount {
  const identity = known(
    args.key.delegateId,
    "Azure storage needs an identity to use its encryption key with",
  );
  return new storage.StorageAccount(
    `${name}-${role}`,
    {
      accountName: physicalName(role, nameRules.azureStorageAccount),
      resourceGroupName: args.resourceGroupName,
      location: settings.location,
      kind: "StorageV2",
      sku: { name: redundancy[environment] },
      accessTier: "Hot",
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      allowedCopyScope: "AAD",
      defaultToOAuthAuthentication: true,
      isLocalUserEnabled: false,
      isSftpEnabled: false,
      sasPolicy: { expirationAction: "Block", sasExpirationPeriod: "01.00:00:00" },
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
      identity: { type: "UserAssigned", userAssignedIdentities: [identity] },
      encryption: {
        keySource: "Microsoft.Keyvault",
        keyVaultProperties: keyVaultProperties(args.key.keyId),
        encryptionIdentity: { encryptionUserAssignedIdentity: identity },
        requireInfrastructureEncryption: true,
        services: { blob: ownKey, file: ownKey, queue: ownKey, table: ownKey },
      },
      tags,
    },
    stateful,
  );
}

const softDeleteDays = 7;

/** Versions of what is overwritten, and a week to bring back what is deleted. */
export function keepDeletedBlobs(
  { name, child }: DriverContext<"azure">,
  role: string,
  scope: { readonly accountName: pulumi.Output<string>; readonly resourceGroupName: pulumi.Output<string> },
): void {
  const deleted = { enabled: true, days: softDeleteDays };
  new storage.BlobServiceProperties(
    `${name}-${role}-versioning`,
    {
      ...scope,
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: deleted,
      containerDeleteRetentionPolicy: deleted,
    },
    child,
  );
}

/** Splits `https://<vault>.vault.azure.net/keys/<key>`. Without a version, storage follows the key's rotation. */
function keyVaultProperties(keyId: pulumi.Output<string>) {
  const parts = keyId.apply((uri) => {
    const { origin, pathname } = new URL(uri);
    return { keyVaultUri: origin, keyName: pathname.split("/")[2] ?? "" };
  });
  return { keyVaultUri: parts.keyVaultUri, keyName: parts.keyName };
}

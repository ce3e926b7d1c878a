import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { nameRules } from "../catalog/name-rules";
import { assignRole } from "../platform/azure-roles";
import type { DriverContext } from "../core/capability";
import { type EncryptionKeyDrivers, rotationDays } from "./contract";

/** Key Vault: a vault without a public address, a key in it, and the identity that storage and disks use it with. */
export const azure: EncryptionKeyDrivers["azure"] = (context, args) => {
  const { name, settings, tags, child, physicalName } = context;
  const group = new resources.ResourceGroup(
    `${name}-group`,
    {
      resourceGroupName: physicalName("key", nameRules.azureResourceGroup),
      location: settings.location,
      tags,
    },
    child,
  );
  const vault = createVault(context, args.deletionDays, group.name);
  const key = createKey(context, vault.name, group.name);
  const delegate = new managedidentity.UserAssignedIdentity(
    `${name}-delegate`,
    { resourceGroupName: group.name, location: settings.location, tags },
    child,
  );
  const delegateMayUse = assignRole(context, "delegate-role", {
    principalId: delegate.principalId,
    role: "keyVaultCryptoServiceEncryptionUser",
    scope: key.id,
    description: "Storage and disks are encrypted with the stack's key",
  });
  return {
    keyId: pulumi.all([key.keyUri, delegateMayUse.id]).apply(([uri]) => uri),
    keyVersionId: pulumi.all([key.keyUriWithVersion, delegateMayUse.id]).apply(([uri]) => uri),
    storeId: vault.id,
    delegateId: delegate.id,
    privateLinks: [{ role: "key-vault", service: "vault", resourceId: vault.id }],
    lockTargets: [{ role: "key-vault", resourceId: vault.id }],
    logSources: [{ role: "key-vault", kind: "vault", resourceId: vault.id }],
  };
};

function createVault(
  { name, settings, tags, child, stateful, physicalName }: DriverContext<"azure">,
  deletionDays: number,
  resourceGroupName: pulumi.Output<string>,
): keyvault.Vault {
  // A deleted vault keeps its name until its soft-delete period is over, and a key for storage needs purge
  // protection, so nobody can free the name sooner: each new stack draws a new end.
  const ending = new RandomString(`${name}-vault-ending`, { length: 5, special: false, upper: false }, child);
  return new keyvault.Vault(
    `${name}-vault`,
    {
      vaultName: pulumi.interpolate`${physicalName("key", nameRules.azureVault)}${ending.result}`,
      resourceGroupName,
      location: settings.location,
      properties: {
        tenantId: authorization.getClientConfigOutput(child).tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: deletionDays,
        enablePurgeProtection: true,
        publicNetworkAccess: "Disabled",
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
      tags,
    },
    stateful,
  );
}

function createKey(
  { name, tags, stateful }: DriverContext<"azure">,
  vaultName: pulumi.Output<string>,
  resourceGroupName: pulumi.Output<string>,
): keyvault.Key {
  return new keyvault.Key(
    name,
    {
      keyName: "platform",
      vaultName,
      resourceGroupName,
      properties: {
        kty: "RSA",
        keySize: 3072,
        // Storage and disks wrap their own keys with it; clusters encrypt theirs.
        keyOps: ["encrypt", "decrypt", "wrapKey", "unwrapKey"],
        rotationPolicy: {
          // A version outlives its successor by far, and none lives for ever.
          attributes: { expiryTime: "P1Y" },
          lifetimeActions: [
            { action: { type: "rotate" }, trigger: { timeAfterCreate: `P${rotationDays}D` } },
          ],
        },
      },
      tags,
    },
    stateful,
  );
}

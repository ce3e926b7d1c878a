import * as compute from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";

/** The stack's key as clusters and disks are told of it. */
export interface ClusterKey {
  /** URI with the key's newest version. */
  readonly versionId: pulumi.Output<string>;
  readonly vaultId: pulumi.Output<string>;
  /** Identity that disks use it as. */
  readonly delegateId: pulumi.Output<string>;
}

/** @throws Error where the key is not in a vault, as on no platform that this driver is for. */
export function clusterKey({ keyVersionId, storeId, delegateId }: EncryptionKeyOutputs): ClusterKey {
  return {
    versionId: known(keyVersionId, "its encryption key with a version"),
    vaultId: known(storeId, "the vault of its encryption key"),
    delegateId: known(delegateId, "an identity to use its encryption key with"),
  };
}

/** Undefined cannot come from this cloud's own drivers, only from an existing network that leaves something out. */
export function known(value: pulumi.Output<string | undefined>, what: string): pulumi.Output<string> {
  return value.apply((text) => {
    if (text === undefined) throw new Error(`an Azure cluster needs ${what}`);
    return text;
  });
}

/** What tells disks to use the stack's key. Returns its id. */
export function createDiskEncryption(
  { name, settings, tags, child }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  key: ClusterKey,
): pulumi.Output<string> {
  return new compute.DiskEncryptionSet(
    `${name}-disks`,
    {
      resourceGroupName,
      location: settings.location,
      identity: { type: "UserAssigned", userAssignedIdentities: [key.delegateId] },
      encryptionType: "EncryptionAtRestWithCustomerKey",
      activeKey: { keyUrl: key.versionId },
      rotationToLatestKeyVersionEnabled: true,
      tags,
    },
    // Azure moves it to each new version of the key.
    { ...child, ignoreChanges: ["activeKey"] },
  ).id;
}

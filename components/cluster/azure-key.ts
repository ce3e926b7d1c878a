import * as compute from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { known } from "../core/known";
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
    versionId: known(keyVersionId, "an Azure cluster needs its encryption key with a version"),
    vaultId: known(storeId, "an Azure cluster needs the vault of its encryption key"),
    delegateId: known(delegateId, "an Azure cluster needs an identity to use its encryption key with"),
  };
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

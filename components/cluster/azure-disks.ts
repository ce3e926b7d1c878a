import * as compute from "@pulumi/azure-native/compute";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";

/** What tells disks to use the stack's key, as the identity that may. Returns its id. */
export function createDiskEncryption(
  { name, settings, tags, child }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  key: EncryptionKeyOutputs,
): pulumi.Output<string> {
  const delegate = known(key.delegateId, "an identity to use its encryption key with");
  const keyUrl = known(key.keyVersionId, "its encryption key with a version");
  return new compute.DiskEncryptionSet(
    `${name}-disks`,
    {
      resourceGroupName,
      location: settings.location,
      identity: { type: "UserAssigned", userAssignedIdentities: [delegate] },
      encryptionType: "EncryptionAtRestWithCustomerKey",
      activeKey: { keyUrl },
      rotationToLatestKeyVersionEnabled: true,
      tags,
    },
    // Azure moves it to each new version of the key.
    { ...child, ignoreChanges: ["activeKey"] },
  ).id;
}

function known(value: pulumi.Output<string | undefined>, what: string): pulumi.Output<string> {
  return value.apply((text) => {
    if (text === undefined) throw new Error(`Azure disks need ${what}`);
    return text;
  });
}

import { combined, property } from "../check";
import { is, isSet, isTrueOrItsText } from "../condition";
import { agentPools, googleNodes, managedCluster, nodeConfig } from "../node-pools";
import { stringsOf, textOf } from "../path";
import type { Rule } from "../rule";

/**
 * Azure says in a size's name whether it has a local disk: a `d` among the letters after the number of cores
 * (https://learn.microsoft.com/azure/virtual-machines/vm-naming-conventions, as known on 2026-11-21). From the sixth
 * generation on these are NVMe disks, which AKS does not take for every operating system.
 */
const hasLocalDisk = (size: string): boolean => {
  const parts = /^Standard_[A-Z]+\d+(?:-\d+)?([a-z]*)_(?:.*_)?v(\d+)$/.exec(size);
  return parts !== null && (parts[1] ?? "").includes("d") && Number(parts[2]) <= 5;
};

const hostEncryption = agentPools({
  control: "AZ-AKS-07",
  reads: ["enableEncryptionAtHost"],
  allowed: "true, but for sizes in the rule's setting sizesWithoutHostEncryption",
  fix: "Set enableEncryptionAtHost: true; the subscription needs the feature EncryptionAtHost.",
  findings: (pool, settings) => {
    const given = pool["enableEncryptionAtHost"];
    const exempt = stringsOf(settings["sizesWithoutHostEncryption"]).includes(textOf(pool["vmSize"]));
    return given === true || exempt ? [] : [{ property: "enableEncryptionAtHost", given }];
  },
});

const ephemeralDisks = agentPools({
  control: "AZ-AKS-07",
  reads: ["osDiskType"],
  allowed: '"Ephemeral" on sizes with a local disk',
  fix: 'Set osDiskType: "Ephemeral", and osDiskSizeGB to no more than the size\'s local disk.',
  findings: (pool) => {
    const given = pool["osDiskType"];
    const isWanted = hasLocalDisk(textOf(pool["vmSize"]));
    return isWanted && given !== "Ephemeral" ? [{ property: "osDiskType", given }] : [];
  },
});

export const nodeDisksAreEncrypted: Rule = {
  name: "node-disks-are-encrypted",
  description: "The disks of nodes are encrypted with a key that the platform owns.",
  concern: "encryption",
  note:
    "Not every size of Azure has a local disk or encrypts on its host. Sizes without a local disk may keep their " +
    "system on a managed disk, which is under the key of the cluster's DiskEncryptionSet. Sizes that cannot encrypt " +
    "on the host (`az vm list-skus`: EncryptionAtHostSupported) are named in the setting.",
  settings: {
    sizesWithoutHostEncryption: {
      type: "array",
      items: { type: "string" },
      description: "Azure sizes, such as Standard_ND96asr_v4, whose pools may do without encryption at host.",
    },
  },
  resources: combined(
    {
      "aws:ec2/launchTemplate:LaunchTemplate": [
        property("blockDeviceMappings[].ebs.encrypted", isTrueOrItsText, {
          control: "AWS-EKS-09",
          fix: "Set ebs.encrypted: true on every entry of blockDeviceMappings.",
        }),
        property("blockDeviceMappings[].ebs.kmsKeyId", isSet, {
          control: "AWS-EKS-09",
          fix: "Set ebs.kmsKeyId to the ARN of the platform's key on every entry of blockDeviceMappings.",
        }),
      ],
      [managedCluster]: [
        property("diskEncryptionSetID", isSet, {
          control: "AZ-AKS-06",
          fix: "Set diskEncryptionSetID to the id of a DiskEncryptionSet with the platform's key.",
        }),
      ],
      "azure-native:compute:DiskEncryptionSet": [
        property("rotationToLatestKeyVersionEnabled", is(true), {
          control: "AZ-AKS-06",
          fix: "Set rotationToLatestKeyVersionEnabled: true, so that disks follow the key's rotation.",
        }),
      ],
    },
    hostEncryption,
    ephemeralDisks,
    googleNodes(nodeConfig("bootDiskKmsKey"), isSet, {
      control: "GCP-GKE-11",
      fix: "Set bootDiskKmsKey to the id of the platform's key.",
    }),
  ),
};

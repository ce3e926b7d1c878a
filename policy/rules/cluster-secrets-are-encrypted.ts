import { property } from "../check";
import { hasAll, is, isSet } from "../condition";
import { googleCluster, managedCluster } from "../node-pools";
import type { Rule } from "../rule";

export const clusterSecretsAreEncrypted: Rule = {
  name: "cluster-secrets-are-encrypted",
  description: "The secrets that a cluster stores are encrypted with a key that the platform owns.",
  concern: "encryption",
  resources: {
    "aws:eks/cluster:Cluster": [
      property("encryptionConfig.resources", hasAll("secrets"), {
        control: "AWS-EKS-03",
        fix: 'Set encryptionConfig.resources: ["secrets"].',
      }),
      property("encryptionConfig.provider.keyArn", isSet, {
        control: "AWS-EKS-03",
        fix: "Set encryptionConfig.provider.keyArn to the ARN of the platform's key.",
      }),
    ],
    [googleCluster]: [
      property("databaseEncryption.state", is("ENCRYPTED"), {
        control: "GCP-GKE-11",
        fix: 'Set databaseEncryption.state: "ENCRYPTED".',
      }),
      property("databaseEncryption.keyName", isSet, {
        control: "GCP-GKE-11",
        fix: "Set databaseEncryption.keyName to the id of the platform's key.",
      }),
    ],
    [managedCluster]: [
      property("securityProfile.azureKeyVaultKms.enabled", is(true), {
        control: "AZ-AKS-06",
        fix: "Set securityProfile.azureKeyVaultKms.enabled: true.",
      }),
      property("securityProfile.azureKeyVaultKms.keyId", isSet, {
        control: "AZ-AKS-06",
        fix: "Set securityProfile.azureKeyVaultKms.keyId to the id of the platform's key, with its version.",
      }),
    ],
  },
};

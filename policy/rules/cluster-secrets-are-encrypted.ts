import { type Check, property } from "../check";
import { hasAll, is, isSet } from "../condition";
import { googleCluster, managedCluster } from "../node-pools";
import { valueAt } from "../path";
import type { Rule } from "../rule";

/**
 * A private vault can be asked only by an API server that stands in the network itself
 * (https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption, read 2026-11-21).
 */
const whereVaultIsInReach = (check: Check): Check => ({
  ...check,
  findings: (subject) =>
    valueAt(subject.inputs, "apiServerAccessProfile.enableVnetIntegration") === true
      ? check.findings(subject)
      : [],
});

export const clusterSecretsAreEncrypted: Rule = {
  name: "cluster-secrets-are-encrypted",
  description: "The secrets that a cluster stores are encrypted with a key that the platform owns.",
  concern: "encryption",
  note:
    "On Azure this is asked of clusters with API server VNet integration: others cannot reach a private vault, and " +
    "keep their secrets under a key of Azure's.",
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
    ].map(whereVaultIsInReach),
  },
};

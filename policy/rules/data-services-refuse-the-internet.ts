import { property } from "../check";
import { is } from "../condition";
import type { Condition } from "../condition";
import type { Rule } from "../rule";

const letsAzureServicesPass: Condition = {
  allowed: 'a list that has "AzureServices"',
  holds: (bypass) => typeof bypass === "string" && bypass.includes("AzureServices"),
};

export const dataServicesRefuseTheInternet: Rule = {
  name: "data-services-refuse-the-internet",
  description: "Storage accounts and vaults answer in the private network only.",
  concern: "network",
  note:
    "S3 and Cloud Storage have no public switch of this kind: storage-is-private and " +
    "services-are-reached-privately hold there.",
  resources: {
    "azure-native:storage:StorageAccount": [
      property("publicNetworkAccess", is("Disabled"), {
        control: "AZ-ST-04",
        fix: 'Set publicNetworkAccess: "Disabled" and reach the account by a private endpoint.',
      }),
      property("networkRuleSet.defaultAction", is("Deny"), {
        control: "AZ-ST-04",
        fix: 'Set networkRuleSet.defaultAction: "Deny".',
      }),
      property("networkRuleSet.bypass", letsAzureServicesPass, {
        control: "AZ-ST-04",
        fix: 'Set networkRuleSet.bypass: "AzureServices", so that logs and backups still arrive.',
      }),
    ],
    "azure-native:keyvault:Vault": [
      property("properties.publicNetworkAccess", is("Disabled"), {
        control: "AZ-KV-02",
        fix: 'Set properties.publicNetworkAccess: "Disabled" and reach the vault by a private endpoint.',
      }),
      property("properties.networkAcls.defaultAction", is("Deny"), {
        control: "AZ-KV-02",
        fix: 'Set properties.networkAcls.defaultAction: "Deny".',
      }),
    ],
  },
};

import { property } from "../check";
import { is, isAtLeast, isSet } from "../condition";
import type { Rule } from "../rule";

export const keysSurviveMistakes: Rule = {
  name: "keys-survive-mistakes",
  description: "A deleted key or vault can be brought back for a while, so that no data is lost with it.",
  concern: "backup",
  resources: {
    "aws:kms/key:Key": [
      property("deletionWindowInDays", isAtLeast(14, "days"), {
        control: "AWS-KMS-01",
        fix: "Set deletionWindowInDays: 30.",
      }),
    ],
    "gcp:kms/cryptoKey:CryptoKey": [
      property("destroyScheduledDuration", isSet, {
        control: "GCP-KMS-01",
        fix: 'Set destroyScheduledDuration: "2592000s" (30 days).',
      }),
    ],
    "azure-native:keyvault:Vault": [
      property("properties.enablePurgeProtection", is(true), {
        control: "AZ-KV-01",
        fix: "Set properties.enablePurgeProtection: true.",
      }),
      property("properties.softDeleteRetentionInDays", isAtLeast(7, "days"), {
        control: "AZ-KV-01",
        fix: "Set properties.softDeleteRetentionInDays: 90.",
      }),
    ],
  },
};

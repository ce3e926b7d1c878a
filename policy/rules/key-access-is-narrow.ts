import { property } from "../check";
import { is, isSet } from "../condition";
import { allowsEverybody, statementCheck } from "../policy-document";
import { membersAreKnown } from "../principal";
import type { Rule } from "../rule";

export const keyAccessIsNarrow: Rule = {
  name: "key-access-is-narrow",
  description: "Only named identities use an encryption key.",
  concern: "identity",
  resources: {
    "aws:kms/key:Key": [
      property("policy", isSet, {
        control: "AWS-KMS-02",
        fix: "Set policy with one statement for the account's administration and one per service that uses the key.",
      }),
      statementCheck("policy", allowsEverybody, {
        control: "AWS-KMS-02",
        allowed: 'Allow statements with named principals, or "*" narrowed by a Condition',
        fix: 'Replace Principal "*" in policy, or add a Condition such as kms:CallerAccount.',
      }),
    ],
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": [membersAreKnown("member", "GCP-KMS-02")],
    "gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding": [membersAreKnown("members[]", "GCP-KMS-02")],
    "azure-native:keyvault:Vault": [
      property("properties.enableRbacAuthorization", is(true), {
        control: "AZ-KV-03",
        fix: "Set properties.enableRbacAuthorization: true and grant access by role assignments.",
      }),
    ],
  },
};

import { type Check, property } from "../check";
import { type Condition, is, isNot, isSet } from "../condition";
import { textOf, valueAt } from "../path";
import type { Rule } from "../rule";

const ninetyDays = 7_776_000;

const isRotatedInTime: Condition = {
  allowed: `a period of at most ${ninetyDays}s (90 days)`,
  holds: (period) =>
    typeof period === "string" && /^\d+(\.\d+)?s$/.test(period) && parseFloat(period) <= ninetyDays,
};

/** AWS and Google Cloud rotate symmetric keys only; keys that sign have no rotation. */
const onlyToEncrypt = (check: Check): Check => ({
  ...check,
  findings: (subject) => {
    const use = textOf(subject.inputs["keyUsage"]) + textOf(subject.inputs["purpose"]);
    return ["", "ENCRYPT_DECRYPT"].includes(use) ? check.findings(subject) : [];
  },
});

/** A key expires by its own date, or each of its versions by the rotation policy. */
const keyExpires: Check = {
  control: "AZ-KV-04",
  reads: ["properties.rotationPolicy", "properties.attributes.expires"],
  allowed: "properties.attributes.expires, or properties.rotationPolicy with attributes.expiryTime",
  fix: "Set properties.rotationPolicy with a Rotate action and attributes.expiryTime.",
  findings: ({ inputs }) => {
    const dates = ["properties.attributes.expires", "properties.rotationPolicy.attributes.expiryTime"];
    if (dates.some((path) => valueAt(inputs, path) !== undefined)) return [];
    return [{ property: "properties.rotationPolicy", given: undefined }];
  },
};

export const keysRotate: Rule = {
  name: "keys-rotate",
  description: "Encryption keys are in use and rotate by themselves; keys and secrets expire.",
  concern: "encryption",
  resources: {
    "aws:kms/key:Key": [
      onlyToEncrypt(
        property("enableKeyRotation", is(true), {
          control: "AWS-KMS-01",
          fix: "Set enableKeyRotation: true.",
        }),
      ),
      property("isEnabled", isNot(false), { control: "AWS-KMS-01", fix: "Remove isEnabled: false." }),
    ],
    "gcp:kms/cryptoKey:CryptoKey": [
      onlyToEncrypt(
        property("rotationPeriod", isRotatedInTime, {
          control: "GCP-KMS-01",
          fix: 'Set rotationPeriod: "7776000s" or less.',
        }),
      ),
    ],
    "azure-native:keyvault:Key": [keyExpires],
    "azure-native:keyvault:Secret": [
      property("properties.attributes.expires", isSet, {
        control: "AZ-KV-04",
        fix: "Set properties.attributes.expires, in seconds since 1970.",
      }),
      property("properties.contentType", isSet, {
        control: "AZ-KV-04",
        fix: "Set properties.contentType, so that readers know what the secret is.",
      }),
    ],
  },
};

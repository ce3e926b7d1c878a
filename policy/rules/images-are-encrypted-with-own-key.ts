import { property } from "../check";
import { is, isSet } from "../condition";
import type { Rule } from "../rule";

export const imagesAreEncryptedWithOwnKey: Rule = {
  name: "images-are-encrypted-with-own-key",
  description: "Images are encrypted with a key that the platform owns, rotates and can revoke.",
  concern: "encryption",
  note:
    "The control table asks for it on AWS and Google Cloud only. On Azure a registry cannot be made with a key in a " +
    "vault behind a firewall, see docs/adr/0009.",
  resources: {
    "aws:ecr/repository:Repository": [
      property("encryptionConfigurations[].encryptionType", is("KMS"), {
        control: "AWS-ECR-03",
        fix: 'Set encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: … }].',
      }),
    ],
    "gcp:artifactregistry/repository:Repository": [
      property("kmsKeyName", isSet, {
        control: "GCP-AR-01",
        fix: "Set kmsKeyName to the id of the platform's key.",
      }),
    ],
  },
};

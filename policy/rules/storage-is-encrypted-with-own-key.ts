import { property } from "../check";
import { companion } from "../companion";
import { is, isOneOf, isSet } from "../condition";
import type { Rule } from "../rule";

const byDefault = "rules[].applyServerSideEncryptionByDefault";

export const storageIsEncryptedWithOwnKey: Rule = {
  name: "storage-is-encrypted-with-own-key",
  description: "Object storage is encrypted with a key that the platform owns, rotates and can revoke.",
  concern: "encryption",
  resources: {
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
      property(`${byDefault}.sseAlgorithm`, isOneOf("aws:kms", "aws:kms:dsse"), {
        control: "AWS-S3-02",
        fix: 'Set sseAlgorithm: "aws:kms".',
      }),
      property(`${byDefault}.kmsMasterKeyId`, isSet, {
        control: "AWS-S3-02",
        fix: "Set kmsMasterKeyId to the ARN of the platform's key.",
      }),
    ],
    "gcp:storage/bucket:Bucket": [
      property("encryption.defaultKmsKeyName", isSet, {
        control: "GCP-GCS-04",
        fix: "Set encryption.defaultKmsKeyName to the id of the platform's key.",
      }),
    ],
    "azure-native:storage:StorageAccount": [
      property("encryption.keySource", is("Microsoft.Keyvault"), {
        control: "AZ-ST-08",
        fix: 'Set encryption.keySource: "Microsoft.Keyvault" with keyVaultProperties.',
      }),
    ],
  },
  stack: [
    companion({
      on: "aws:s3/bucket:Bucket",
      companion: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      by: "bucket",
      control: "AWS-S3-02",
      fix: "Add a BucketServerSideEncryptionConfiguration for the bucket with aws:kms and the platform's key.",
    }),
  ],
};

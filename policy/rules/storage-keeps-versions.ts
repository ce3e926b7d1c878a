import { property } from "../check";
import { companion } from "../companion";
import { is } from "../condition";
import type { Rule } from "../rule";

export const storageKeepsVersions: Rule = {
  name: "storage-keeps-versions",
  description: "What is overwritten or deleted in object storage can be brought back.",
  concern: "backup",
  resources: {
    "aws:s3/bucketVersioning:BucketVersioning": [
      property("versioningConfiguration.status", is("Enabled"), {
        control: "AWS-S3-03",
        fix: 'Set versioningConfiguration.status: "Enabled".',
      }),
    ],
    "gcp:storage/bucket:Bucket": [
      property("versioning.enabled", is(true), {
        control: "GCP-GCS-04",
        fix: "Set versioning.enabled: true.",
      }),
    ],
    "azure-native:storage:BlobServiceProperties": [
      property("isVersioningEnabled", is(true), {
        control: "AZ-ST-06",
        fix: "Set isVersioningEnabled: true.",
      }),
      ...["deleteRetentionPolicy", "containerDeleteRetentionPolicy"].map((policy) =>
        property(`${policy}.enabled`, is(true), {
          control: "AZ-ST-06",
          fix: `Set ${policy}: { enabled: true, days: 7 } or more days.`,
        }),
      ),
    ],
  },
  stack: [
    companion({
      on: "aws:s3/bucket:Bucket",
      companion: "aws:s3/bucketVersioning:BucketVersioning",
      by: "bucket",
      control: "AWS-S3-03",
      fix: "Add a BucketVersioning for the bucket with status Enabled.",
    }),
    companion({
      on: "azure-native:storage:StorageAccount",
      companion: "azure-native:storage:BlobServiceProperties",
      by: "accountName",
      control: "AZ-ST-06",
      fix: "Add BlobServiceProperties for the account with versioning and soft delete.",
    }),
  ],
};

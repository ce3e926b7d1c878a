import { property } from "../check";
import { companion } from "../companion";
import { is, isNotSet, isOneOf, isSet } from "../condition";
import type { Rule } from "../rule";

export const storageHasNoSideDoors: Rule = {
  name: "storage-has-no-side-doors",
  description:
    "Access to object storage is decided by policies alone: no object ACLs, shared keys or local users.",
  concern: "identity",
  resources: {
    "aws:s3/bucket:Bucket": [
      property("acl", isNotSet, {
        control: "AWS-S3-08",
        fix: "Remove acl from the bucket and grant access in its BucketPolicy.",
      }),
    ],
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
      property("rule.objectOwnership", is("BucketOwnerEnforced"), {
        control: "AWS-S3-08",
        fix: 'Set rule.objectOwnership: "BucketOwnerEnforced".',
      }),
    ],
    "gcp:storage/bucket:Bucket": [
      property("uniformBucketLevelAccess", is(true), {
        control: "GCP-GCS-01",
        fix: "Set uniformBucketLevelAccess: true.",
      }),
    ],
    "azure-native:storage:StorageAccount": [
      property("allowSharedKeyAccess", is(false), {
        control: "AZ-ST-03",
        fix: "Set allowSharedKeyAccess: false and let clients sign in with Entra ID.",
      }),
      property("isLocalUserEnabled", is(false), {
        control: "AZ-ST-03",
        fix: "Set isLocalUserEnabled: false.",
      }),
      property("sasPolicy.sasExpirationPeriod", isSet, {
        control: "AZ-ST-03",
        fix: "Set sasPolicy with a sasExpirationPeriod such as 1.00:00:00.",
      }),
      property("sasPolicy.expirationAction", isOneOf("Block", "Log"), {
        control: "AZ-ST-03",
        fix: 'Set sasPolicy.expirationAction: "Block".',
      }),
    ],
  },
  stack: [
    companion({
      on: "aws:s3/bucket:Bucket",
      companion: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      by: "bucket",
      control: "AWS-S3-08",
      fix: "Add BucketOwnershipControls for the bucket with BucketOwnerEnforced.",
    }),
  ],
};

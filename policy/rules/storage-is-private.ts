import { property } from "../check";
import { companion } from "../companion";
import { is, isOneOf } from "../condition";
import { allowsEverybody, statementCheck } from "../policy-document";
import { membersAreKnown } from "../principal";
import type { Rule } from "../rule";

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

export const storageIsPrivate: Rule = {
  name: "storage-is-private",
  description: "Nobody outside the account can read or write object storage.",
  concern: "exposure",
  resources: {
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": blocks.map((flag) =>
      property(flag, is(true), { control: "AWS-S3-01", fix: `Set ${flag}: true.` }),
    ),
    "aws:s3/bucketPolicy:BucketPolicy": [
      statementCheck("policy", allowsEverybody, {
        control: "AWS-S3-07",
        allowed: "Allow statements that name their principals",
        fix: 'Replace Principal "*" in policy by the roles that need the bucket.',
      }),
    ],
    "gcp:storage/bucket:Bucket": [
      property("publicAccessPrevention", is("enforced"), {
        control: "GCP-GCS-02",
        fix: 'Set publicAccessPrevention: "enforced".',
      }),
    ],
    "gcp:storage/bucketIAMMember:BucketIAMMember": [membersAreKnown("member", "GCP-GCS-03")],
    "gcp:storage/bucketIAMBinding:BucketIAMBinding": [membersAreKnown("members[]", "GCP-GCS-03")],
    "azure-native:storage:StorageAccount": [
      property("allowBlobPublicAccess", is(false), {
        control: "AZ-ST-02",
        fix: "Set allowBlobPublicAccess: false.",
      }),
    ],
    "azure-native:storage:BlobContainer": [
      property("publicAccess", isOneOf("None"), { control: "AZ-ST-02", fix: 'Set publicAccess: "None".' }),
    ],
  },
  stack: [
    companion({
      on: "aws:s3/bucket:Bucket",
      companion: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      by: "bucket",
      control: "AWS-S3-01",
      fix: "Add a BucketPublicAccessBlock for the bucket with all four flags true.",
    }),
  ],
};

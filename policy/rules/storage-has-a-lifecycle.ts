import { type Check } from "../check";
import { companion } from "../companion";
import { recordOf, recordsOf, valueAt } from "../path";
import type { Rule } from "../rule";

const abortsUploads: Check = {
  control: "AWS-S3-04",
  reads: ["rules[].abortIncompleteMultipartUpload.daysAfterInitiation"],
  allowed: "at least one enabled rule with abortIncompleteMultipartUpload.daysAfterInitiation",
  fix: "Add to rules one that sets abortIncompleteMultipartUpload: { daysAfterInitiation: 7 }.",
  findings: ({ inputs }) => {
    const rules = recordsOf(inputs["rules"]);
    const aborts = rules.some(
      (rule) =>
        rule["status"] === "Enabled" &&
        valueAt(recordOf(rule["abortIncompleteMultipartUpload"]), "daysAfterInitiation") !== undefined,
    );
    return aborts ? [] : [{ property: "rules", given: rules.map((rule) => rule["id"]) }];
  },
};

export const storageHasALifecycle: Rule = {
  name: "storage-has-a-lifecycle",
  description: "Objects age out, and uploads that were given up do not cost for ever.",
  concern: "governance",
  note: "The control table asks for it on AWS only; the drivers set the same lifecycle on every cloud.",
  resources: { "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [abortsUploads] },
  stack: [
    companion({
      on: "aws:s3/bucket:Bucket",
      companion: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      by: "bucket",
      control: "AWS-S3-04",
      fix: "Add a BucketLifecycleConfiguration for the bucket.",
    }),
  ],
};

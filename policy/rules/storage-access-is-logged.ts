import type { PolicyResource } from "@pulumi/policy";
import { companion } from "../companion";
import { valueAt } from "../path";
import type { Rule, StackCheck } from "../rule";
import type { StackView } from "../stack-view";

const s3Bucket = "aws:s3/bucket:Bucket";
const s3Logging = "aws:s3/bucketLogging:BucketLogging";
const gcsBucket = "gcp:storage/bucket:Bucket";

const receivesS3Logs = (bucket: PolicyResource, stack: StackView) =>
  stack.referrers(bucket, s3Logging, "targetBucket").length > 0;

const receivesGcsLogs = (bucket: PolicyResource, stack: StackView) =>
  stack.referrers(bucket, gcsBucket, "logging.logBucket").some((referrer) => referrer !== bucket);

const logsToAnotherBucket: StackCheck = {
  control: "GCP-GCS-04",
  on: gcsBucket,
  allowed: "a logging.logBucket other than the bucket itself",
  fix: "Set logging.logBucket to the platform's logs bucket.",
  findings: (bucket, stack) => {
    if (receivesGcsLogs(bucket, stack)) return [];
    const logBucket = logBucketOf(bucket);
    const isItself = logBucket !== undefined && logBucket === valueAt(bucket.props, "name");
    return logBucket === undefined || isItself ? [{ property: "logging.logBucket", given: logBucket }] : [];
  },
};

/** Where the bucket's logs go; a name that is not known yet counts as given. */
function logBucketOf(bucket: PolicyResource): unknown {
  const isReference = (bucket.propertyDependencies["logging"] ?? []).some((target) => target !== bucket);
  return isReference ? "a bucket of this stack" : valueAt(bucket.props, "logging.logBucket");
}

export const storageAccessIsLogged: Rule = {
  name: "storage-access-is-logged",
  description: "Every request to object storage is logged to the logs bucket.",
  concern: "logging",
  note: "The bucket that receives the logs of others needs none of its own. Azure: see services-send-diagnostics.",
  stack: [
    companion({
      on: s3Bucket,
      companion: s3Logging,
      by: "bucket",
      control: "AWS-S3-05",
      fix: "Add a BucketLogging for the bucket with the logs bucket as targetBucket.",
      unless: receivesS3Logs,
    }),
    logsToAnotherBucket,
  ],
};

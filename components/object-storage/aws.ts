import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { bucketPolicy } from "./aws-policy";
import {
  type BucketName,
  type BucketOutputs,
  dataBuckets,
  type ObjectStorageArgs,
  type ObjectStorageDrivers,
} from "./contract";
import { abortUploadDays, type LifecycleRule, lifecycleRules, type Transition } from "./lifecycle";

/** Amazon S3. */
export const aws: ObjectStorageDrivers["aws"] = (context, args) => {
  const logs = createBucket(context, "logs", args);
  const made = dataBuckets.map((role) => {
    const bucket = createBucket(context, role, args);
    sendAccessLogs(context, role, bucket, logs);
    return [role, outputsOf(bucket)] as const;
  });
  const data = Object.fromEntries(made) as Record<(typeof dataBuckets)[number], BucketOutputs>;
  return { buckets: { ...data, logs: outputsOf(logs) }, keyId: args.key.keyId, lockTargets: [] };
};

function outputsOf(bucket: s3.Bucket): BucketOutputs {
  return { name: bucket.bucket, uri: pulumi.interpolate`s3://${bucket.bucket}`, grantId: bucket.arn };
}

function createBucket(context: DriverContext<"aws">, role: BucketName, args: ObjectStorageArgs): s3.Bucket {
  const { name, environment, tags, child, stateful, physicalName } = context;
  const bucket = new s3.Bucket(
    `${name}-${role}`,
    { bucket: physicalName(role, nameRules.awsBucket), forceDestroy: environment !== "prod", tags },
    stateful,
  );
  const publicAccess = new s3.BucketPublicAccessBlock(
    `${name}-${role}-public-access`,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    child,
  );
  new s3.BucketOwnershipControls(
    `${name}-${role}-ownership`,
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-${role}-encryption`,
    {
      bucket: bucket.id,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.key.keyId },
          // One data key per bucket and while instead of one per object: fewer calls to KMS, fewer costs.
          bucketKeyEnabled: true,
        },
      ],
    },
    child,
  );
  const policy = bucketPolicy(role, bucket, context.account);
  // S3 answers 409 to changes of one bucket's policy and public access at the same time.
  new s3.BucketPolicy(
    `${name}-${role}-policy`,
    { bucket: bucket.id, policy },
    { ...child, dependsOn: publicAccess },
  );
  keepVersions(context, role, bucket, lifecycleRules("aws", args.retentionDays, role));
  return bucket;
}

function keepVersions(
  { name, child }: DriverContext<"aws">,
  role: BucketName,
  bucket: s3.Bucket,
  rules: readonly LifecycleRule[],
): void {
  const versioning = new s3.BucketVersioning(
    `${name}-${role}-versioning`,
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-${role}-lifecycle`,
    { bucket: bucket.id, rules: [housekeeping, ...rules.map(lifecycleRule)] },
    { ...child, dependsOn: versioning },
  );
}

/** Holds for the whole bucket: uploads that never ended, and markers of deletions with nothing left behind them. */
const housekeeping = {
  id: "housekeeping",
  status: "Enabled",
  filter: { prefix: "" },
  abortIncompleteMultipartUpload: { daysAfterInitiation: abortUploadDays },
  expiration: { expiredObjectDeleteMarker: true },
} as const;

function lifecycleRule(rule: LifecycleRule) {
  return {
    id: rule.id,
    status: "Enabled",
    filter: { prefix: rule.prefix },
    ...(rule.transitions.length === 0
      ? {}
      : {
          transitions: rule.transitions.map(({ tier, days }) => ({
            days,
            storageClass: storageClass(rule, tier),
          })),
        }),
    ...(rule.expireDays === undefined ? {} : { expiration: { days: rule.expireDays } }),
    ...(rule.noncurrentDays === undefined
      ? {}
      : { noncurrentVersionExpiration: { noncurrentDays: rule.noncurrentDays } }),
  };
}

/**
 * What is read at any age must not go to GLACIER, whose objects take hours to restore: GLACIER_IR costs a little more
 * and answers at once, as the other clouds' cold classes do.
 */
function storageClass({ readAnytime }: LifecycleRule, tier: Transition["tier"]): string {
  return { warm: "STANDARD_IA", cold: readAnytime ? "GLACIER_IR" : "GLACIER", archive: "DEEP_ARCHIVE" }[tier];
}

function sendAccessLogs(
  { name, child }: DriverContext<"aws">,
  role: BucketName,
  bucket: s3.Bucket,
  logs: s3.Bucket,
): void {
  new s3.BucketLogging(
    `${name}-${role}-logging`,
    {
      bucket: bucket.id,
      targetBucket: logs.id,
      targetPrefix: `s3/${role}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    },
    child,
  );
}

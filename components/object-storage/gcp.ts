import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import {
  type BucketName,
  type BucketOutputs,
  dataBuckets,
  type ObjectStorageArgs,
  type ObjectStorageDrivers,
} from "./contract";
import { abortUploadDays, type LifecycleRule, lifecycleRules, type Tier } from "./lifecycle";

/** Writes the access logs of every bucket in Google Cloud (Cloud Storage documentation, read 2026-11-21). */
const logWriter = "group:cloud-storage-analytics@google.com";

const softDeleteSeconds = 7 * 86_400;

const storageClasses: { readonly [T in Tier]: string } = {
  warm: "NEARLINE",
  cold: "COLDLINE",
  archive: "ARCHIVE",
};

/** Google Cloud Storage. */
export const gcp: ObjectStorageDrivers["gcp"] = (context, args) => {
  const logs = createBucket(context, "logs", args);
  const mayWriteLogs = new storage.BucketIAMMember(
    `${context.name}-logs-writer`,
    { bucket: logs.name, role: "roles/storage.objectCreator", member: logWriter },
    context.child,
  );
  const logging = (role: BucketName) => ({ logBucket: mayWriteLogs.bucket, logObjectPrefix: `gcs/${role}` });
  const made = dataBuckets.map(
    (role) => [role, outputsOf(createBucket(context, role, args, logging(role)))] as const,
  );
  const data = Object.fromEntries(made) as Record<(typeof dataBuckets)[number], BucketOutputs>;
  return { buckets: { ...data, logs: outputsOf(logs) }, keyId: args.key.keyId, lockTargets: [] };
};

function outputsOf(bucket: storage.Bucket): BucketOutputs {
  return { name: bucket.name, uri: pulumi.interpolate`gs://${bucket.name}`, grantId: bucket.name };
}

function createBucket(
  { name, settings, environment, tags, stateful, physicalName }: DriverContext<"gcp">,
  role: BucketName,
  args: ObjectStorageArgs,
  logging?: storage.BucketArgs["logging"],
): storage.Bucket {
  return new storage.Bucket(
    `${name}-${role}`,
    {
      name: physicalName(role, nameRules.gcpBucket),
      location: settings.region.toUpperCase(),
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      encryption: { defaultKmsKeyName: args.key.keyId },
      softDeletePolicy: { retentionDurationSeconds: softDeleteSeconds },
      forceDestroy: environment !== "prod",
      lifecycleRules: [abortUploads, ...lifecycleRules("gcp", args.retentionDays, role).flatMap(bucketRules)],
      ...(logging === undefined ? {} : { logging }),
      labels: tags,
    },
    stateful,
  );
}

const abortUploads = {
  action: { type: "AbortIncompleteMultipartUpload" },
  condition: { age: abortUploadDays },
};

/**
 * One rule of the plan is several here: Google Cloud has one action for each. Age counts from the day of writing, so a
 * deletion that did not name the live state would take an old version as soon as it became one.
 */
function bucketRules(rule: LifecycleRule) {
  const prefix = rule.prefix === "" ? {} : { matchesPrefixes: [rule.prefix] };
  return [
    ...rule.transitions.map(({ tier, days }) => ({
      action: { type: "SetStorageClass", storageClass: storageClasses[tier] },
      condition: { age: days, ...prefix },
    })),
    ...(rule.expireDays === undefined
      ? []
      : [{ action: { type: "Delete" }, condition: { age: rule.expireDays, withState: "LIVE", ...prefix } }]),
    ...(rule.noncurrentDays === undefined
      ? []
      : [
          {
            action: { type: "Delete" },
            condition: { daysSinceNoncurrentTime: rule.noncurrentDays, ...prefix },
          },
        ]),
  ];
}

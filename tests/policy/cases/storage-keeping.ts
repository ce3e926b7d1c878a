import { unknown } from "../../support/policy";
import { configMap, fails, passes, production, resource, type RuleCases } from "./case";
import { account, bucket, gcs, logs, of, s3 } from "./buckets";

const versioning = "aws:s3/bucketVersioning:BucketVersioning";
const blobs = "azure-native:storage:BlobServiceProperties";
const kept = {
  isVersioningEnabled: true,
  deleteRetentionPolicy: { enabled: true, days: 7 },
  containerDeleteRetentionPolicy: { enabled: true, days: 7 },
};
const lake = resource(account, {}, { name: "lake", outputs: { id: "/subscriptions/s/lake", name: "lake1" } });

const storageKeepsVersions: RuleCases = {
  fails: [
    fails("no versioning", ["AWS-S3-03"], bucket),
    fails("suspended", ["AWS-S3-03"], of(versioning, { versioningConfiguration: { status: "Suspended" } })),
    fails("off on Google Cloud", ["GCP-GCS-04"], resource(gcs, { versioning: { enabled: false } })),
    fails(
      "another account's properties",
      ["AZ-ST-06"],
      [lake, resource(blobs, { ...kept, accountName: "other" })],
    ),
    fails("off on Azure", ["AZ-ST-06"], resource(blobs, { ...kept, isVersioningEnabled: false })),
    fails(
      "no soft delete",
      ["AZ-ST-06"],
      resource(blobs, { ...kept, deleteRetentionPolicy: { enabled: false } }),
    ),
    fails(
      "no soft delete of containers",
      ["AZ-ST-06"],
      resource(blobs, { ...kept, containerDeleteRetentionPolicy: { enabled: false } }),
    ),
  ],
  passes: [
    passes("on", [bucket, of(versioning, { versioningConfiguration: { status: "Enabled" } })]),
    passes("on, on Google Cloud", resource(gcs, { versioning: { enabled: true } })),
    passes("on, on Azure", [lake, resource(blobs, { ...kept, accountName: "lake1" })]),
  ],
  foreign: [configMap],
};

const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const aborts = { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };

const storageHasALifecycle: RuleCases = {
  fails: [
    fails("no lifecycle", ["AWS-S3-04"], bucket),
    fails("uploads stay", ["AWS-S3-04"], of(lifecycle, { rules: [{ id: "age", status: "Enabled" }] })),
    fails("a disabled rule", ["AWS-S3-04"], of(lifecycle, { rules: [{ status: "Disabled", ...aborts }] })),
  ],
  passes: [passes("both", [bucket, of(lifecycle, { rules: [{ status: "Enabled", ...aborts }] })])],
  foreign: [configMap, resource(gcs)],
};

const logging = "aws:s3/bucketLogging:BucketLogging";
const gcsLogs = resource(gcs, {}, { name: "logs", outputs: { id: "logs-1", name: "logs-1" } });
const gcsData = (logBucket: unknown, rest: object = {}) =>
  resource(
    gcs,
    { logging: { logBucket } },
    { name: "data", outputs: { id: "data-1", name: "data-1" }, ...rest },
  );

const storageAccessIsLogged: RuleCases = {
  fails: [
    fails(
      "no logging",
      ["AWS-S3-05"],
      [bucket, logs, resource(logging, { bucket: "x", targetBucket: "logs-1" })],
    ),
    fails("no logging on Google Cloud", ["GCP-GCS-04"], gcsLogs),
    fails("logs into itself", ["GCP-GCS-04"], gcsData("data-1")),
  ],
  passes: [
    passes("logged", [bucket, logs, of(logging, { targetBucket: "logs-1" })]),
    passes("logged, on Google Cloud", [gcsLogs, gcsData("logs-1")]),
    passes("logged, in a preview", [
      resource(gcs, {}, { name: "logs", outputs: { id: unknown, name: unknown } }),
      gcsData(unknown, { outputs: { id: unknown }, propertyDependencies: { logging: ["logs"] } }),
    ]),
  ],
  foreign: [configMap, resource(account)],
};

const storageIsNotEmptiedInProduction: RuleCases = {
  fails: [
    fails("forced on AWS", ["AWS-S3-09"], resource(s3, { forceDestroy: true }), production),
    fails("forced on Google Cloud", ["GCP-GCS-04"], resource(gcs, { forceDestroy: true }), {
      stack: "prod-eu",
    }),
    fails(
      "production by the tag",
      ["AWS-S3-09"],
      resource(s3, { forceDestroy: true, tags: { Environment: "prod" } }),
    ),
    fails(
      "production by the label",
      ["GCP-GCS-04"],
      resource(gcs, { forceDestroy: true, labels: { environment: "prod" } }),
    ),
    fails(
      "production by configuration",
      ["AWS-S3-09"],
      resource(s3, { forceDestroy: true, tags: { Environment: "dev" } }),
      {
        settings: { environment: "prod" },
      },
    ),
  ],
  passes: [
    passes("forced in dev", [resource(s3, { forceDestroy: true }), resource(gcs, { forceDestroy: true })]),
    passes("not forced in production", [resource(s3), resource(gcs, { forceDestroy: false })], production),
    passes("a stack of no environment", resource(s3, { forceDestroy: true }), { stack: "alice" }),
    passes("tags that a preview does not know", resource(s3, { forceDestroy: true, tags: unknown })),
  ],
  foreign: [configMap],
};

const storageSurvivesARegion: RuleCases = {
  fails: [
    fails(
      "one data centre",
      ["AZ-ST-07"],
      resource(account, { sku: { name: "Standard_LRS" }, allowCrossTenantReplication: false }),
      production,
    ),
    fails(
      "replication into other tenants",
      ["AZ-ST-07"],
      resource(account, { sku: { name: "Standard_LRS" } }),
    ),
  ],
  passes: [
    passes(
      "geo-redundant",
      resource(account, { sku: { name: "Standard_GRS" }, allowCrossTenantReplication: false }),
      production,
    ),
    passes("one data centre in dev", resource(account, { sku: {}, allowCrossTenantReplication: false })),
  ],
  foreign: [configMap, bucket],
};

export const storageKeepingCases = {
  "storage-keeps-versions": storageKeepsVersions,
  "storage-has-a-lifecycle": storageHasALifecycle,
  "storage-access-is-logged": storageAccessIsLogged,
  "storage-is-not-emptied-in-production": storageIsNotEmptiedInProduction,
  "storage-survives-a-region": storageSurvivesARegion,
};

import { unknown } from "../../support/policy";
import { configMap, fails, passes, production, resource, type RuleCases } from "./case";

const s3 = "aws:s3/bucket:Bucket";
const gcs = "gcp:storage/bucket:Bucket";
const account = "azure-native:storage:StorageAccount";
const container = "azure-native:storage:BlobContainer";
const s3Policy = "aws:s3/bucketPolicy:BucketPolicy";
const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

const bucket = resource(s3, {}, { name: "data", outputs: { id: "data-1", bucket: "data-1" } });
const logs = resource(s3, {}, { name: "logs", outputs: { id: "logs-1", bucket: "logs-1" } });

/** A companion of the bucket `data`, by value. */
const of = (type: string, inputs: object = {}) => resource(type, { bucket: "data-1", ...inputs });

const closed = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const denyHttp = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const allowAll = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };

const member = (name: unknown) => resource("gcp:storage/bucketIAMMember:BucketIAMMember", { member: name });

const storageIsPrivate: RuleCases = {
  fails: [
    fails("a flag is off", ["AWS-S3-01"], resource(block, { ...closed, blockPublicPolicy: false })),
    fails("all flags are missing", Array(4).fill("AWS-S3-01"), resource(block)),
    fails("no block for the bucket", ["AWS-S3-01"], [bucket, logs, of(block, closed)]),
    fails("a preview shows no block", ["AWS-S3-01"], resource(s3, {}, { outputs: { id: unknown } })),
    fails("everybody may read", ["AWS-S3-07"], resource(s3Policy, { policy: document(denyHttp, allowAll) })),
    fails(
      "everybody, as an AWS principal in an object",
      ["AWS-S3-07"],
      resource(s3Policy, { policy: { Statement: [{ ...allowAll, Principal: { AWS: ["*"] } }] } }),
    ),
    fails("the policy is no JSON", ["AWS-S3-07"], resource(s3Policy, { policy: "{" })),
    fails(
      "prevention only inherited",
      ["GCP-GCS-02"],
      resource(gcs, { publicAccessPrevention: "inherited" }),
    ),
    fails("all users", ["GCP-GCS-03"], member("allUsers")),
    fails(
      "all signed-in users in a binding",
      ["GCP-GCS-03"],
      resource("gcp:storage/bucketIAMBinding:BucketIAMBinding", {
        members: ["user:a@b.c", "allAuthenticatedUsers"],
      }),
    ),
    fails("blobs may be public", ["AZ-ST-02"], resource(account, {})),
    fails("a public container", ["AZ-ST-02"], resource(container, { publicAccess: "Blob" })),
  ],
  passes: [
    passes("a closed bucket", [
      bucket,
      of(block, closed),
      of(s3Policy, {
        policy: document(denyHttp, { ...allowAll, Principal: { Service: "logging.s3.amazonaws.com" } }),
      }),
    ]),
    passes("a preview that knows the block by its dependency only", [
      resource(s3, {}, { name: "data", outputs: { id: unknown } }),
      resource(block, { ...closed, bucket: unknown }, { propertyDependencies: { bucket: ["data"] } }),
    ]),
    passes("a closed Google bucket", resource(gcs, { publicAccessPrevention: "enforced" })),
    passes("a named member", member("serviceAccount:trainer@p.iam.gserviceaccount.com")),
    passes("a closed account", resource(account, { allowBlobPublicAccess: false })),
    passes("a closed container", resource(container, { publicAccess: "None" })),
    passes(
      "everybody within a condition",
      resource(s3Policy, {
        policy: document({ ...allowAll, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      }),
    ),
  ],
  foreign: [configMap, resource("gcp:kms/keyRing:KeyRing", { member: "allUsers" })],
};

const ownership = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const sealed = {
  allowSharedKeyAccess: false,
  isLocalUserEnabled: false,
  sasPolicy: { expirationAction: "Block", sasExpirationPeriod: "01.00:00:00" },
};

const storageHasNoSideDoors: RuleCases = {
  fails: [
    fails(
      "an object ACL",
      ["AWS-S3-08"],
      [
        resource(s3, { acl: "private" }, { name: "data", outputs: { id: "data-1" } }),
        of(ownership, { rule: { objectOwnership: "BucketOwnerEnforced" } }),
      ],
    ),
    fails("writers own objects", ["AWS-S3-08"], of(ownership, { rule: { objectOwnership: "ObjectWriter" } })),
    fails("nothing says who owns objects", ["AWS-S3-08"], bucket),
    fails("object ACLs on Google Cloud", ["GCP-GCS-01"], resource(gcs)),
    fails("shared keys", ["AZ-ST-03"], resource(account, { ...sealed, allowSharedKeyAccess: true })),
    fails("local users", ["AZ-ST-03"], resource(account, { ...sealed, isLocalUserEnabled: true })),
    fails(
      "signatures that never expire",
      ["AZ-ST-03", "AZ-ST-03"],
      resource(account, { ...sealed, sasPolicy: {} }),
    ),
  ],
  passes: [
    passes("owner enforced", [bucket, of(ownership, { rule: { objectOwnership: "BucketOwnerEnforced" } })]),
    passes("uniform access", resource(gcs, { uniformBucketLevelAccess: true })),
    passes("a sealed account", resource(account, sealed)),
  ],
  foreign: [configMap],
};

const storageSpeaksTlsOnly: RuleCases = {
  fails: [
    fails("a bucket without policy", ["AWS-S3-06"], bucket),
    fails("a policy that allows only", ["AWS-S3-06"], of(s3Policy, { policy: document(allowAll) })),
    fails(
      "a Deny of reads only",
      ["AWS-S3-06"],
      of(s3Policy, { policy: document({ ...denyHttp, Action: "s3:GetObject" }) }),
    ),
    fails(
      "plain HTTP",
      ["AZ-ST-01"],
      resource(account, { enableHttpsTrafficOnly: false, minimumTlsVersion: "TLS1_2" }),
    ),
    fails("TLS 1.0", ["AZ-ST-01"], resource(account, { minimumTlsVersion: "TLS1_0" })),
    fails("no TLS version", ["AZ-ST-01"], resource(account)),
  ],
  passes: [
    passes("a bucket that denies HTTP", [bucket, of(s3Policy, { policy: document(denyHttp) })]),
    passes("TLS 1.3", resource(account, { enableHttpsTrafficOnly: true, minimumTlsVersion: "TLS1_3" })),
  ],
  foreign: [configMap, resource(gcs)],
};

const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const kms = (sse: object) => ({ rules: [{ applyServerSideEncryptionByDefault: sse }] });

const storageIsEncryptedWithOwnKey: RuleCases = {
  fails: [
    fails("no configuration", ["AWS-S3-02"], bucket),
    fails("Amazon's key", ["AWS-S3-02", "AWS-S3-02"], of(encryption, kms({ sseAlgorithm: "AES256" }))),
    fails("no key named", ["AWS-S3-02"], of(encryption, kms({ sseAlgorithm: "aws:kms" }))),
    fails("Google's key", ["GCP-GCS-04"], resource(gcs, { encryption: {} })),
    fails(
      "Microsoft's key",
      ["AZ-ST-08"],
      resource(account, { encryption: { keySource: "Microsoft.Storage" } }),
    ),
  ],
  passes: [
    passes("own key", [
      bucket,
      of(encryption, kms({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:k" })),
    ]),
    passes(
      "own key, not known yet",
      of(encryption, kms({ sseAlgorithm: "aws:kms", kmsMasterKeyId: unknown })),
    ),
    passes(
      "own key on Google Cloud, not known yet",
      resource(gcs, { encryption: { defaultKmsKeyName: unknown } }),
    ),
    passes("own key on Azure", resource(account, { encryption: { keySource: "Microsoft.Keyvault" } })),
  ],
  foreign: [configMap],
};

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

export const storageCases = {
  "storage-is-private": storageIsPrivate,
  "storage-has-no-side-doors": storageHasNoSideDoors,
  "storage-speaks-tls-only": storageSpeaksTlsOnly,
  "storage-is-encrypted-with-own-key": storageIsEncryptedWithOwnKey,
  "storage-keeps-versions": storageKeepsVersions,
  "storage-has-a-lifecycle": storageHasALifecycle,
  "storage-access-is-logged": storageAccessIsLogged,
  "storage-is-not-emptied-in-production": storageIsNotEmptiedInProduction,
  "storage-survives-a-region": storageSurvivesARegion,
};

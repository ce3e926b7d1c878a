import { unknown } from "../../support/policy";
import { account, bucket, gcs, logs, of, s3 } from "./buckets";
import { configMap, fails, passes, resource, type RuleCases } from "./case";

const container = "azure-native:storage:BlobContainer";
const s3Policy = "aws:s3/bucketPolicy:BucketPolicy";
const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

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

export const storageCases = {
  "storage-is-private": storageIsPrivate,
  "storage-has-no-side-doors": storageHasNoSideDoors,
  "storage-speaks-tls-only": storageSpeaksTlsOnly,
  "storage-is-encrypted-with-own-key": storageIsEncryptedWithOwnKey,
};

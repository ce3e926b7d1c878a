import { unknown } from "../../support/policy";
import { configMap, fails, passes, production, resource, type RuleCases } from "./case";

const awsKey = "aws:kms/key:Key";
const googleKey = "gcp:kms/cryptoKey:CryptoKey";
const vault = "azure-native:keyvault:Vault";
const azureKey = "azure-native:keyvault:Key";
const secret = "azure-native:keyvault:Secret";

const keysRotate: RuleCases = {
  fails: [
    fails("no rotation on AWS", ["AWS-KMS-01"], resource(awsKey)),
    fails("a disabled key", ["AWS-KMS-01"], resource(awsKey, { enableKeyRotation: true, isEnabled: false })),
    fails("no rotation on Google Cloud", ["GCP-KMS-01"], resource(googleKey)),
    fails("91 days", ["GCP-KMS-01"], resource(googleKey, { rotationPeriod: "7862400s" })),
    fails("no seconds", ["GCP-KMS-01"], resource(googleKey, { rotationPeriod: "90d" })),
    fails("a key for ever", ["AZ-KV-04"], resource(azureKey, { properties: { kty: "RSA" } })),
    fails("a secret for ever", ["AZ-KV-04"], resource(secret, { properties: { contentType: "text/plain" } })),
    fails(
      "a secret of no type",
      ["AZ-KV-04"],
      resource(secret, { properties: { attributes: { expires: 1 } } }),
    ),
  ],
  passes: [
    passes("rotation on AWS", resource(awsKey, { enableKeyRotation: true })),
    passes("a key that signs", [
      resource(awsKey, { keyUsage: "SIGN_VERIFY" }),
      resource(googleKey, { purpose: "ASYMMETRIC_SIGN" }),
    ]),
    passes("90 days", resource(googleKey, { rotationPeriod: "7776000s", purpose: "ENCRYPT_DECRYPT" })),
    passes(
      "a rotation policy",
      resource(azureKey, { properties: { rotationPolicy: { attributes: { expiryTime: "P2Y" } } } }),
    ),
    passes("a date", resource(azureKey, { properties: { attributes: { expires: 1_893_456_000 } } })),
    passes(
      "a secret with a date",
      resource(secret, { properties: { contentType: "text/plain", attributes: { expires: unknown } } }),
    ),
  ],
  foreign: [configMap, resource("gcp:kms/keyRing:KeyRing")],
};

const keysSurviveMistakes: RuleCases = {
  fails: [
    fails("a week", ["AWS-KMS-01"], resource(awsKey, { deletionWindowInDays: 7 })),
    fails("no duration", ["GCP-KMS-01"], resource(googleKey)),
    fails(
      "a vault that can be purged",
      ["AZ-KV-01"],
      resource(vault, { properties: { softDeleteRetentionInDays: 90 } }),
    ),
    fails("no soft delete", ["AZ-KV-01"], resource(vault, { properties: { enablePurgeProtection: true } })),
  ],
  passes: [
    passes("two weeks", resource(awsKey, { deletionWindowInDays: 14 })),
    passes("thirty days", resource(googleKey, { destroyScheduledDuration: "2592000s" })),
    passes(
      "a safe vault",
      resource(vault, { properties: { enablePurgeProtection: true, softDeleteRetentionInDays: 7 } }),
    ),
  ],
  foreign: [configMap],
};

const policy = (statement: object) => ({ policy: JSON.stringify({ Statement: statement }) });

const keyAccessIsNarrow: RuleCases = {
  fails: [
    fails("no policy", ["AWS-KMS-02"], resource(awsKey)),
    fails(
      "everybody",
      ["AWS-KMS-02"],
      resource(awsKey, policy({ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*" })),
    ),
    fails(
      "all users",
      ["GCP-KMS-02"],
      resource("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", { member: "allUsers" }),
    ),
    fails(
      "all users in a binding",
      ["GCP-KMS-02"],
      resource("gcp:kms/cryptoKeyIAMBinding:CryptoKeyIAMBinding", { members: ["allUsers"] }),
    ),
    fails("access policies", ["AZ-KV-03"], resource(vault, { properties: {} })),
  ],
  passes: [
    passes(
      "everybody of this account",
      resource(
        awsKey,
        policy({
          Effect: "Allow",
          Principal: "*",
          Action: "kms:Decrypt",
          Condition: { StringEquals: { "kms:CallerAccount": "1" } },
        }),
      ),
    ),
    passes(
      "a service",
      resource(
        awsKey,
        policy({ Effect: "Allow", Principal: { Service: "logs.amazonaws.com" }, Action: "kms:*" }),
      ),
    ),
    passes("a policy that is not known yet", resource(awsKey, { policy: unknown })),
    passes(
      "a named member",
      resource("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", { member: "serviceAccount:a@b.c" }),
    ),
    passes("roles", resource(vault, { properties: { enableRbacAuthorization: true } })),
  ],
  foreign: [configMap],
};

const isProtected = { opts: { protect: true } };

const statefulPartsAreProtected: RuleCases = {
  fails: [
    fails("a bucket", ["X-01"], resource("aws:s3/bucket:Bucket"), production),
    fails("a key, which Google Cloud asks for too", ["X-01", "GCP-KMS-01"], resource(googleKey), production),
    ...[
      awsKey,
      "gcp:storage/bucket:Bucket",
      "azure-native:storage:StorageAccount",
      vault,
      "aws:ecr/repository:Repository",
      "gcp:artifactregistry/repository:Repository",
      "azure-native:containerregistry:Registry",
    ].map((type) => fails(`${type} without protect`, ["X-01"], resource(type), production)),
  ],
  passes: [
    passes(
      "protected",
      [resource(awsKey, {}, isProtected), resource(googleKey, {}, isProtected)],
      production,
    ),
    passes("outside production", resource(vault)),
  ],
  foreign: [configMap, resource("aws:s3/bucketPolicy:BucketPolicy")],
};

const account = resource(
  "azure-native:storage:StorageAccount",
  { resourceGroupName: "rg-1" },
  { name: "lake", outputs: { id: "/subscriptions/s/resourceGroups/rg-1/lake" } },
);
const group = resource(
  "azure-native:resources:ResourceGroup",
  {},
  { name: "group", outputs: { id: "/subscriptions/s/resourceGroups/rg-1", name: "rg-1" } },
);
const lock = (scope: string, level = "CanNotDelete") =>
  resource("azure-native:authorization:ManagementLockByScope", { scope, level });

const productionIsLocked: RuleCases = {
  fails: [
    fails("no lock on storage", ["AZ-GOV-01"], account, production),
    fails("no lock on a vault", ["AZ-GOV-01"], resource(vault), production),
    fails(
      "no lock on a registry",
      ["AZ-GOV-01"],
      resource("azure-native:containerregistry:Registry"),
      production,
    ),
    fails(
      "a lock of another kind",
      ["AZ-GOV-01"],
      [account, lock("/subscriptions/s/resourceGroups/rg-1/lake", "NotSpecified")],
      production,
    ),
    fails(
      "a lock on a group of a like name",
      ["AZ-GOV-01"],
      [account, group, lock("/subscriptions/s/resourceGroups/rg-10")],
      production,
    ),
  ],
  passes: [
    passes("locked itself", [account, lock("/subscriptions/s/resourceGroups/rg-1/lake")], production),
    passes(
      "locked with its group",
      [account, group, lock("/subscriptions/s/resourceGroups/rg-1")],
      production,
    ),
    passes("outside production", account),
  ],
  foreign: [configMap, group],
};

export const keyCases = {
  "keys-rotate": keysRotate,
  "keys-survive-mistakes": keysSurviveMistakes,
  "key-access-is-narrow": keyAccessIsNarrow,
  "stateful-parts-are-protected": statefulPartsAreProtected,
  "production-is-locked": productionIsLocked,
};

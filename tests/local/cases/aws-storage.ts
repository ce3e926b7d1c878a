import type { Failing } from "../rule-tables";
import { policy, mayWrite, tlsOnly, lifecycle } from "./aws-landscape";

export const storage: readonly Failing[] = [
  ["key", { deletionWindowInDays: 6 }, /deletionWindowInDays to be in the range \(7 - 30\), got 6/],
  [
    "key",
    {
      policy: policy({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Action: "kms:*",
        Resource: "*",
      }),
    },
    /will not allow you to update the key policy/,
  ],
  ["alias", { name: "data" }, /invalid name 'data': it must be alias\//],
  ["alias", {}, /AlreadyExistsException: An alias with the name alias\/data already exists/],
  ["logs", { retentionInDays: 100 }, /retentionInDays to be one of 0, 1, 3.*got 100/],
  [
    "logs",
    ({ "closed-key": closed }) => ({ kmsKeyId: closed!.state["arn"] }),
    /AccessDeniedException.*not allowed to be used with Arn/,
  ],
  ["role", { assumeRolePolicy: "{" }, /MalformedPolicyDocument: Syntax errors in policy/],
  ["role", { assumeRolePolicy: mayWrite }, /Missing required field Principal/],
  ["role", ({ role }) => ({ name: role!.id }), /EntityAlreadyExists: Role with name role-\w+ already exists/],
  ["role", { name: "a b" }, /invalid name 'a b'/],
  ["inline", { role: "nobody" }, /NoSuchEntity: The role with name nobody cannot be found/],
  [
    "policy",
    { policy: policy({ Effect: "Allow", Action: "x".repeat(6200), Resource: "*" }) },
    /Cannot exceed quota for PolicySize: 6144/,
  ],
  [
    "attached",
    { policyArn: "arn:aws:iam::123456789012:policy/none" },
    /NoSuchEntity: Policy arn.*none does not exist/,
  ],
  ["bucket", { bucket: "acme-data" }, /BucketAlreadyOwnedByYou/],
  ["bucket", { bucket: "Acme_Data" }, /InvalidBucketName: invalid bucket 'Acme_Data'/],
  ["access", { bucket: "nowhere" }, /NoSuchBucket: The specified bucket does not exist: nowhere/],
  ["owner", { rule: { objectOwnership: "Me" } }, /rule\.objectOwnership to be one of/],
  ["versions", { versioningConfiguration: { status: "On" } }, /Enabled, Suspended, Disabled, got On/],
  [
    "encryption",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "x" } }] },
    /KMSMasterKeyID is not applicable/,
  ],
  [
    "encryption",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "none" } }] },
    /NotFoundException: Key 'none' does not exist/,
  ],
  [
    "ageing",
    lifecycle({ days: 7, storageClass: "STANDARD_IA" }),
    /greater than or equal to 30 for storageClass 'STANDARD_IA': 7 in rule 'age'/,
  ],
  [
    "ageing",
    lifecycle({ days: 90, storageClass: "GLACIER" }, { days: 90, storageClass: "DEEP_ARCHIVE" }),
    /'DEEP_ARCHIVE' for rule 'age' must be greater than that for StorageClass 'GLACIER'/,
  ],
  [
    "ageing",
    lifecycle({ days: 365, storageClass: "GLACIER" }),
    /'Days' in the Expiration action for rule 'age' must be greater/,
  ],
  [
    "ageing",
    lifecycle({ days: 30, storageClass: "STANDARD_IA" }, { days: 40, storageClass: "GLACIER" }),
    /stay 30 days in 'STANDARD_IA'/,
  ],
  ["ageing", { rules: [...lifecycle().rules, ...lifecycle().rules] }, /Rule ID must be unique.*age/],
  [
    "bucket-policy",
    { policy: tlsOnly("acme-other") },
    /MalformedPolicy: Policy has invalid resource: arn:aws:s3:::acme-other/,
  ],
  [
    "bucket-policy",
    {
      policy: policy({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-data/*",
      }),
    },
    /AccessDenied.*BlockPublicPolicy/,
  ],
  [
    "bucket-policy",
    {
      policy: policy({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:role/none" },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-data/*",
      }),
    },
    /Invalid principal in policy/,
  ],
  ["logging", { targetBucket: "nowhere" }, /InvalidTargetBucketForLogging/],
];

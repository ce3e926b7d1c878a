import type { Failing } from "../rule-tables";
import { ruleOf } from "./gcp-landscape";

export const storage: readonly Failing[] = [
  ["ring", {}, /lreadyExists|ALREADY_EXISTS/],
  ["ring", { name: "a.b" }, /invalid name 'a\.b'/],
  ["key", { name: "k2", rotationPeriod: "3600s" }, /rotationPeriod '3600s' must be seconds such as 86400s/],
  [
    "key",
    { name: "k2", keyRing: "projects/p/locations/l/keyRings/none" },
    /NOT_FOUND: KeyRing .*none not found/,
  ],
  ["key-use", { member: "someone" }, /invalid member 'someone'/],
  ["account", { accountId: "ml" }, /invalid accountId 'ml': it must be 6 to 30/],
  ["account", {}, /Service account training already exists/],
  [
    "project-grant",
    { member: "serviceAccount:none@acme-ml-dev.iam.gserviceaccount.com" },
    /Service account none@.* does not exist/,
  ],
  ["account-grant", { serviceAccountId: "none" }, /NOT_FOUND: Service account none does not exist/],
  ["sql", { service: "sqladmin" }, /invalid service 'sqladmin'/],
  ["bucket", { name: "goog-data" }, /invalid name 'goog-data'/],
  ["bucket", { name: "acme-data" }, /already exists|not available/],
  [
    "bucket",
    { name: "acme-2", location: "EU" },
    /Cannot use Cloud KMS key in location 'us-central1' to encrypt a bucket in location 'eu'/,
  ],
  [
    "bucket",
    ({ "closed-key": closed }) => ({ name: "acme-2", encryption: { defaultKmsKeyName: closed!.id } }),
    /forbidden: Permission denied on Cloud KMS key/,
  ],
  [
    "bucket",
    { name: "acme-2", ...ruleOf({ type: "SetStorageClass", storageClass: "GLACIER" }, { age: 1 }) },
    /SetStorageClass needs a storageClass of STANDARD/,
  ],
  ["bucket", { name: "acme-2", ...ruleOf({ type: "Delete" }, {}) }, /a rule needs at least one condition/],
  [
    "bucket",
    { name: "acme-2", ...ruleOf({ type: "AbortIncompleteMultipartUpload" }, { daysSinceNoncurrentTime: 1 }) },
    /AbortIncompleteMultipartUpload takes the conditions age/,
  ],
  [
    "bucket",
    { name: "acme-2", softDeletePolicy: { retentionDurationSeconds: 60 } },
    /60 must be 0 \(off\) or from 604800/,
  ],
  ["bucket-grant", { bucket: "none" }, /The specified bucket does not exist: none/],
  ["log-bucket", {}, /Bucket .*flow-logs already exists/],
  ["log-bucket", { bucketId: "flow logs" }, /invalid bucketId 'flow logs'/],
  ["log-bucket", { bucketId: "b2", retentionDays: 5000 }, /retentionDays/],
  ["log-sink", { destination: "my-bucket" }, /invalid destination 'my-bucket'/],
];

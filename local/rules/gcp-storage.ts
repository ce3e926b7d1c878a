import { CloudError } from "../cloud-error";
import { number, object, objects, text, texts } from "../values";
import { between, form, oneOf } from "./checks";
import type { Check, Reference, RuleTable, WorldCheck } from "./contract";
import { cryptoKey, grant } from "./gcp-security";

const bucketType = "gcp:storage/bucket:Bucket";
const storageClasses = [
  "STANDARD",
  "MULTI_REGIONAL",
  "REGIONAL",
  "NEARLINE",
  "COLDLINE",
  "ARCHIVE",
  "DURABLE_REDUCED_AVAILABILITY",
];
const maxRules = 100;
const day = 86_400;

const conditions = [
  "age",
  "createdBefore",
  "customTimeBefore",
  "daysSinceCustomTime",
  "daysSinceNoncurrentTime",
  "matchesPrefixes",
  "matchesStorageClasses",
  "matchesSuffixes",
  "noncurrentTimeBefore",
  "numNewerVersions",
  "sendAgeIfZero",
  "withState",
];

const lifecycle: Check = function* (inputs) {
  const rules = objects(inputs, "lifecycleRules");
  const problem = (reason: string) => ({ property: "lifecycleRules", reason: `invalid: ${reason}` });
  if (rules.length > maxRules) yield problem(`${rules.length} lifecycle rules given, ${maxRules} allowed`);
  for (const [i, rule] of rules.entries()) {
    const [action, condition] = [object(rule, "action"), object(rule, "condition")];
    const type = text(action, "type") ?? "";
    if (!["Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"].includes(type)) {
      yield problem(
        `rule ${i}: action '${type}' must be Delete, SetStorageClass or AbortIncompleteMultipartUpload`,
      );
    }
    const target = text(action, "storageClass");
    if (type === "SetStorageClass" && !storageClasses.includes(target ?? "")) {
      yield problem(
        `rule ${i}: SetStorageClass needs a storageClass of ${storageClasses.join(", ")}, given '${String(target)}'`,
      );
    }
    if (type !== "SetStorageClass" && target !== undefined)
      yield problem(`rule ${i}: action ${type} takes no storageClass`);
    const given = conditions.filter((key) => condition[key] !== undefined);
    if (given.length === 0)
      yield problem(`rule ${i}: a rule needs at least one condition of ${conditions.join(", ")}`);
    const allowed = ["age", "matchesPrefixes", "matchesSuffixes"];
    if (type === "AbortIncompleteMultipartUpload" && given.some((key) => !allowed.includes(key))) {
      yield problem(
        `rule ${i}: AbortIncompleteMultipartUpload takes the conditions ${allowed.join(", ")} only`,
      );
    }
    if ((number(condition, "age") ?? 0) < 0) yield problem(`rule ${i}: age must not be negative`);
    if (texts(condition, "matchesPrefixes").length + texts(condition, "matchesSuffixes").length > 1000) {
      yield problem(`rule ${i}: more than 1000 prefixes and suffixes`);
    }
  }
};

/** Cloud Storage encrypts as an account of Google's own, which needs the right to use the key. */
const agentMayUseKey: WorldCheck = ({ inputs, scope }, world) => {
  const key = text(object(inputs, "encryption"), "defaultKmsKeyName");
  if (key === undefined) return undefined;
  const agent = `service-${scope.facts["projectNumber"] ?? ""}@gs-project-accounts.iam.gserviceaccount.com`;
  const granted = world
    .ofType("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember")
    .some(
      (item) =>
        item.inputs["cryptoKeyId"] === key &&
        item.inputs["member"] === `serviceAccount:${agent}` &&
        item.inputs["role"] === "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    );
  if (granted) return undefined;
  return new CloudError(
    "forbidden",
    `Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account ${agent} has been authorized to use this key (roles/cloudkms.cryptoKeyEncrypterDecrypter on ${key}).`,
  );
};

const keyNearBucket: WorldCheck = ({ inputs }) => {
  const place = /\/locations\/([^/]+)\//.exec(
    text(object(inputs, "encryption"), "defaultKmsKeyName") ?? "",
  )?.[1];
  const location = (text(inputs, "location") ?? "").toLowerCase();
  if (place === undefined || place === location) return undefined;
  return new CloudError(
    "invalid",
    `Cannot use Cloud KMS key in location '${place}' to encrypt a bucket in location '${location}'.`,
  );
};

const ofBucket: Reference = {
  path: "bucket",
  to: [bucketType],
  missing: "notFound",
  sentence: "The specified bucket does not exist: {value}",
};

/** Source: Cloud Storage documentation on names, lifecycle and soft delete, 2026-11-21. */
export const gcpStorage: RuleTable = {
  [bucketType]: {
    id: "{name}",
    autoName: "name",
    checks: [
      form(
        "name",
        /^(?!goog)(?!.*google)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/,
        "3 to 63 lower-case letters, digits, dashes, underscores or dots, not starting with goog, without google",
        "invalid",
      ),
      form("name", /^[^.]{3,63}$|\./, "at most 63 characters between dots", "invalid"),
      oneOf("storageClass", storageClasses, "invalid"),
      oneOf("publicAccessPrevention", ["enforced", "inherited"], "invalid"),
      between("retentionPolicy.retentionPeriod", 1, 3_155_760_000, "invalid"),
      lifecycle,
      function* (inputs) {
        const seconds = number(object(inputs, "softDeletePolicy"), "retentionDurationSeconds");
        if (seconds !== undefined && seconds !== 0 && (seconds < 7 * day || seconds > 90 * day)) {
          yield {
            property: "softDeletePolicy.retentionDurationSeconds",
            reason: `invalid: ${seconds} must be 0 (off) or from ${7 * day} to ${90 * day} seconds`,
          };
        }
      },
    ],
    // Bucket names are taken worldwide, whoever's project.
    claims: [
      {
        key: "{name}",
        code: "conflict",
        sentence:
          "The requested bucket name '{name}' is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      },
    ],
    references: [
      cryptoKey("encryption.defaultKmsKeyName"),
      { ...ofBucket, path: "logging.logBucket", held: false },
    ],
    refuses: [keyNearBucket, agentMayUseKey],
    replaceOn: [
      "name",
      "project",
      "location",
      "customPlacementConfig",
      "enableObjectRetention",
      "hierarchicalNamespace",
    ],
    defaults: {
      storageClass: "STANDARD",
      forceDestroy: false,
      publicAccessPrevention: "inherited",
      rpo: "DEFAULT",
    },
    outputs: {
      url: "gs://{id}",
      selfLink: "https://www.googleapis.com/storage/v1/b/{id}",
      projectNumber: ({ scope }) => Number(scope.facts["projectNumber"]),
      location: ({ inputs }) => (text(inputs, "location") ?? "").toUpperCase(),
      timeCreated: () => "2026-01-01T00:00:00.000Z",
      updated: () => "2026-01-01T00:00:00.000Z",
    },
    inUse: { code: "conflict", sentence: "The bucket '{id}' you tried to delete is not empty." },
  },
  "gcp:storage/bucketIAMMember:BucketIAMMember": grant("b/{bucket}", [ofBucket]),
};

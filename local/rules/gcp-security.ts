import { CloudError } from "../cloud-error";
import { digits, text } from "../values";
import { form, oneOf } from "./checks";
import type { Check, Reference, RuleTable, TypeRule, WorldCheck } from "./contract";

const ringType = "gcp:kms/keyRing:KeyRing";
const keyType = "gcp:kms/cryptoKey:CryptoKey";
const accountType = "gcp:serviceaccount/account:Account";

const kmsName: Check = form(
  "name",
  /^[a-zA-Z0-9_-]{1,63}$/,
  "1 to 63 letters, digits, _ or -",
  "INVALID_ARGUMENT",
);
const day = 86_400;

/** A Cloud KMS key that something is encrypted with. */
export function cryptoKey(path: string): Reference {
  return { path, to: [keyType], missing: "NOT_FOUND", sentence: "CryptoKey {value} not found.", held: false };
}

const periods = (path: string, least: number, most: number): Check =>
  function* (inputs) {
    const given = text(inputs, path);
    const seconds = /^(\d+)(\.\d+)?s$/.exec(given ?? "")?.[1];
    if (given !== undefined && (seconds === undefined || Number(seconds) < least || Number(seconds) > most)) {
      yield {
        property: path,
        reason: `INVALID_ARGUMENT: ${path} '${given}' must be seconds such as ${least}s, from ${least}s to ${most}s`,
      };
    }
  };

/** Members of a grant: who may be named, in which form. */
export const memberForm: Check = form(
  "member",
  /^(allUsers|allAuthenticatedUsers|(user|serviceAccount|group|deleted:serviceAccount):[^\s@]+@[^\s@]+|domain:[^\s]+|(principal|principalSet):\/\/\S+|serviceAccount:[a-z0-9-]+\.svc\.id\.goog\[\S+\]|projectOwner:\S+|projectEditor:\S+|projectViewer:\S+)$/,
  "allUsers or a typed member such as serviceAccount:name@project.iam.gserviceaccount.com",
  "INVALID_ARGUMENT",
);
export const roleForm: Check = form(
  "role",
  /^(roles\/|projects\/[^/]+\/roles\/|organizations\/\d+\/roles\/)[\w.]+$/,
  "a role such as roles/storage.objectViewer",
  "INVALID_ARGUMENT",
);

/** A service account of this project that a grant names must exist. Google's own are made by Google. */
export const memberExists: WorldCheck = ({ inputs, scope }, world) => {
  const email = /^serviceAccount:([^[]+@(.+)\.iam\.gserviceaccount\.com)$/.exec(text(inputs, "member") ?? "");
  if (email?.[2] !== scope.facts["project"] || email?.[1] === undefined) return undefined;
  if (world.find([accountType], email[1], scope.key) !== undefined) return undefined;
  return new CloudError("badRequest", `Service account ${email[1]} does not exist.`);
};

/** A grant on something: one member, one role. */
export function grant(on: string, references: readonly Reference[]): TypeRule {
  return {
    id: `${on}/{role}/{member}`,
    adopts: true,
    checks: [memberForm, roleForm],
    references: references.map((reference) => ({ ...reference, held: false })),
    refuses: [memberExists],
    replaceOn: [...on.matchAll(/\{(\w+)\}/g)]
      .map((match) => match[1] ?? "")
      .concat("role", "member", "condition"),
    outputs: { etag: "BwY{hex:9}" },
  };
}

const keepsName = "can never be deleted; its name stays taken";

/** Keys, identities, grants, private zones. Source: Cloud KMS, IAM and Cloud DNS references, 2026-11-21. */
export const gcpSecurity: RuleTable = {
  [ringType]: {
    id: "projects/{project}/locations/{location}/keyRings/{name}",
    autoName: "name",
    checks: [kmsName],
    claims: [
      {
        key: "{project}/{location}/{name}",
        code: "ALREADY_EXISTS",
        sentence: "KeyRing projects/{project}/locations/{location}/keyRings/{name} already exists.",
      },
    ],
    replaceOn: ["name", "project", "location"],
    buried: () => `a key ring ${keepsName}`,
  },
  [keyType]: {
    id: "{keyRing}/cryptoKeys/{name}",
    autoName: "name",
    checks: [
      kmsName,
      periods("rotationPeriod", day, 100 * 365 * day),
      periods("destroyScheduledDuration", day, 120 * day),
      oneOf(
        "purpose",
        [
          "ENCRYPT_DECRYPT",
          "ASYMMETRIC_SIGN",
          "ASYMMETRIC_DECRYPT",
          "MAC",
          "RAW_ENCRYPT_DECRYPT",
          "KEY_ENCAPSULATION",
        ],
        "INVALID_ARGUMENT",
      ),
      oneOf(
        "versionTemplate.protectionLevel",
        ["SOFTWARE", "HSM", "EXTERNAL", "EXTERNAL_VPC"],
        "INVALID_ARGUMENT",
      ),
    ],
    references: [
      {
        path: "keyRing",
        to: [ringType],
        missing: "NOT_FOUND",
        sentence: "KeyRing {value} not found.",
        held: false,
      },
    ],
    claims: [
      {
        key: "{keyRing}/{name}",
        code: "ALREADY_EXISTS",
        sentence: "CryptoKey {keyRing}/cryptoKeys/{name} already exists.",
      },
    ],
    replaceOn: [
      "name",
      "keyRing",
      "purpose",
      "destroyScheduledDuration",
      "importOnly",
      "cryptoKeyBackend",
      "versionTemplate.protectionLevel",
    ],
    defaults: { purpose: "ENCRYPT_DECRYPT" },
    outputs: { primaries: ({ id }) => [{ name: `${id}/cryptoKeyVersions/1`, state: "ENABLED" }] },
    buried: () => `a key ${keepsName}, its versions are scheduled for destruction`,
  },
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": grant("{cryptoKeyId}", [cryptoKey("cryptoKeyId")]),
  [accountType]: {
    id: "projects/{project}/serviceAccounts/{accountId}@{project}.iam.gserviceaccount.com",
    checks: [
      form(
        "accountId",
        /^[a-z]([-a-z0-9]{4,28}[a-z0-9])$/,
        "6 to 30 lower-case letters, digits or dashes, starting with a letter",
        "INVALID_ARGUMENT",
      ),
    ],
    replaceOn: ["accountId", "project"],
    exists: {
      code: "alreadyExists",
      sentence: "Service account {accountId} already exists within project projects/{project}.",
    },
    defaults: { disabled: false },
    outputs: {
      email: "{accountId}@{project}.iam.gserviceaccount.com",
      member: "serviceAccount:{accountId}@{project}.iam.gserviceaccount.com",
      name: "{id}",
      uniqueId: ({ seed }) => digits(seed, 21),
    },
    handles: ["{accountId}@{project}.iam.gserviceaccount.com"],
  },
  "gcp:projects/iAMMember:IAMMember": grant("{project}", []),
  "gcp:serviceaccount/iAMMember:IAMMember": grant("{serviceAccountId}", [
    {
      path: "serviceAccountId",
      to: [accountType],
      missing: "NOT_FOUND",
      sentence: "Service account {value} does not exist.",
    },
  ]),
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    id: "projects/{project}/services/{service}",
    adopts: true,
    checks: [
      form(
        "service",
        /^[a-z0-9.-]+\.googleapis\.com$/,
        "a service such as sqladmin.googleapis.com",
        "INVALID_ARGUMENT",
      ),
    ],
    replaceOn: ["project", "service"],
    outputs: {
      email: ({ inputs, scope }) =>
        `service-${scope.facts["projectNumber"] ?? ""}@gcp-sa-${(text(inputs, "service") ?? "").split(".")[0] ?? ""}.iam.gserviceaccount.com`,
      member: ({ inputs, scope }) =>
        `serviceAccount:service-${scope.facts["projectNumber"] ?? ""}@gcp-sa-${(text(inputs, "service") ?? "").split(".")[0] ?? ""}.iam.gserviceaccount.com`,
    },
  },
};

import { CloudError } from "../cloud-error";
import { number, object, objects, text, type Properties } from "../values";
import { exactlyOne, form, oneOf, refuseWhen } from "./checks";
import type { Check, Problem, Reference, RuleTable, WorldCheck } from "./contract";
import { cryptoKey, grant } from "./gcp-security";

const repositoryType = "gcp:artifactregistry/repository:Repository";
const poolType = "gcp:iam/workloadIdentityPool:WorkloadIdentityPool";
const code = "INVALID_ARGUMENT";
const kept = "deleted, and kept for 30 days in which its id stays taken";

const problem = (sentence: string): Problem => ({
  property: "cleanupPolicies",
  reason: `${code}: cleanup policy ${sentence}`,
});

/** Source: Artifact Registry REST reference, `CleanupPolicy`, 2026-11-21. */
const cleanupPolicies: Check = function* (inputs) {
  const policies = objects(inputs, "cleanupPolicies");
  const ids = policies.map((policy) => text(policy, "id") ?? "");
  for (const id of ids.filter((each, i) => ids.indexOf(each) !== i)) yield problem(`'${id}' is given twice`);
  for (const policy of policies) {
    const id = text(policy, "id") ?? "";
    const [condition, newest] = [object(policy, "condition"), object(policy, "mostRecentVersions")];
    const ways = ["condition", "mostRecentVersions"].filter((key) => policy[key] !== undefined);
    if (!/^[\w-]{1,127}$/.test(id)) yield problem(`'${id}' must have 1 to 127 letters, digits, _ or -`);
    if (!["DELETE", "KEEP"].includes(text(policy, "action") ?? ""))
      yield problem(`'${id}': action must be DELETE or KEEP`);
    if (ways.length !== 1) yield problem(`'${id}' needs either condition or mostRecentVersions`);
    if (policy["mostRecentVersions"] !== undefined && policy["action"] !== "KEEP")
      yield problem(`'${id}': mostRecentVersions goes with action KEEP only`);
    if (newest["keepCount"] !== undefined && (number(newest, "keepCount") ?? 0) < 1)
      yield problem(`'${id}': keepCount must be 1 or more`);
    for (const key of ["olderThan", "newerThan"]) {
      const span = text(condition, key);
      if (span !== undefined && !/^\d+(s|d)$/.test(span))
        yield problem(`'${id}': ${key} '${span}' must be a duration such as 604800s`);
    }
  }
};

const agentOf = (number: string | undefined): string =>
  `service-${number ?? ""}@gcp-sa-artifactregistry.iam.gserviceaccount.com`;

/** Artifact Registry encrypts as an account of Google's own, which needs the right to use the key. */
const agentMayUseKey: WorldCheck = ({ inputs, scope }, world) => {
  const key = text(inputs, "kmsKeyName");
  if (key === undefined) return undefined;
  const agent = agentOf(scope.facts["projectNumber"]);
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
    "FAILED_PRECONDITION",
    `The Artifact Registry service account ${agent} does not have permission to use the key ${key} (roles/cloudkms.cryptoKeyEncrypterDecrypter).`,
  );
};

const keyNearRepository: WorldCheck = ({ inputs, scope }) => {
  const place = /\/locations\/([^/]+)\//.exec(text(inputs, "kmsKeyName") ?? "")?.[1];
  const location = text(inputs, "location") ?? scope.facts["region"] ?? "";
  if (place === undefined || place === location) return undefined;
  return new CloudError(
    code,
    `the key is in location '${place}' and the repository in '${location}': they must be in the same.`,
  );
};

const ofRepository: Reference = {
  path: "repository",
  to: [repositoryType],
  missing: "NOT_FOUND",
  sentence: "Repository {value} does not exist.",
};

const poolName = (property: string): Check =>
  form(
    property,
    /^(?!gcp-)[a-z0-9-]{4,32}$/,
    "4 to 32 lower-case letters, digits or dashes, not starting with gcp-",
    code,
  );
const shown = (property: string, most: number): Check =>
  form(property, new RegExp(`^[\\s\\S]{0,${most}}$`), `at most ${most} characters`, code);

const mapsNoSubject = (inputs: Properties): boolean =>
  inputs["oidc"] !== undefined && object(inputs, "attributeMapping")["google.subject"] === undefined;

/** Everybody on GitHub gets tokens of the same issuer: a provider that asks for no claim would let all of them in. */
const isOpenToGitHub = (inputs: Properties): boolean =>
  text(object(inputs, "oidc"), "issuerUri") === "https://token.actions.githubusercontent.com" &&
  !(text(inputs, "attributeCondition") ?? "").includes("assertion.");

/** Images, and GitHub's way in. Source: Artifact Registry, IAM and Service Usage references, 2026-11-21. */
export const gcpImages: RuleTable = {
  [repositoryType]: {
    id: "projects/{project}/locations/{location}/repositories/{repositoryId}",
    checks: [
      form(
        "repositoryId",
        /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
        "1 to 63 lower-case letters, digits or dashes, starting with a letter, not ending with a dash",
        code,
      ),
      oneOf(
        "format",
        ["DOCKER", "MAVEN", "NPM", "PYTHON", "APT", "YUM", "KFP", "GO", "GENERIC", "RUBY"],
        code,
      ),
      oneOf("mode", ["STANDARD_REPOSITORY", "VIRTUAL_REPOSITORY", "REMOTE_REPOSITORY"], code),
      oneOf("vulnerabilityScanningConfig.enablementConfig", ["INHERITED", "DISABLED"], code),
      refuseWhen(
        "dockerConfig",
        ({ format, dockerConfig }) => dockerConfig !== undefined && format !== "DOCKER",
        `${code}: dockerConfig goes with format DOCKER only`,
      ),
      cleanupPolicies,
    ],
    references: [cryptoKey("kmsKeyName")],
    refuses: [keyNearRepository, agentMayUseKey],
    exists: { code: "ALREADY_EXISTS", sentence: "the repository already exists: {id}" },
    replaceOn: ["repositoryId", "project", "location", "format", "kmsKeyName", "mode"],
    defaults: { mode: "STANDARD_REPOSITORY", deletionPolicy: "DELETE" },
    outputs: {
      name: "{repositoryId}",
      registryUri: "{location}-docker.pkg.dev/{project}/{repositoryId}",
      vulnerabilityScanningConfig: ({ inputs }) => {
        const given = object(inputs, "vulnerabilityScanningConfig");
        const off = given["enablementConfig"] === "DISABLED";
        return { ...given, enablementState: off ? "SCANNING_DISABLED" : "SCANNING_ACTIVE" };
      },
    },
  },
  "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": grant("{repository}", [ofRepository]),
  [poolType]: {
    id: "projects/{project}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}",
    checks: [poolName("workloadIdentityPoolId"), shown("displayName", 32), shown("description", 256)],
    claims: [
      {
        key: "{project} {workloadIdentityPoolId}",
        code: "ALREADY_EXISTS",
        sentence: "Requested entity already exists: workload identity pool {workloadIdentityPoolId}",
      },
    ],
    exists: {
      code: "ALREADY_EXISTS",
      sentence: "Requested entity already exists: workload identity pool {workloadIdentityPoolId}",
    },
    replaceOn: ["workloadIdentityPoolId", "project"],
    defaults: { deletionPolicy: "DELETE" },
    outputs: {
      name: "projects/{projectNumber}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}",
      state: () => "ACTIVE",
    },
    handles: ["{workloadIdentityPoolId}"],
    buried: () => kept,
  },
  "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": {
    id: "projects/{project}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}/providers/{workloadIdentityPoolProviderId}",
    checks: [
      poolName("workloadIdentityPoolProviderId"),
      shown("displayName", 32),
      shown("description", 256),
      exactlyOne(["aws", "oidc", "saml", "x509"], code),
      form("oidc.issuerUri", /^https:\/\/[^\s?#]+$/, "a URL that starts with https://", code),
      form("attributeCondition", /^[\s\S]{0,4096}$/, "at most 4096 characters", code),
      refuseWhen("attributeMapping", mapsNoSubject, `${code}: an OIDC provider must map google.subject`),
      refuseWhen(
        "attributeCondition",
        isOpenToGitHub,
        `${code}: The attribute condition must reference one of the provider's claims.`,
      ),
    ],
    claims: [
      {
        key: "{project} {workloadIdentityPoolId} {workloadIdentityPoolProviderId}",
        code: "ALREADY_EXISTS",
        sentence: "Requested entity already exists: provider {workloadIdentityPoolProviderId}",
      },
    ],
    references: [
      {
        path: "workloadIdentityPoolId",
        to: [poolType],
        missing: "NOT_FOUND",
        sentence: "Workload identity pool {value} was not found.",
      },
    ],
    exists: {
      code: "ALREADY_EXISTS",
      sentence: "Requested entity already exists: provider {workloadIdentityPoolProviderId}",
    },
    replaceOn: ["workloadIdentityPoolId", "workloadIdentityPoolProviderId", "project"],
    defaults: { deletionPolicy: "DELETE" },
    outputs: {
      name: "projects/{projectNumber}/locations/global/workloadIdentityPools/{workloadIdentityPoolId}/providers/{workloadIdentityPoolProviderId}",
      state: () => "ACTIVE",
    },
    buried: () => kept,
  },
  "gcp:projects/service:Service": {
    id: "{project}/{service}",
    // Services of a project are on or off, whoever switched them.
    adopts: true,
    checks: [
      form("service", /^[a-z0-9.-]+\.googleapis\.com$/, "a service such as run.googleapis.com", "badRequest"),
    ],
    replaceOn: ["project", "service"],
  },
};

import { openScope } from "../../../local/scope";
import type { Failing, Passing } from "../rule-tables";

const region = "us-central1";
const projectNumber = openScope("gcp", { project: "acme-ml-dev" }).facts["projectNumber"] ?? "";
const agent = `serviceAccount:service-${projectNumber}@gcp-sa-artifactregistry.iam.gserviceaccount.com`;
const issuerUri = "https://token.actions.githubusercontent.com";
const cleaned = (...cleanupPolicies: readonly object[]) => ({ repositoryId: "two", cleanupPolicies });
const keep = { id: "keep", action: "KEEP", mostRecentVersions: { keepCount: 10 } };

/** Repositories and GitHub's way in as the cloud takes them. */
export const images: readonly Passing[] = [
  ["agent", "gcp:projects/serviceIdentity:ServiceIdentity", { service: "artifactregistry.googleapis.com" }],
  ["scanning", "gcp:projects/service:Service", { service: "containerscanning.googleapis.com" }],
  [
    "images-key-use",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    ({ key }) => ({
      cryptoKeyId: key!.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent,
    }),
  ],
  [
    "images",
    "gcp:artifactregistry/repository:Repository",
    ({ key }) => ({
      repositoryId: "ml-platform",
      location: region,
      format: "DOCKER",
      kmsKeyName: key!.id,
      dockerConfig: { immutableTags: true },
      cleanupPolicies: [
        { id: "untagged", action: "DELETE", condition: { tagState: "UNTAGGED", olderThan: "604800s" } },
        keep,
      ],
    }),
  ],
  [
    "images-grant",
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    ({ images: made, account }) => ({
      repository: made!.id,
      role: "roles/artifactregistry.reader",
      member: account!.state["member"],
    }),
  ],
  ["pool", "gcp:iam/workloadIdentityPool:WorkloadIdentityPool", { workloadIdentityPoolId: "ci-pool" }],
  [
    "github",
    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    {
      workloadIdentityPoolId: "ci-pool",
      workloadIdentityPoolProviderId: "github",
      attributeMapping: { "google.subject": "assertion.sub" },
      attributeCondition: 'assertion.repository == "acme/ml"',
      oidc: { issuerUri },
    },
  ],
];

export const imageFaults: readonly Failing[] = [
  ["scanning", { service: "containerscanning" }, /invalid service 'containerscanning'/],
  ["images", {}, /ALREADY_EXISTS: the repository already exists: projects\/acme-ml-dev.*ml-platform/],
  ["images", { repositoryId: "serving/churn" }, /invalid repositoryId 'serving\/churn'/],
  ["images", { repositoryId: "two-" }, /not ending with a dash/],
  ["images", { repositoryId: "two", format: "OCI" }, /format to be one of DOCKER/],
  ["images", { repositoryId: "two", format: "NPM" }, /dockerConfig goes with format DOCKER only/],
  [
    "images",
    { repositoryId: "two", vulnerabilityScanningConfig: { enablementConfig: "ENABLED" } },
    /enablementConfig to be one of INHERITED, DISABLED/,
  ],
  [
    "images",
    ({ "closed-key": closed }) => ({ repositoryId: "two", kmsKeyName: closed!.id }),
    /FAILED_PRECONDITION.*service-\d+@gcp-sa-artifactregistry.* does not have permission/,
  ],
  ["images", { repositoryId: "two", location: "europe-west1" }, /they must be in the same/],
  [
    "images",
    { repositoryId: "two", kmsKeyName: "projects/p/none" },
    /NOT_FOUND: CryptoKey projects\/p\/none/,
  ],
  ["images", cleaned(keep, keep), /cleanup policy 'keep' is given twice/],
  ["images", cleaned({ ...keep, action: "DELETE" }), /mostRecentVersions goes with action KEEP only/],
  ["images", cleaned({ id: "x", action: "DELETE" }), /needs either condition or mostRecentVersions/],
  [
    "images",
    cleaned({ id: "x", action: "DELETE", condition: { olderThan: "1 week" } }),
    /olderThan '1 week' must be a duration/,
  ],
  ["images", cleaned({ id: "x", action: "ARCHIVE", condition: {} }), /action must be DELETE or KEEP/],
  ["images-grant", { repository: "projects/p/none" }, /NOT_FOUND: Repository projects\/p\/none/],
  ["images-grant", { member: "everybody" }, /invalid member 'everybody'/],
  ["pool", {}, /ALREADY_EXISTS: Requested entity already exists: workload identity pool ci-pool/],
  ["pool", { workloadIdentityPoolId: "gcp-ci" }, /not starting with gcp-/],
  ["pool", { workloadIdentityPoolId: "p".repeat(33) }, /4 to 32/],
  ["pool", { workloadIdentityPoolId: "two-pools", displayName: "d".repeat(33) }, /at most 32 characters/],
  ["github", { workloadIdentityPoolId: "none" }, /NOT_FOUND: Workload identity pool none was not found/],
  [
    "github",
    { workloadIdentityPoolProviderId: "other", attributeCondition: undefined },
    /must reference one of the provider's claims/,
  ],
  ["github", { workloadIdentityPoolProviderId: "other", attributeMapping: {} }, /must map google\.subject/],
  [
    "github",
    { workloadIdentityPoolProviderId: "other", oidc: { issuerUri: "http://x.example" } },
    /invalid oidc\.issuerUri/,
  ],
  [
    "github",
    { workloadIdentityPoolProviderId: "other", aws: { accountId: "1" } },
    /one of aws, oidc, saml, x509/,
  ],
];

import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as iam from "@pulumi/gcp/iam";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import type { ImageRegistryOutputs } from "./contract";
import { githubIssuer, type Pusher, subjectOf } from "./pusher";

/** A service account without keys that only the allowed runs of one GitHub workflow can act as. */
export function createPusher(
  context: DriverContext<"gcp">,
  ci: Pusher | undefined,
  repositoryIds: ImageRegistryOutputs["grantIds"],
): Pick<ImageRegistryOutputs, "ciIdentityId" | "ciProviderId"> {
  if (ci === undefined) return { ciIdentityId: pulumi.output(""), ciProviderId: pulumi.output("") };
  const { name, child, physicalName } = context;
  const pool = createPool(context, ci);
  const provider = createProvider(context, ci, pool);
  const account = new serviceaccount.Account(
    `${name}-ci`,
    {
      accountId: physicalName("ci", nameRules.gcpServiceAccount),
      displayName: `${name}-ci`,
      description: `CI of ${ci.repository}: push images`,
    },
    child,
  );
  new serviceaccount.IAMMember(
    `${name}-ci-github`,
    {
      serviceAccountId: account.name,
      role: "roles/iam.workloadIdentityUser",
      member: pulumi.interpolate`principal://iam.googleapis.com/${pool.name}/subject/${subjectOf(ci)}`,
    },
    child,
  );
  for (const [role, repository] of Object.entries(repositoryIds)) {
    new artifactregistry.RepositoryIamMember(
      `${name}-ci-push-${role}`,
      {
        repository,
        role: "roles/artifactregistry.writer",
        member: pulumi.interpolate`serviceAccount:${account.email}`,
      },
      child,
    );
  }
  return { ciIdentityId: account.email, ciProviderId: provider.name };
}

/** A deleted pool keeps its id for 30 days, so each new stack draws a new end. Ids must not start with `gcp-`. */
function createPool(
  { name, child, physicalName }: DriverContext<"gcp">,
  ci: Pusher,
): iam.WorkloadIdentityPool {
  const ending = new RandomString(`${name}-pool-ending`, { length: 5, special: false, upper: false }, child);
  return new iam.WorkloadIdentityPool(
    `${name}-pool`,
    {
      workloadIdentityPoolId: pulumi.interpolate`ci-${physicalName("ci", nameRules.gcpIdentityPool)}${ending.result}`,
      displayName: "CI",
      description: `GitHub workflows of ${ci.repository}`,
    },
    child,
  );
}

function createProvider(
  { name, child }: DriverContext<"gcp">,
  ci: Pusher,
  pool: iam.WorkloadIdentityPool,
): iam.WorkloadIdentityPoolProvider {
  return new iam.WorkloadIdentityPoolProvider(
    `${name}-github`,
    {
      workloadIdentityPoolId: pool.workloadIdentityPoolId,
      workloadIdentityPoolProviderId: "github",
      displayName: "GitHub",
      attributeMapping: {
        "google.subject": "assertion.sub",
        "attribute.repository": "assertion.repository",
      },
      attributeCondition: `assertion.repository == "${ci.repository}" && assertion.sub == "${subjectOf(ci)}"`,
      oidc: { issuerUri: githubIssuer },
    },
    child,
  );
}

import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as storage from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import {
  type Access,
  applyGrant,
  type BucketGrant,
  type GrantTable,
  type ImageRegistryGrant,
} from "../core/grant";
import type { WorkloadIdentityDrivers } from "./contract";

/** A service account without keys; clusters let pods act as it through Workload Identity. */
export const gcp: WorkloadIdentityDrivers["gcp"] = (context, args) => {
  const { name, child, physicalName } = context;
  const identity = new serviceaccount.Account(
    name,
    {
      accountId: physicalName(name, nameRules.gcpServiceAccount),
      displayName: name,
      description: args.description,
    },
    child,
  );
  for (const grant of args.grants) {
    const give: Give = {
      context,
      role: `${name}-${grant.name}`,
      member: pulumi.interpolate`serviceAccount:${identity.email}`,
    };
    applyGrant(table(give), grant);
  }
  for (const { namespace, name: serviceAccount } of args.serviceAccounts) {
    new serviceaccount.IAMMember(
      `${name}-${namespace}-${serviceAccount}`,
      {
        serviceAccountId: identity.name,
        role: "roles/iam.workloadIdentityUser",
        member: pulumi.interpolate`serviceAccount:${args.cluster.identityRealm}[${namespace}/${serviceAccount}]`,
      },
      child,
    );
  }
  return { identityId: identity.email };
};

interface Give {
  readonly context: DriverContext<"gcp">;
  /** Name of the resource that gives the right. */
  readonly role: string;
  readonly member: pulumi.Output<string>;
}

function table(give: Give): GrantTable<void> {
  return {
    bucket: (grant) => grantBucket(give, grant),
    "image-registry": (grant) => grantRepositories(give, grant),
  };
}

const bucketRoles: { readonly [A in Access]: string } = {
  read: "roles/storage.objectViewer",
  write: "roles/storage.objectUser",
};

/** Cloud Storage decrypts with its own account, so the key needs no grant. Listing sees the granted prefix only. */
function grantBucket({ context, role, member }: Give, { id, prefix, access }: BucketGrant): void {
  const objects = pulumi.interpolate`resource.name.startsWith("projects/_/buckets/${id}/objects/${prefix}")`;
  const listing = `api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("${prefix}")`;
  new storage.BucketIAMMember(
    role,
    {
      bucket: id,
      role: bucketRoles[access],
      member,
      condition: {
        title: "prefix",
        description: `Objects under ${prefix} only`,
        expression: pulumi.interpolate`${objects} || ${listing}`,
      },
    },
    context.child,
  );
}

const imageRoles: { readonly [A in Access]: string } = {
  read: "roles/artifactregistry.reader",
  write: "roles/artifactregistry.writer",
};

/** Artifact Registry decrypts with its own account, so the key needs no grant. */
function grantRepositories({ context, role, member }: Give, { ids, access }: ImageRegistryGrant): void {
  for (const [name, repository] of Object.entries(ids)) {
    new artifactregistry.RepositoryIamMember(
      `${role}-${name}`,
      { repository, role: imageRoles[access], member },
      context.child,
    );
  }
}

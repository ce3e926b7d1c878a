import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as resources from "@pulumi/azure-native/resources";
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
import { assignRole } from "../platform/azure-roles";
import type { WorkloadIdentityArgs, WorkloadIdentityDrivers } from "./contract";

/** A user-assigned managed identity; clusters let pods act as it through federated credentials. */
export const azure: WorkloadIdentityDrivers["azure"] = (context, args) => {
  const { name, settings, tags, child, physicalName } = context;
  const group = new resources.ResourceGroup(
    `${name}-group`,
    {
      resourceGroupName: physicalName(name, nameRules.azureResourceGroup),
      location: settings.location,
      tags,
    },
    child,
  );
  const identity = new managedidentity.UserAssignedIdentity(
    name,
    { resourceGroupName: group.name, location: settings.location, tags },
    child,
  );
  for (const grant of args.grants) {
    applyGrant(table({ context, role: grant.name, principalId: identity.principalId }), grant);
  }
  bindServiceAccounts(context, args, { resourceGroupName: group.name, resourceName: identity.name });
  return { identityId: identity.clientId };
};

/** What Entra wants to read as the audience of a token that it takes in exchange. */
const audience = "api://AzureADTokenExchange";

/** One after the other: Entra refuses two changes of one identity at the same time. */
function bindServiceAccounts(
  { name, child }: DriverContext<"azure">,
  { cluster, serviceAccounts }: WorkloadIdentityArgs,
  identity: {
    readonly resourceGroupName: pulumi.Output<string>;
    readonly resourceName: pulumi.Output<string>;
  },
): void {
  let previous: pulumi.Resource[] = [];
  for (const { namespace, name: serviceAccount } of serviceAccounts) {
    const made = new managedidentity.FederatedIdentityCredential(
      `${name}-${namespace}-${serviceAccount}`,
      {
        ...identity,
        issuer: cluster.identityRealm,
        subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
        audiences: [audience],
      },
      { ...child, dependsOn: previous },
    );
    previous = [made];
  }
}

interface Give {
  readonly context: DriverContext<"azure">;
  /** Last part of the assignment's name. */
  readonly role: string;
  readonly principalId: pulumi.Output<string>;
}

function table(give: Give): GrantTable<void> {
  return {
    bucket: (grant) => grantContainer(give, grant),
    "image-registry": (grant) => grantRegistry(give, grant),
  };
}

const containerRoles = {
  read: "storageBlobDataReader",
  write: "storageBlobDataContributor",
} as const satisfies Record<Access, string>;

const blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

/** Actions on single blobs; listing is an operation within `read`, and is narrowed by what it asks for. */
const changes: { readonly [A in Access]: readonly string[] } = {
  read: [],
  write: ["write", "add/action", "delete"],
};

/** Storage accounts decrypt with their own identity, so the key needs no grant. */
function grantContainer({ context, role, principalId }: Give, { id, prefix, access }: BucketGrant): void {
  assignRole(context, role, {
    principalId,
    role: containerRoles[access],
    scope: id,
    description: `Blobs under ${prefix} only`,
    condition: pathCondition(prefix, changes[access]),
  });
}

const registryRoles = { read: "acrPull", write: "acrPush" } as const satisfies Record<Access, string>;

/** A registry's roles hold for all of its repositories. */
function grantRegistry({ context, role, principalId }: Give, { ids, access }: ImageRegistryGrant): void {
  for (const scope of Object.values(ids)) {
    const description = access === "read" ? "Pull images" : "Pull and push images";
    assignRole(context, role, { principalId, role: registryRoles[access], scope, description });
  }
}

/** Azure's condition language: for each action either it is not the one meant, or the path is under the prefix. */
function pathCondition(prefix: string, changed: readonly string[]): string {
  const list = `ActionMatches{'${blobs}/read'} AND SubOperationMatches{'Blob.List'}`;
  const single = [
    `!(ActionMatches{'${blobs}/read'} AND NOT SubOperationMatches{'Blob.List'})`,
    ...changed.map((action) => `!(ActionMatches{'${blobs}/${action}'})`),
  ].join(" AND ");
  return [
    `((!(${list})) OR (@Request[${blobs}:prefix] StringStartsWith '${prefix}'))`,
    `((${single}) OR (@Resource[${blobs}:path] StringStartsWith '${prefix}'))`,
  ].join(" AND ");
}

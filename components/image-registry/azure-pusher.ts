import * as authorization from "@pulumi/azure-native/authorization";
import type * as containerregistry from "@pulumi/azure-native/containerregistry";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { assignRole } from "../platform/azure-roles";
import type { ImageRegistryOutputs } from "./contract";
import { githubIssuer, type Pusher, subjectOf } from "./pusher";

/** The audience that Entra asks of tokens which it exchanges. */
const audience = "api://AzureADTokenExchange";

/** A managed identity that only the allowed runs of one GitHub workflow can act as. */
export function createPusher(
  context: DriverContext<"azure">,
  ci: Pusher | undefined,
  registry: containerregistry.Registry,
  resourceGroupName: pulumi.Output<string>,
): Pick<ImageRegistryOutputs, "ciIdentityId" | "ciProviderId"> {
  if (ci === undefined) return { ciIdentityId: pulumi.output(""), ciProviderId: pulumi.output("") };
  const { name, settings, tags, child } = context;
  const identity = new managedidentity.UserAssignedIdentity(
    `${name}-ci`,
    { resourceGroupName, location: settings.location, tags },
    child,
  );
  new managedidentity.FederatedIdentityCredential(
    `${name}-github`,
    {
      federatedIdentityCredentialResourceName: "github",
      resourceName: identity.name,
      resourceGroupName,
      issuer: githubIssuer,
      subject: subjectOf(ci),
      audiences: [audience],
    },
    child,
  );
  assignRole(context, "ci-push", {
    principalId: identity.principalId,
    role: "acrPush",
    scope: registry.id,
    description: `CI of ${ci.repository}: push images`,
  });
  return {
    ciIdentityId: identity.clientId,
    ciProviderId: authorization.getClientConfigOutput(child).tenantId,
  };
}

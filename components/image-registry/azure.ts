import * as containerregistry from "@pulumi/azure-native/containerregistry";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { known } from "../core/known";
import { createPrivateEndpoint } from "../platform/azure-private-endpoint";
import { createPurge } from "./azure-purge";
import { createPusher } from "./azure-pusher";
import type { ImageRegistryArgs, ImageRegistryDrivers } from "./contract";

/** Azure Container Registry: one registry; its repositories come into being with their first image. */
export const azure: ImageRegistryDrivers["azure"] = (context, args) => {
  const { name, settings, tags, child, physicalName } = context;
  const group = new resources.ResourceGroup(
    `${name}-group`,
    {
      resourceGroupName: physicalName("images", nameRules.azureResourceGroup),
      location: settings.location,
      tags,
    },
    child,
  );
  const registry = createRegistry(context, group.name, args);
  createPrivateEndpoint(context, "registry", {
    resourceGroupName: group.name,
    subnetId: known(args.privateLink.subnetId, "an Azure registry needs a subnet for its private endpoint"),
    zoneId: known(
      args.privateLink.zoneIds.registry,
      "an Azure registry needs a DNS zone for its private endpoint",
    ),
    service: "registry",
    resourceId: registry.id,
  });
  createPurge(context, registry, group.name, args);
  return {
    address: registry.loginServer,
    repositoryUrls: Object.fromEntries(
      args.repositories.map((role) => [role, pulumi.interpolate`${registry.loginServer}/${role}`]),
    ),
    grantIds: { registry: registry.id },
    ...createPusher(context, args.ci, registry, group.name),
    lockTargets: [{ role: "registry", resourceId: registry.id }],
    logSources: [{ role: "registry", kind: "registry", resourceId: registry.id }],
  };
};

/**
 * Encrypted with Azure's own key, and tags can be moved: docs/adr/0009 says why. Trusted services may pass, so that
 * Defender for Containers can scan what is pushed.
 */
function createRegistry(
  { name, settings, tags, stateful, physicalName }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  { untaggedDays }: ImageRegistryArgs,
): containerregistry.Registry {
  return new containerregistry.Registry(
    name,
    {
      registryName: physicalName("images", nameRules.azureRegistry),
      resourceGroupName,
      location: settings.location,
      sku: { name: "Premium" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: "Disabled",
      networkRuleSet: { defaultAction: "Deny" },
      networkRuleBypassOptions: "AzureServices",
      dataEndpointEnabled: true,
      zoneRedundancy: "Enabled",
      policies: { retentionPolicy: { status: "enabled", days: untaggedDays } },
      tags,
    },
    stateful,
  );
}

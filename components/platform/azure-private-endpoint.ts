import * as azureNetwork from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { PrivateService } from "../network/contract";

/** What Azure calls the part of a resource that an endpoint leads to. */
const groupIds: { readonly [S in PrivateService]: string } = {
  blob: "blob",
  vault: "vault",
  registry: "registry",
};

export interface PrivateEndpointArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly subnetId: pulumi.Input<string>;
  readonly zoneId: pulumi.Input<string>;
  readonly service: PrivateService;
  readonly resourceId: pulumi.Output<string>;
}

/** Gives a resource an address inside the network, and its name there. */
export function createPrivateEndpoint(
  { name, settings, tags, child }: DriverContext<"azure">,
  role: string,
  args: PrivateEndpointArgs,
): void {
  const { resourceGroupName, service } = args;
  const endpoint = new azureNetwork.PrivateEndpoint(
    `${name}-${role}-endpoint`,
    {
      resourceGroupName,
      location: settings.location,
      subnet: { id: args.subnetId },
      privateLinkServiceConnections: [
        { name: role, privateLinkServiceId: args.resourceId, groupIds: [groupIds[service]] },
      ],
      tags,
    },
    child,
  );
  new azureNetwork.PrivateDnsZoneGroup(
    `${name}-${role}-endpoint`,
    {
      privateDnsZoneGroupName: "default",
      privateEndpointName: endpoint.name,
      resourceGroupName,
      privateDnsZoneConfigs: [{ name: service, privateDnsZoneId: args.zoneId }],
    },
    child,
  );
}

import * as privatedns from "@pulumi/azure-native/privatedns";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { type PrivateService, privateServices } from "./contract";

/** Zones that a private endpoint's name must be in (Azure private endpoint DNS documentation, read 2026-11-21). */
const zoneNames: { readonly [S in PrivateService]: string } = {
  blob: "privatelink.blob.core.windows.net",
  vault: "privatelink.vaultcore.azure.net",
  registry: "privatelink.azurecr.io",
};

/** A private DNS zone for each service, linked to the network; returns their ids. */
export function createPrivateZones(
  { name, tags, child }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  networkId: pulumi.Output<string>,
): { readonly [S in PrivateService]: pulumi.Output<string> } {
  const create = (service: PrivateService) => {
    const zone = new privatedns.PrivateZone(
      `${name}-${service}-zone`,
      { privateZoneName: zoneNames[service], resourceGroupName, location: "Global", tags },
      child,
    );
    new privatedns.VirtualNetworkLink(
      `${name}-${service}-zone`,
      {
        privateZoneName: zone.name,
        resourceGroupName,
        location: "Global",
        registrationEnabled: false,
        virtualNetwork: { id: networkId },
        tags,
      },
      child,
    );
    return zone.id;
  };
  return Object.fromEntries(privateServices.map((service) => [service, create(service)])) as Record<
    PrivateService,
    pulumi.Output<string>
  >;
}

import * as azureNetwork from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { Guest } from "./azure-firewall";
import type { NetworkArgs } from "./contract";

/** Guests whose machines need a way out to the internet. */
const outboundGuests = ["nodes", "training", "serving"] as const satisfies readonly Guest[];

export interface Nat {
  /** NAT gateway of each guest's subnet; none for a guest that needs no way out. */
  readonly gatewayIds: { readonly [G in Guest]?: pulumi.Output<string> };
  readonly addresses: pulumi.Output<string[]>;
}

/**
 * A Standard NAT gateway lives in one zone and a subnet can have only one, so `perZone` gives each kind of machine a
 * gateway in another zone: the loss of a zone cuts off one kind, not all. `single` leaves the zone to Azure.
 */
export function createNat(
  context: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  { natStrategy, zones }: NetworkArgs,
): Nat {
  const placements = {
    single: [undefined],
    perZone: Array.from({ length: zones }, (_, zone) => String(zone + 1)),
  };
  const gateways = placements[natStrategy].map((zone, index) =>
    createGateway(context, resourceGroupName, { zone, index }),
  );
  const ids = outboundGuests.map((guest, index) => [guest, gateways[index % gateways.length]?.id] as const);
  return {
    gatewayIds: Object.fromEntries(ids),
    addresses: pulumi.all(gateways.map(({ address }) => address)),
  };
}

function createGateway(
  { name, settings, tags, child }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  { zone, index }: { readonly zone: string | undefined; readonly index: number },
) {
  const placement = zone === undefined ? {} : { zones: [zone] };
  const address = new azureNetwork.PublicIPAddress(
    `${name}-nat-${index + 1}`,
    {
      resourceGroupName,
      location: settings.location,
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      ...placement,
      tags,
    },
    child,
  );
  const gateway = new azureNetwork.NatGateway(
    `${name}-nat-${index + 1}`,
    {
      resourceGroupName,
      location: settings.location,
      sku: { name: "Standard" },
      idleTimeoutInMinutes: 4,
      publicIpAddresses: [{ id: address.id }],
      ...placement,
      tags,
    },
    child,
  );
  return { id: gateway.id, address: address.ipAddress.apply((ip) => ip ?? "") };
}

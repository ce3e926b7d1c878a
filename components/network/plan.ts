import { carve, prefixOf, type Share } from "./cidr";

/** Shares of a network, in 1/256ths: room for nodes first, small fixed tiers behind, the rest free for later. */
const zoneShares = {
  private: { offset: 0, bits: 3 },
  public: { offset: 32, bits: 6 },
  data: { offset: 36, bits: 6 },
} as const satisfies Record<string, Share>;

/** A zone's part is a quarter of the network; the fourth quarter stays free. */
const zoneUnits = 64;

/** One block per zone and tier: `zonePlan("10.0.0.0/16", 2).private` is `["10.0.0.0/19", "10.0.64.0/19"]`. */
export function zonePlan(
  network: string,
  zones: number,
): { readonly [T in keyof typeof zoneShares]: string[] } {
  const blocks = ({ offset, bits }: Share) =>
    Array.from({ length: zones }, (_, zone) => carve(network, { offset: zone * zoneUnits + offset, bits }));
  return {
    private: blocks(zoneShares.private),
    public: blocks(zoneShares.public),
    data: blocks(zoneShares.data),
  };
}

/** Google Cloud: subnets span zones, and pods and services take ranges of their own. */
const regionalShares = {
  private: { offset: 0, bits: 2 },
  services: { offset: 64, bits: 4 },
  /** Handed to Google for Cloud SQL and Memorystore (private services access). */
  managedServices: { offset: 80, bits: 4 },
  public: { offset: 96, bits: 6 },
  data: { offset: 100, bits: 6 },
  pods: { offset: 128, bits: 1 },
} as const satisfies Record<string, Share>;

/** GKE's control plane takes exactly a /28, whatever the size of the network. */
const controlPlane = { offset: 104, prefix: 28 };

export function regionalPlan(network: string): {
  readonly [T in keyof typeof regionalShares | "controlPlane"]: string;
} {
  const bits = controlPlane.prefix - prefixOf(network);
  return {
    ...carveAll(network, regionalShares),
    controlPlane: carve(network, { offset: controlPlane.offset, bits }),
  };
}

/**
 * Azure: addresses of pods and services, which are seen inside the cluster only. They come from the range for carriers
 * (RFC 6598), which no network of the platform can have, so that they overlap with none.
 */
export const overlay = { pods: "100.64.0.0/16", services: "100.65.0.0/16", dns: "100.65.0.10" } as const;

/** Azure: one subnet for each kind of guest, because security groups, delegations and routes hang on the subnet. */
const purposeShares = {
  nodes: { offset: 0, bits: 2 },
  training: { offset: 64, bits: 4 },
  serving: { offset: 80, bits: 4 },
  privateEndpoints: { offset: 96, bits: 6 },
  database: { offset: 100, bits: 6 },
  loadBalancer: { offset: 104, bits: 6 },
  bastion: { offset: 108, bits: 6 },
  controlPlane: { offset: 112, bits: 6 },
} as const satisfies Record<string, Share>;

export function purposePlan(network: string): { readonly [T in keyof typeof purposeShares]: string } {
  return carveAll(network, purposeShares);
}

function carveAll<T extends string>(network: string, shares: Record<T, Share>): Record<T, string> {
  const carved = Object.entries<Share>(shares).map(([tier, share]) => [tier, carve(network, share)]);
  return Object.fromEntries(carved) as Record<T, string>;
}

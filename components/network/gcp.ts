import * as compute from "@pulumi/gcp/compute";
import * as servicenetworking from "@pulumi/gcp/servicenetworking";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { firstAddress, prefixOf } from "./cidr";
import type { NetworkArgs, NetworkDrivers } from "./contract";
import { adoptNetwork, type Subnets } from "./existing";
import { createFirewalls } from "./gcp-firewall";
import { keepFlowLogs } from "./gcp-flow-logs";
import { createPrivateZones } from "./gcp-private-access";
import { regionalPlan } from "./plan";

/** Names of the secondary ranges that clusters put pods and services in. */
const podRange = "pods";
const serviceRange = "services";

/** A custom-mode VPC network with one regional subnet for each tier. */
export const gcp: NetworkDrivers["gcp"] = (context, args) => {
  const subnets = args.existing === undefined ? createNetwork(context, args) : adoptNetwork(args.existing);
  const plan = args.existing === undefined ? regionalPlan(args.cidr) : undefined;
  const unlinked = pulumi.output<string | undefined>(undefined);
  return {
    ...subnets,
    firewallIds: createFirewalls(context, subnets.networkId, plan?.managedServices),
    clusterRanges:
      plan === undefined
        ? undefined
        : { pods: podRange, services: serviceRange, controlPlane: plan.controlPlane },
    logSources: [],
    lockTargets: [],
    controlPlaneSubnetId: unlinked,
    privateLink: { subnetId: unlinked, zoneIds: { blob: unlinked, vault: unlinked, registry: unlinked } },
  };
};

function createNetwork(context: DriverContext<"gcp">, args: NetworkArgs): Subnets {
  const { name, child } = context;
  const plan = regionalPlan(args.cidr);
  // Named by Pulumi, with a random end: what Google keeps of a deleted network's peerings goes by its name.
  const network = new compute.Network(
    name,
    {
      autoCreateSubnetworks: false,
      routingMode: "REGIONAL",
      description: "ML platform",
    },
    child,
  );
  const subnet = (tier: "public" | "private" | "data", secondary: Record<string, string> = {}) =>
    createSubnet(context, network, { tier, range: plan[tier], secondary });
  const publicTier = subnet("public");
  const privateTier = subnet("private", { [podRange]: plan.pods, [serviceRange]: plan.services });
  const dataTier = subnet("data");
  const egressIps = createNat(context, network, args);
  createManagedServicesRange(context, network, plan.managedServices);
  createPrivateZones(context, network);
  keepFlowLogs(context, network, { subnets: [publicTier, privateTier, dataTier], days: args.flowLogDays });
  return {
    networkId: network.selfLink,
    cidr: pulumi.output(args.cidr),
    publicSubnetIds: pulumi.all([publicTier.selfLink]),
    privateSubnetIds: pulumi.all([privateTier.selfLink]),
    dataSubnetIds: pulumi.all([dataTier.selfLink]),
    egressIps,
  };
}

interface Tier {
  readonly tier: string;
  readonly range: string;
  /** Range name to CIDR. */
  readonly secondary: Readonly<Record<string, string>>;
}

function createSubnet(
  { name, settings, child }: DriverContext<"gcp">,
  network: compute.Network,
  { tier, range, secondary }: Tier,
) {
  return new compute.Subnetwork(
    `${name}-${tier}`,
    {
      network: network.id,
      region: settings.region,
      ipCidrRange: range,
      privateIpGoogleAccess: true,
      secondaryIpRanges: Object.entries(secondary).map(([rangeName, ipCidrRange]) => ({
        rangeName,
        ipCidrRange,
      })),
      logConfig: {
        aggregationInterval: "INTERVAL_10_MIN",
        flowSampling: 0.5,
        metadata: "INCLUDE_ALL_METADATA",
      },
    },
    child,
  );
}

/**
 * Cloud NAT is regional and has no zone to lose: `perZone` here means as many reserved addresses as zones, so that the
 * ports of one do not run out for all.
 */
function createNat(
  { name, settings, tags, child }: DriverContext<"gcp">,
  network: compute.Network,
  args: NetworkArgs,
) {
  const count = { single: 1, perZone: args.zones }[args.natStrategy];
  const addresses = Array.from(
    { length: count },
    (_, index) =>
      new compute.Address(
        `${name}-nat-${index + 1}`,
        { region: settings.region, addressType: "EXTERNAL", networkTier: "PREMIUM", labels: tags },
        child,
      ),
  );
  const router = new compute.Router(
    `${name}-router`,
    { network: network.id, region: settings.region, description: "ML platform: way out" },
    child,
  );
  new compute.RouterNat(
    `${name}-nat`,
    {
      router: router.name,
      region: settings.region,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: addresses.map((address) => address.selfLink),
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    child,
  );
  return pulumi.all(addresses.map((address) => address.address));
}

/** Private services access: the addresses that Cloud SQL and Memorystore get inside the network. */
function createManagedServicesRange(
  { name, tags, child }: DriverContext<"gcp">,
  network: compute.Network,
  range: string,
): void {
  const reserved = new compute.GlobalAddress(
    `${name}-managed-services`,
    {
      network: network.id,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address: firstAddress(range),
      prefixLength: prefixOf(range),
      description: "Cloud SQL and Memorystore",
      labels: tags,
    },
    child,
  );
  new servicenetworking.Connection(
    `${name}-managed-services`,
    {
      network: network.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [reserved.name],
      // Google holds the peering for days after its last database is gone and refuses its deletion until then, so it
      // is left to go with the network. Should it outlive a network of the same name, it is changed, not made anew.
      deletionPolicy: "ABANDON",
      updateOnCreationFail: true,
    },
    child,
  );
}

import * as container from "@pulumi/gcp/container";
import type { input as types } from "@pulumi/gcp/types";
import type * as pulumi from "@pulumi/pulumi";
import { acceleratorZones } from "../catalog/accelerator-zones";
import type { Capacity } from "../catalog/accelerators";
import type { DriverContext } from "../core/capability";
import type { ClusterArgs } from "./contract";
import { accelerated, nodeDiskGiB, type PoolPlan } from "./pools";

const bootDisk = { diskSizeGb: nodeDiskGiB, diskType: "pd-balanced", imageType: "COS_CONTAINERD" } as const;
const oauthScopes = ["https://www.googleapis.com/auth/cloud-platform"];
const shieldedInstanceConfig = { enableSecureBoot: true, enableIntegrityMonitoring: true };

/** What every machine has, whoever makes it. Scopes are wide because IAM roles are what narrows an account. */
export function machineDefaults(nodes: pulumi.Output<string>, { key }: ClusterArgs) {
  return {
    ...bootDisk,
    bootDiskKmsKey: key.keyId,
    serviceAccount: nodes,
    oauthScopes,
    shieldedInstanceConfig,
    metadata: { "disable-legacy-endpoints": "true" },
  };
}

/** Cores and memory that a general node counts for, at least and at most, in the limits of the whole cluster. */
const perNode = { cpu: { min: 2, max: 4 }, memory: { min: 4, max: 16 } } as const;

/**
 * Pools that GKE makes by itself for pods that fit none of ours, within limits of the whole cluster: our own pools count
 * too, so accelerated machines, which are larger than a general node, are added as they are.
 */
export function autoscaling(
  args: ClusterArgs,
  nodes: pulumi.Output<string>,
): container.ClusterArgs["clusterAutoscaling"] {
  const plain = args.pools.filter(({ machine }) => !accelerated(machine));
  const special = args.pools.filter(({ machine }) => accelerated(machine));
  const sum = (pools: readonly PoolPlan[], size: (pool: PoolPlan) => number) =>
    pools.reduce((total, pool) => total + size(pool), 0);
  const limit = (resourceType: keyof typeof perNode, extra: (pool: PoolPlan) => number) => ({
    resourceType,
    minimum: sum(plain, ({ min }) => min) * perNode[resourceType].min,
    maximum: sum(plain, ({ max }) => max) * perNode[resourceType].max + sum(special, extra),
  });
  const accelerators = special.flatMap(({ machine, max }) =>
    accelerated(machine) ? [[machine.accelerator ?? "", machine.gpus * max] as const] : [],
  );
  const totals = new Map<string, number>();
  for (const [type, count] of accelerators) totals.set(type, (totals.get(type) ?? 0) + count);
  return {
    enabled: true,
    autoscalingProfile: "BALANCED",
    resourceLimits: [
      limit("cpu", ({ machine, max }) => machine.vcpus * max),
      limit("memory", ({ machine, max }) => machine.memoryGiB * max),
      ...[...totals].map(([resourceType, maximum]) => ({ resourceType, minimum: 0, maximum })),
    ],
    autoProvisioningDefaults: {
      diskSize: nodeDiskGiB,
      diskType: bootDisk.diskType,
      imageType: bootDisk.imageType,
      bootDiskKmsKey: args.key.keyId,
      serviceAccount: nodes,
      oauthScopes,
      shieldedInstanceConfig,
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
    },
  };
}

interface PoolArgs extends ClusterArgs {
  readonly cluster: container.Cluster;
  readonly nodes: pulumi.Output<string>;
}

/** A node pool for each pool of the plan. */
export function createNodePools(context: DriverContext<"gcp">, args: PoolArgs): void {
  for (const pool of args.pools) createNodePool(context, args, pool);
}

/** How a node asks for its machine. A reservation of any name is taken first, and list price is what is left. */
const provisioning: { readonly [C in Capacity]: types.container.NodePoolNodeConfig } = {
  reservation: { reservationAffinity: { consumeReservationType: "ANY_RESERVATION" } },
  "on-demand": {},
  "flexible-start": { flexStart: true, reservationAffinity: { consumeReservationType: "NO_RESERVATION" } },
  spot: { spot: true },
};

function createNodePool(
  { name, settings, tags, child }: DriverContext<"gcp">,
  args: PoolArgs,
  pool: PoolPlan,
) {
  const initial = pool.min === 0 ? 0 : Math.max(1, Math.floor(pool.min / args.zones));
  new container.NodePool(
    `${name}-${pool.name}`,
    {
      name: pool.name,
      cluster: args.cluster.name,
      location: settings.region,
      // Per zone, and only the start: from then on the autoscaler counts the whole pool.
      initialNodeCount: initial,
      ...locations(settings.region, args.zones, pool),
      autoscaling: {
        totalMinNodeCount: pool.min,
        totalMaxNodeCount: pool.max,
        locationPolicy: pool.capacity === "on-demand" ? "BALANCED" : "ANY",
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        ...machineDefaults(args.nodes, args),
        ...provisioning[pool.capacity],
        machineType: pool.machine.type,
        ...guestAccelerators(pool),
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        labels: pool.labels,
        taints: pool.taints.map((taint) => ({ ...taint, effect: "NO_SCHEDULE" })),
        tags: [args.network.firewallIds.nodes],
        resourceLabels: tags,
      },
    },
    { ...child, ignoreChanges: ["initialNodeCount"] },
  );
}

/** A pool fails whole where one of its zones lacks the accelerator, so those that have it are named. */
function locations(region: string, zones: number, { accelerator }: PoolPlan) {
  const known = accelerator === undefined ? [] : (acceleratorZones("gcp", region, accelerator) ?? []);
  return known.length === 0 ? {} : { nodeLocations: known.slice(0, zones) };
}

/** GKE installs and updates the driver: nothing inside the cluster may do so too. */
function guestAccelerators({ machine }: PoolPlan) {
  if (!accelerated(machine)) return {};
  return {
    guestAccelerators: [
      {
        type: machine.accelerator ?? "",
        count: machine.gpus,
        gpuDriverInstallationConfig: { gpuDriverVersion: "DEFAULT" },
      },
    ],
  };
}

import * as containerservice from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import type { Capacity } from "../catalog/accelerators";
import type { DriverContext } from "../core/capability";
import type { Environment } from "../core/cloud";
import type { Tags } from "../core/tags";
import type { ClusterArgs } from "./contract";
import { accelerated, nodeDiskGiB, type PoolPlan, type Taint } from "./pools";

/** What AKS itself puts on spot nodes; said here too, so that what is there is what the program says. */
const spotMark = { key: "kubernetes.azure.com/scalesetpriority", value: "spot" };
export const spotTaint: Taint = spotMark;

const maxPods = 110;

interface Placement {
  readonly subnetId: pulumi.Output<string>;
  readonly zones: number;
}

/** What every pool has, the system pool too. */
const nodeDefaults = ({ subnetId, zones }: Placement) => ({
  type: "VirtualMachineScaleSets",
  osType: "Linux",
  osSKU: "AzureLinux",
  osDiskSizeGB: nodeDiskGiB,
  kubeletDiskType: "OS",
  enableAutoScaling: true,
  enableEncryptionAtHost: true,
  enableNodePublicIP: false,
  maxPods,
  vnetSubnetID: subnetId,
  availabilityZones: Array.from({ length: zones }, (_, zone) => String(zone + 1)),
  securityProfile: { enableSecureBoot: true, enableVTPM: true },
});

/** AKS wants no burstable machine for its own pods. */
const systemPools: { readonly [E in Environment]: { readonly vmSize: string; readonly min: number } } = {
  dev: { vmSize: "Standard_D2s_v5", min: 1 },
  staging: { vmSize: "Standard_D2s_v5", min: 2 },
  prod: { vmSize: "Standard_D4s_v5", min: 3 },
};

/** The pool of the cluster's own pods: never on spot machines, and closed to all others. */
export function systemPool(
  environment: Environment,
  args: Placement & { readonly tags: Tags; readonly version: string },
) {
  const { vmSize, min } = systemPools[environment];
  return {
    ...nodeDefaults(args),
    name: "system",
    mode: "System",
    vmSize,
    count: min,
    minCount: min,
    maxCount: min + 2,
    osDiskType: "Managed",
    orchestratorVersion: args.version,
    nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
    upgradeSettings,
    tags: args.tags,
  };
}

const upgradeSettings = { maxSurge: "33%", drainTimeoutInMinutes: 30 };

interface PoolArgs extends ClusterArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  readonly cluster: containerservice.ManagedCluster;
}

/** An agent pool for each pool of the plan, one after the other: AKS changes one at a time. */
export function createNodePools(context: DriverContext<"azure">, args: PoolArgs): void {
  let previous: pulumi.Resource[] = [];
  for (const pool of args.pools) previous = [createNodePool(context, args, pool, previous)];
}

/** Names have 12 lower-case letters and digits at most, so ways to get machines are shortened. */
const short: { readonly [C in Capacity]: string } = {
  reservation: "res",
  "on-demand": "od",
  "flexible-start": "flex",
  spot: "spot",
};

/** `training-spot` is `trainingspot`. */
export function agentPoolName({ name, capacity }: Pick<PoolPlan, "name" | "capacity">): string {
  return name.replace(`-${capacity}`, short[capacity]);
}

function createNodePool(
  { name, tags, child }: DriverContext<"azure">,
  args: PoolArgs,
  pool: PoolPlan,
  after: pulumi.Resource[],
): containerservice.AgentPool {
  const isSpot = pool.capacity === "spot";
  const gpu = accelerated(pool.machine);
  const taints = isSpot ? [...pool.taints, spotTaint] : pool.taints;
  return new containerservice.AgentPool(
    `${name}-${pool.name}`,
    {
      ...nodeDefaults(args),
      agentPoolName: agentPoolName(pool),
      resourceGroupName: args.resourceGroupName,
      resourceName: args.cluster.name,
      mode: "User",
      vmSize: pool.machine.type,
      count: pool.min,
      minCount: pool.min,
      maxCount: pool.max,
      // GPU machines have a large local disk; the general ones have none that would hold the system.
      osDiskType: gpu ? "Ephemeral" : "Managed",
      orchestratorVersion: args.version,
      nodeLabels: isSpot ? { ...pool.labels, [spotMark.key]: spotMark.value } : pool.labels,
      nodeTaints: taints.map(({ key, value }) => `${key}=${value}:NoSchedule`),
      ...(gpu ? gpuSettings : {}),
      // Spot machines get no surge: Azure refuses it, since it could not promise the extra ones.
      ...(isSpot ? spotSettings : { scaleSetPriority: "Regular", upgradeSettings }),
      scaleDownMode: "Delete",
      tags,
    },
    { ...child, dependsOn: after, ignoreChanges: ["count"] },
  );
}

/** AKS installs the driver. Its kernel module is not signed for secure boot on these machines. */
const gpuSettings = {
  osSKU: "Ubuntu",
  gpuProfile: { driver: "Install" },
  securityProfile: { enableSecureBoot: false, enableVTPM: false },
};

/** Up to the list price, and a machine that is taken away is gone. */
const spotSettings = { scaleSetPriority: "Spot", scaleSetEvictionPolicy: "Delete", spotMaxPrice: -1 };

import {
  type AcceleratorType,
  acceleratedMachine,
  acceleratorTypes,
  type Capacity,
  machinesWith,
  offeredCapacities,
  offeredTypes,
  retiredAccelerators,
  substituteOf,
} from "../catalog/accelerators";
import { acceleratorZones, regionsWith, typesIn } from "../catalog/accelerator-zones";
import { zonesOf } from "../catalog/regions";
import { supportWarning, supportedVersions, versionList } from "../catalog/versions";
import { capacityOrder } from "../cluster/pools";
import type { GpuSettings } from "../cluster/contract";
import type { Cloud } from "../core/cloud";
import type { Config, RawConfig } from "./keys";
import type { Fault } from "./report";

/** What a schema alone cannot say well: versions that are over, accelerators that are gone. */
export function clusterValueFaults(raw: RawConfig, cloud: Cloud): Fault[] {
  return [
    ...versionFaults(part(raw, "kubernetes", "version"), cloud),
    ...retiredFaults(part(raw, "gpu", "type")),
  ];
}

function part(raw: RawConfig, key: string, name: string): unknown {
  const value = raw[key];
  return typeof value === "object" && value !== null ? (value as RawConfig)[name] : undefined;
}

function versionFaults(version: unknown, cloud: Cloud): Fault[] {
  if (version === undefined || supportedVersions.some((known) => known === version)) return [];
  const quoted = typeof version === "number" ? ", in quotes" : "";
  return [
    {
      path: "kubernetes.version",
      given: version,
      allowed: `a version that all three clouds support${quoted}: ${versionList(cloud)}`,
      example: supportedVersions[0],
    },
  ];
}

/** The names that a retired family goes by: `p3.2xlarge`, `Standard_NC6s_v3`, `nvidia-tesla-k80`. */
function retiredFaults(type: unknown): Fault[] {
  if (typeof type !== "string" || acceleratorTypes.some((known) => known === type)) return [];
  const plain = type
    .toLowerCase()
    .replace(/^(standard_|nvidia-tesla-|nvidia-)/, "")
    .replace(/\..*$/, "")
    .replace(/_/g, "-");
  const successor = retiredAccelerators[plain];
  if (successor === undefined) return [];
  return [
    {
      path: "gpu.type",
      given: type,
      allowed: `${acceleratorTypes.join(", ")}; ${type} is retired, and ${successor} is its successor`,
      example: successor,
    },
  ];
}

/** Clouds whose control plane has its address in the network, and so needs a subnet there. */
const controlPlaneInNetwork: { readonly [C in Cloud]: boolean } = { aws: false, gcp: false, azure: true };

/** What holds between the cluster's settings, and between them and the cloud. */
export function clusterFaults(
  cloud: Cloud,
  region: string | undefined,
  { gpu, network }: Partial<Config>,
): Fault[] {
  return [
    ...gpuFaults(cloud, gpu),
    ...(gpu === undefined || region === undefined ? [] : placeFaults(cloud, region, gpu.type)),
    ...controlPlaneFaults(cloud, network?.existing),
  ];
}

/** Regions that this release does not know are left to the cloud. */
function placeFaults(cloud: Cloud, region: string, type: AcceleratorType): Fault[] {
  const isOffered = machinesWith(cloud, type).length > 0;
  if (!isOffered || zonesOf(cloud, region) === undefined) return [];
  if (acceleratorZones(cloud, region, type)?.length !== 0) return [];
  const here = typesIn(cloud, region);
  const allowed =
    here.length > 0
      ? `${here.join(", ")} in ${region}, or another region: ${regionsWith(cloud, type).join(", ")} have ${type}`
      : `a region with accelerators, because the training pool needs them; ${region} has none, and ${type} is in ${regionsWith(cloud, type).join(", ")}`;
  return [{ path: "gpu.type", given: type, allowed, example: here[0] }];
}

function controlPlaneFaults(cloud: Cloud, existing: Config["network"]["existing"]): Fault[] {
  if (
    existing === undefined ||
    !controlPlaneInNetwork[cloud] ||
    existing.controlPlaneSubnetId !== undefined
  ) {
    return [];
  }
  return [
    {
      path: "network.existing.controlPlaneSubnetId",
      given: undefined,
      allowed: `a subnet of /28 or more for the API server, delegated to Microsoft.ContainerService/managedClusters, because cloud is ${cloud}`,
      example: "/subscriptions/…/virtualNetworks/ml/subnets/api-server",
    },
  ];
}

function gpuFaults(cloud: Cloud, gpu: GpuSettings | undefined): Fault[] {
  return gpu === undefined
    ? []
    : [...spanFaults(gpu), ...machineFaults(cloud, gpu), ...capacityFaults(cloud, gpu)];
}

function spanFaults({ min, max }: GpuSettings): Fault[] {
  if (min <= max) return [];
  return [{ path: "gpu.min", given: min, allowed: `at most gpu.max, which is ${max}`, example: 0 }];
}

function machineFaults(cloud: Cloud, { type, count }: GpuSettings): Fault[] {
  const machines = machinesWith(cloud, type);
  if (machines.length === 0) return [missingType(cloud, type)];
  if (acceleratedMachine(cloud, type, count) !== undefined) return [];
  const counts = machines.map(({ gpus }) => gpus);
  return [
    {
      path: "gpu.count",
      given: count,
      allowed: `${counts.join(", ")}: ${cloud} has no machine with ${count} ${type}`,
      example: counts[0],
    },
  ];
}

function missingType(cloud: Cloud, type: AcceleratorType): Fault {
  const substitute = substituteOf(cloud, type);
  const instead = substitute === undefined ? "" : `; ${substitute} comes closest`;
  return {
    path: "gpu.type",
    given: type,
    allowed: `${offeredTypes(cloud).join(", ")}: ${cloud} has no ${type}${instead}`,
    example: substitute,
  };
}

function capacityFaults(cloud: Cloud, gpu: GpuSettings): Fault[] {
  const offered = offeredCapacities[cloud];
  const missing = (gpu.capacity ?? []).filter((kind) => !offered.includes(kind));
  if (missing.length > 0) return [capacityFault(missing, `${offered.join(", ")} on ${cloud}`, offered)];
  const own = acceleratedMachine(cloud, gpu.type, gpu.count);
  const refused = capacityOrder(gpu).filter((kind) => own?.capacities?.includes(kind) === false);
  if (own?.capacities === undefined || refused.length === 0) return [];
  return [
    capacityFault(
      refused,
      `${own.capacities.join(", ")} for ${own.type}, which ${cloud} hands out in no other way`,
      own.capacities,
    ),
  ];
}

function capacityFault(given: readonly Capacity[], allowed: string, example: readonly Capacity[]): Fault {
  return { path: "gpu.capacity", given, allowed, example: [example[0]] };
}

/** What is right but will not stay so. */
export function clusterWarnings({ cloud, kubernetes }: Partial<Config>, today: Date | undefined): string[] {
  if (cloud === undefined || kubernetes === undefined || today === undefined) return [];
  const warning = supportWarning(cloud, kubernetes.version, today);
  return warning === undefined ? [] : [warning];
}

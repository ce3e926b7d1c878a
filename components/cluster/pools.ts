import {
  type AcceleratorType,
  type AcceleratedMachine,
  acceleratedMachine,
  type Capacity,
} from "../catalog/accelerators";
import { type Machine, machineOf, type Size, sizeTable } from "../catalog/sizes";
import type { Cloud, Environment } from "../core/cloud";
import { type GpuSettings, spotByEnvironment } from "./contract";

/** Effect is always NoSchedule: what runs already is never thrown off by it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
}

/** A group of equal nodes, before any cloud knows of it. */
export interface PoolPlan {
  readonly name: string;
  readonly machine: Machine | AcceleratedMachine;
  /** Type of the machine's accelerators, where it has some. */
  readonly accelerator?: AcceleratorType;
  readonly min: number;
  readonly max: number;
  readonly capacity: Capacity;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

export const nodeDiskGiB = 100;

/** The taint keeps all that does not ask for a GPU away, so that a pool can go to zero. */
const gpuTaint: Taint = { key: "nvidia.com/gpu", value: "true" };

const trainingMax = 5;
const inference = { min: 1, max: 20 };

export interface PoolRequest {
  readonly cloud: Cloud;
  readonly environment: Environment;
  readonly size: Size;
  readonly gpu: GpuSettings;
}

/**
 * The pools of a cluster, the same on every cloud but for their machines.
 *
 * @throws RangeError when the cloud has no machine for the GPUs; config checking says so before.
 */
export function planPools(request: PoolRequest): readonly PoolPlan[] {
  const { cloud, environment, size, gpu } = request;
  const machine = machineOf(cloud, environment, size);
  const capacity: Capacity = spotByEnvironment[environment] ? "spot" : "on-demand";
  const { min, max } = sizeTable[size];
  const plain = { machine, capacity, taints: [] };
  return [
    { ...plain, name: "general", min, max, labels: { workload: "general" } },
    ...gpuPools(request, { name: "training", min: 0, max: trainingMax }),
    { ...plain, name: "inference", ...inference, labels: { workload: "inference" } },
    ...(gpu.enabled ? gpuPools(request, { name: "gpu", min: gpu.min, max: gpu.max }) : []),
  ];
}

/** One pool for each way to get machines, the preferred one first and under the plain name. */
function gpuPools(
  { cloud, gpu }: PoolRequest,
  span: { readonly name: string; readonly min: number; readonly max: number },
): readonly PoolPlan[] {
  const machine = acceleratedMachine(cloud, gpu.type, gpu.count);
  if (machine === undefined) throw new RangeError(`${cloud} has no machine with ${gpu.count} ${gpu.type}`);
  return capacityOrder(gpu).map((capacity, index) => ({
    ...span,
    name: index === 0 ? span.name : `${span.name}-${capacity}`,
    min: index === 0 ? span.min : 0,
    machine,
    accelerator: gpu.type,
    capacity,
    labels: { workload: span.name, accelerator: gpu.type, capacity },
    taints: [gpuTaint],
  }));
}

/** Ways to get GPU nodes, in the order in which they are to be tried. */
export function capacityOrder({ capacity, spot }: GpuSettings): readonly Capacity[] {
  return capacity ?? [spot ? "spot" : "on-demand"];
}

/** Whether a pool's machines have accelerators. */
export function accelerated(machine: Machine | AcceleratedMachine): machine is AcceleratedMachine {
  return "gpus" in machine;
}

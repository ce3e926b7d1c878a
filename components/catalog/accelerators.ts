import type { Cloud } from "../core/cloud";
import type { Machine } from "./sizes";

export const acceleratorTypes = ["t4", "l4", "a10", "a100-40", "a100-80", "h100"] as const;
export type AcceleratorType = (typeof acceleratorTypes)[number];

/** Ways to get a machine: kept for the owner, at list price, when the cloud has one to spare, cheap but revocable. */
export const capacities = ["reservation", "on-demand", "flexible-start", "spot"] as const;
export type Capacity = (typeof capacities)[number];

/** A machine with accelerators. */
export interface AcceleratedMachine extends Machine {
  readonly gpus: number;
  /** The cloud's own name of the accelerator, where a machine must be told (Google Cloud). */
  readonly accelerator?: string;
  /** The ways in which the cloud hands out this machine, where it is not all that it has. */
  readonly capacities?: readonly Capacity[];
}

/** What a cloud has of a type, by number of GPUs; or the type to take instead. */
type Offer = readonly AcceleratedMachine[] | { readonly substitute: AcceleratorType };

const row = (gpus: number, type: string, vcpus: number, memoryGiB: number): AcceleratedMachine => ({
  gpus,
  type,
  vcpus,
  memoryGiB,
});

/** Google Cloud: machines of a family that grow with their GPUs. */
const perGpu = (
  counts: readonly number[],
  { type, accelerator, vcpus, memoryGiB }: { type: string; accelerator: string } & Omit<Machine, "type">,
): readonly AcceleratedMachine[] =>
  counts.map((gpus) => ({
    ...row(gpus, `${type}-${gpus}g`, vcpus * gpus, memoryGiB * gpus),
    accelerator,
  }));

const withAccelerator = (accelerator: string, ...rows: readonly AcceleratedMachine[]) =>
  rows.map((machine) => ({ ...machine, accelerator }));

/** Compute Engine hands out A3 machines with fewer than eight GPUs only in these ways ("GPU machine types", 2026-11-21). */
const partialA3: readonly Capacity[] = ["flexible-start", "spot"];

/**
 * Machines by accelerator type. Sources, read 2026-11-21: EC2 "Accelerated computing instances", Compute Engine "GPU
 * machine types", Azure "GPU accelerated sizes"; prices and offers as in the Karpenter providers' generated tables of
 * 2026-06 to 2026-08. AWS has no machine with one A100, Azure no L4, Google Cloud no A10.
 */
const offers: { readonly [C in Cloud]: { readonly [A in AcceleratorType]: Offer } } = {
  aws: {
    t4: [row(1, "g4dn.xlarge", 4, 16), row(4, "g4dn.12xlarge", 48, 192)],
    l4: [row(1, "g6.xlarge", 4, 16), row(4, "g6.12xlarge", 48, 192), row(8, "g6.48xlarge", 192, 768)],
    a10: [row(1, "g5.xlarge", 4, 16), row(4, "g5.12xlarge", 48, 192), row(8, "g5.48xlarge", 192, 768)],
    "a100-40": [row(8, "p4d.24xlarge", 96, 1152)],
    "a100-80": [row(8, "p4de.24xlarge", 96, 1152)],
    h100: [row(1, "p5.4xlarge", 16, 256), row(8, "p5.48xlarge", 192, 2048)],
  },
  gcp: {
    t4: withAccelerator(
      "nvidia-tesla-t4",
      row(1, "n1-standard-4", 4, 15),
      row(2, "n1-standard-8", 8, 30),
      row(4, "n1-standard-16", 16, 60),
    ),
    l4: withAccelerator(
      "nvidia-l4",
      row(1, "g2-standard-4", 4, 16),
      row(2, "g2-standard-24", 24, 96),
      row(4, "g2-standard-48", 48, 192),
      row(8, "g2-standard-96", 96, 384),
    ),
    a10: { substitute: "l4" },
    "a100-40": perGpu([1, 2, 4, 8], {
      type: "a2-highgpu",
      accelerator: "nvidia-tesla-a100",
      vcpus: 12,
      memoryGiB: 85,
    }),
    "a100-80": perGpu([1, 2, 4, 8], {
      type: "a2-ultragpu",
      accelerator: "nvidia-a100-80gb",
      vcpus: 12,
      memoryGiB: 170,
    }),
    h100: perGpu([1, 2, 4, 8], {
      type: "a3-highgpu",
      accelerator: "nvidia-h100-80gb",
      vcpus: 26,
      memoryGiB: 234,
    }).map((machine) => (machine.gpus < 8 ? { ...machine, capacities: partialA3 } : machine)),
  },
  azure: {
    t4: [row(1, "Standard_NC4as_T4_v3", 4, 28), row(4, "Standard_NC64as_T4_v3", 64, 440)],
    l4: { substitute: "a10" },
    a10: [row(1, "Standard_NV36ads_A10_v5", 36, 440), row(2, "Standard_NV72ads_A10_v5", 72, 880)],
    "a100-40": [row(8, "Standard_ND96asr_v4", 96, 900)],
    "a100-80": [
      row(1, "Standard_NC24ads_A100_v4", 24, 220),
      row(2, "Standard_NC48ads_A100_v4", 48, 440),
      row(4, "Standard_NC96ads_A100_v4", 96, 880),
      row(8, "Standard_ND96amsr_A100_v4", 96, 1900),
    ],
    h100: [
      row(1, "Standard_NC40ads_H100_v5", 40, 320),
      row(2, "Standard_NC80adis_H100_v5", 80, 640),
      row(8, "Standard_ND96isr_H100_v5", 96, 1900),
    ],
  },
};

/**
 * What each cloud's node pools can be told. AWS has capacity blocks, which are bought for a date and not waited for;
 * Azure's reservations must be named by a group that somebody made before, and it has no queue for machines.
 */
export const offeredCapacities: { readonly [C in Cloud]: readonly Capacity[] } = {
  aws: ["reservation", "on-demand", "spot"],
  gcp: ["reservation", "on-demand", "flexible-start", "spot"],
  azure: ["on-demand", "spot"],
};

/** Accelerators that textbooks still name, and what took their place. */
export const retiredAccelerators: Readonly<Record<string, AcceleratorType>> = {
  v100: "a100-40",
  p3: "a100-40",
  "nc6s-v3": "a100-80",
  ncv3: "a100-80",
  k80: "t4",
  p2: "t4",
  ncv1: "t4",
  nc6: "t4",
  p100: "l4",
  ncv2: "a100-80",
  p4: "t4",
};

/** Types that a cloud has. */
export function offeredTypes(cloud: Cloud): readonly AcceleratorType[] {
  return acceleratorTypes.filter((type) => machinesWith(cloud, type).length > 0);
}

/** The type to take instead of one that a cloud has not. */
export function substituteOf(cloud: Cloud, type: AcceleratorType): AcceleratorType | undefined {
  const offer = offers[cloud][type];
  return "substitute" in offer ? offer.substitute : undefined;
}

/** Machines of a cloud with a type of accelerator, by number of GPUs; none where the cloud has not the type. */
export function machinesWith(cloud: Cloud, type: AcceleratorType): readonly AcceleratedMachine[] {
  const offer = offers[cloud][type];
  return "substitute" in offer ? [] : offer;
}

/** The machine with exactly this many GPUs of a type, or undefined when the cloud has none. */
export function acceleratedMachine(
  cloud: Cloud,
  type: AcceleratorType,
  count: number,
): AcceleratedMachine | undefined {
  return machinesWith(cloud, type).find(({ gpus }) => gpus === count);
}

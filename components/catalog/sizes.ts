import type { Cloud, Environment } from "../core/cloud";

export const sizes = ["small", "medium", "large"] as const;
export type Size = (typeof sizes)[number];

/** The size of an environment that says nothing else. */
export const defaultSize: { readonly [E in Environment]: Size } = {
  dev: "small",
  staging: "medium",
  prod: "large",
};

type MachineClass = "medium" | "large" | "xlarge";

/** How many general nodes a size has, and of which class. */
export const sizeTable: {
  readonly [S in Size]: { readonly class: MachineClass; readonly min: number; readonly max: number };
} = {
  small: { class: "medium", min: 2, max: 5 },
  medium: { class: "large", min: 3, max: 10 },
  large: { class: "xlarge", min: 5, max: 20 },
};

/** A machine type and what it has. */
export interface Machine {
  readonly type: string;
  readonly vcpus: number;
  readonly memoryGiB: number;
}

const machine = (type: string, vcpus: number, memoryGiB: number): Machine => ({ type, vcpus, memoryGiB });

/** Sources: the clouds' machine type pages (EC2 instance types, Compute Engine machine families, Azure sizes), 2026-11-21. */
const machines: { readonly [C in Cloud]: { readonly [M in MachineClass]: Machine } } = {
  aws: {
    medium: machine("t3.medium", 2, 4),
    large: machine("t3.large", 2, 8),
    xlarge: machine("m6i.xlarge", 4, 16),
  },
  gcp: {
    medium: machine("e2-medium", 2, 4),
    large: machine("e2-standard-2", 2, 8),
    xlarge: machine("n2-standard-4", 4, 16),
  },
  azure: {
    medium: machine("Standard_B2s", 2, 4),
    large: machine("Standard_D2s_v5", 2, 8),
    xlarge: machine("Standard_D4s_v5", 4, 16),
  },
};

/** In prod no machine lives on burst credits or on shared cores. */
const prodMachines: { readonly [C in Cloud]: { readonly [M in MachineClass]?: Machine } } = {
  aws: { large: machine("m6i.large", 2, 8) },
  gcp: { large: machine("n2-standard-2", 2, 8) },
  azure: {},
};

/** The machine of a size's nodes on a cloud. */
export function machineOf(cloud: Cloud, environment: Environment, size: Size): Machine {
  const { class: machineClass } = sizeTable[size];
  const better = environment === "prod" ? prodMachines[cloud][machineClass] : undefined;
  return better ?? machines[cloud][machineClass];
}

/** A Compute Engine machine type, as far as quotas, GPUs and zones go. */
export interface GcpMachine {
  readonly vcpus: number;
  /** The regional quota that counts its vCPUs. */
  readonly quota: string;
  /** GPUs that are part of the machine. */
  readonly gpu?: { readonly type: string; readonly count: number };
  /** Whether GPUs may be attached. */
  readonly attaches: boolean;
}

/** Families whose sizes follow a pattern: quota of their vCPUs and the sizes. Source: Compute Engine, 2026-11-21. */
const families: Readonly<Record<string, { readonly quota: string; readonly vcpus: readonly number[] }>> = {
  e2: { quota: "CPUS", vcpus: [2, 4, 8, 16, 32] },
  n1: { quota: "CPUS", vcpus: [1, 2, 4, 8, 16, 32, 64, 96] },
  n2: { quota: "N2_CPUS", vcpus: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128] },
  n2d: { quota: "N2D_CPUS", vcpus: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224] },
  n4: { quota: "N4_CPUS", vcpus: [2, 4, 8, 16, 32, 48, 64, 80] },
  c2: { quota: "C2_CPUS", vcpus: [4, 8, 16, 30, 60] },
  c2d: { quota: "C2D_CPUS", vcpus: [2, 4, 8, 16, 32, 56, 112] },
  c3: { quota: "C3_CPUS", vcpus: [4, 8, 22, 44, 88, 176] },
  c3d: { quota: "C3D_CPUS", vcpus: [4, 8, 16, 30, 60, 90, 180, 360] },
  c4: { quota: "C4_CPUS", vcpus: [2, 4, 8, 16, 24, 32, 48, 96, 144, 192, 288] },
  t2d: { quota: "T2D_CPUS", vcpus: [1, 2, 4, 8, 16, 32, 48, 60] },
};

type Built = readonly [type: string, count: number, vcpus: number, quota: string];

/** Machines with GPUs of their own. Source: Compute Engine, "Accelerator-optimized machine family", 2026-11-21. */
const accelerated: Readonly<Record<string, Built>> = {
  "g2-standard-4": ["nvidia-l4", 1, 4, "G2_CPUS"],
  "g2-standard-8": ["nvidia-l4", 1, 8, "G2_CPUS"],
  "g2-standard-12": ["nvidia-l4", 1, 12, "G2_CPUS"],
  "g2-standard-16": ["nvidia-l4", 1, 16, "G2_CPUS"],
  "g2-standard-24": ["nvidia-l4", 2, 24, "G2_CPUS"],
  "g2-standard-32": ["nvidia-l4", 1, 32, "G2_CPUS"],
  "g2-standard-48": ["nvidia-l4", 4, 48, "G2_CPUS"],
  "g2-standard-96": ["nvidia-l4", 8, 96, "G2_CPUS"],
  "g4-standard-48": ["nvidia-rtx-pro-6000", 1, 48, "G4_CPUS"],
  "a2-highgpu-1g": ["nvidia-tesla-a100", 1, 12, "A2_CPUS"],
  "a2-highgpu-2g": ["nvidia-tesla-a100", 2, 24, "A2_CPUS"],
  "a2-highgpu-4g": ["nvidia-tesla-a100", 4, 48, "A2_CPUS"],
  "a2-highgpu-8g": ["nvidia-tesla-a100", 8, 96, "A2_CPUS"],
  "a2-megagpu-16g": ["nvidia-tesla-a100", 16, 96, "A2_CPUS"],
  "a2-ultragpu-1g": ["nvidia-a100-80gb", 1, 12, "A2_CPUS"],
  "a2-ultragpu-2g": ["nvidia-a100-80gb", 2, 24, "A2_CPUS"],
  "a2-ultragpu-4g": ["nvidia-a100-80gb", 4, 48, "A2_CPUS"],
  "a2-ultragpu-8g": ["nvidia-a100-80gb", 8, 96, "A2_CPUS"],
  "a3-highgpu-1g": ["nvidia-h100-80gb", 1, 26, "A3_CPUS"],
  "a3-highgpu-2g": ["nvidia-h100-80gb", 2, 52, "A3_CPUS"],
  "a3-highgpu-4g": ["nvidia-h100-80gb", 4, 104, "A3_CPUS"],
  "a3-highgpu-8g": ["nvidia-h100-80gb", 8, 208, "A3_CPUS"],
  "a3-megagpu-8g": ["nvidia-h100-mega-80gb", 8, 208, "A3_CPUS"],
  "a3-ultragpu-8g": ["nvidia-h200-141gb", 8, 224, "A3_CPUS"],
  "a4-highgpu-8g": ["nvidia-b200", 8, 224, "A4_CPUS"],
};

/** How many GPUs of a type a machine of the N1 family may have. Source: Compute Engine, "GPU platforms", 2026-11-21. */
export const attachable: Readonly<Record<string, readonly number[]>> = {
  "nvidia-tesla-t4": [1, 2, 4],
  "nvidia-tesla-p4": [1, 2, 4],
  "nvidia-tesla-v100": [1, 2, 4, 8],
  "nvidia-tesla-p100": [1, 2, 4],
};

/** Zones that have a GPU type. Source: Compute Engine, "GPU regions and zones", as known on 2026-11-21; not complete. */
const gpuZones: Readonly<Record<string, string>> = {
  "nvidia-tesla-t4":
    "us-central1-abcf us-east1-cd us-east4-abc us-west1-ab us-west2-bc us-west3-b us-west4-ab europe-west1-bcd europe-west2-ab europe-west3-b europe-west4-abc europe-central2-bc asia-east1-ac asia-east2-ac asia-northeast1-ac asia-northeast3-bc asia-south1-ab asia-southeast1-abc asia-southeast2-ab australia-southeast1-ac northamerica-northeast1-c southamerica-east1-ac me-west1-bc",
  "nvidia-l4":
    "us-central1-abc us-east1-bcd us-east4-ac us-west1-abc us-west4-ac europe-west1-bc europe-west2-ab europe-west3-b europe-west4-abc europe-west6-bc asia-east1-abc asia-northeast1-abc asia-northeast3-ab asia-south1-abc asia-southeast1-abc northamerica-northeast2-ab me-central2-ac",
  "nvidia-tesla-a100":
    "us-central1-abcf us-east1-b us-west1-b us-west3-b us-west4-b europe-west4-ab asia-northeast1-ac asia-northeast3-b asia-southeast1-bc me-west1-ac",
  "nvidia-a100-80gb": "us-central1-ac us-east4-c us-east5-b europe-west4-a asia-southeast1-c",
  "nvidia-h100-80gb":
    "us-central1-abc us-east4-abc us-east5-a us-west1-ab us-west4-a europe-west1-bc europe-west4-bc asia-northeast1-b asia-southeast1-bc",
  "nvidia-h100-mega-80gb":
    "us-central1-abc us-east4-abc us-east5-a us-west1-a us-west4-a europe-west1-bc europe-west4-bc asia-northeast1-b asia-southeast1-bc australia-southeast1-c",
  "nvidia-h200-141gb":
    "us-central1-b us-east1-b us-east4-b us-east5-a us-south1-b us-west1-c europe-west1-b asia-south2-c",
  "nvidia-b200": "us-central1-b us-east1-b us-east4-b us-west2-c europe-west4-b asia-southeast1-b",
  "nvidia-rtx-pro-6000": "us-central1-b us-east4-c us-east5-c us-west4-a europe-west4-b asia-southeast1-b",
  "nvidia-tesla-v100": "us-central1-abcf us-east1-c us-west1-ab europe-west4-abc asia-east1-c",
  "nvidia-tesla-p100": "us-central1-cf us-east1-bc us-west1-ab europe-west1-bd europe-west4-a asia-east1-ac",
  "nvidia-tesla-p4": "us-central1-ac us-east4-abc us-west2-bc europe-west4-bc asia-southeast1-bc",
};

/** Zones of a region that are not a, b and c. Source: Compute Engine, "Regions and zones", 2026-11-21. */
const zoneLetters: Readonly<Record<string, string>> = {
  "us-central1": "abcf",
  "us-east1": "bcd",
  "europe-west1": "bcd",
};

/** Zones of a region, by name. */
export function gcpZones(region: string): readonly string[] {
  return Array.from(zoneLetters[region] ?? "abc").map((letter) => `${region}-${letter}`);
}

/** Whether the local clouds know a GPU type. */
export function isGpuType(type: string): boolean {
  return gpuZones[type] !== undefined;
}

/** Whether a zone has a GPU type. */
export function zoneHasGpu(zone: string, type: string): boolean {
  const [region, letter = "?"] = [zone.slice(0, -2), zone.at(-1)];
  return (gpuZones[type] ?? "").split(" ").some((entry) => {
    const [name, letters = ""] = [entry.slice(0, entry.lastIndexOf("-")), entry.split("-").at(-1)];
    return name === region && letters.includes(letter);
  });
}

/** What a machine type is; undefined for one that Compute Engine does not have. */
export function gcpMachine(type: string): GcpMachine | undefined {
  const built = accelerated[type];
  if (built !== undefined) {
    const [gpu, count, vcpus, quota] = built;
    return { vcpus, quota, gpu: { type: gpu, count }, attaches: false };
  }
  if (/^e2-(micro|small|medium)$/.test(type)) return { vcpus: 2, quota: "CPUS", attaches: false };
  const [, name = "", size = ""] =
    /^([a-z]\d[a-z]?)-(?:standard|highmem|highcpu)-(\d+)(?:-lssd)?$/.exec(type) ?? [];
  const family = families[name];
  if (family === undefined || !family.vcpus.includes(Number(size))) return undefined;
  return { vcpus: Number(size), quota: family.quota, attaches: name === "n1" };
}

/** The regional quota of a GPU type. Spot ones are counted apart. */
export function gpuQuota(type: string, spot: boolean): string {
  const name = type
    .replace(/^nvidia-(tesla-)?/, "")
    .replaceAll("-", "_")
    .toUpperCase();
  return `${spot ? "PREEMPTIBLE_" : ""}NVIDIA_${name}_GPUS`;
}

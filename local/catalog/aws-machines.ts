/** An EC2 instance type, as far as quotas, images and zones go. */
export interface AwsMachine {
  readonly vcpus: number;
  /** Which quotas count it: `standard`, `g`, `p`. */
  readonly quota: keyof typeof awsQuotas;
  readonly arm: boolean;
  readonly gpu: boolean;
}

/**
 * vCPU quotas by kind of instance: on demand and spot, under the names of Service Quotas.
 * Source: Amazon EC2 user guide, "Instance type quotas", 2026-11-21.
 */
export const awsQuotas = {
  standard: {
    onDemand: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
    spot: "All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests",
  },
  g: {
    onDemand: "Running On-Demand G and VT instances",
    spot: "All G and VT Spot Instance Requests",
  },
  p: { onDemand: "Running On-Demand P instances", spot: "All P5 Spot Instance Requests" },
} as const;

const general = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"];
const older = [
  "large",
  "xlarge",
  "2xlarge",
  "4xlarge",
  "8xlarge",
  "9xlarge",
  "12xlarge",
  "16xlarge",
  "18xlarge",
  "24xlarge",
];
const graviton = ["medium", ...general.slice(0, 7)];
const burstable = ["nano", "micro", "small", "medium", "large", "xlarge", "2xlarge"];
const graphics = ["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"];

/** Sizes of each family. Source: Amazon EC2 instance types, 2026-11-21; families that a cluster's nodes use. */
const families: Readonly<Record<string, readonly string[]>> = {
  ...of(["m5", "m5a", "m5d", "m5n", "r5", "r5a", "r5d", "c5", "c5a", "c5d", "c5n"], older),
  ...of(
    ["m6i", "m6a", "m6id", "r6i", "r6a", "c6i", "c6a", "c6id", "c6in"],
    [...general, "32xlarge", "48xlarge"],
  ),
  ...of(["m7i", "m7a", "r7i", "r7a", "c7i", "c7a", "m8i", "m8a", "c8i", "r8i"], [...general, "48xlarge"]),
  ...of(["m7i-flex", "c7i-flex"], general.slice(0, 5)),
  ...of(["m6g", "r6g", "c6g", "m7g", "r7g", "c7g", "m8g", "r8g", "c8g"], graviton),
  ...of(["t3", "t3a", "t4g"], burstable),
  g4dn: ["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"],
  g5: graphics,
  g6: graphics,
  g6e: graphics,
  g7e: ["2xlarge", "4xlarge", "8xlarge", "12xlarge", "24xlarge", "48xlarge"],
  p4d: ["24xlarge"],
  p4de: ["24xlarge"],
  p5: ["4xlarge", "48xlarge"],
  p5e: ["48xlarge"],
  p5en: ["48xlarge"],
  "p6-b200": ["48xlarge"],
};

function of(names: readonly string[], sizes: readonly string[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(names.map((name) => [name, sizes]));
}

/** Regions that have a family, for those that few regions have. Source: EC2 instance types by region, 2026-11-21. */
const fewRegions: Readonly<Record<string, readonly string[]>> = {
  p4d: [
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "eu-west-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "eu-central-1",
  ],
  p4de: ["us-east-1", "us-west-2"],
  p5: [
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "eu-north-1",
    "eu-west-2",
    "ap-northeast-1",
    "ap-south-1",
    "sa-east-1",
    "ap-southeast-2",
  ],
  p5e: ["us-east-2", "us-west-2", "eu-north-1", "ap-northeast-1"],
  p5en: ["us-east-1", "us-east-2", "us-west-2", "eu-north-1", "ap-northeast-1", "ap-south-1"],
  "p6-b200": ["us-east-1", "us-east-2", "us-west-2"],
  g7e: ["us-east-1", "us-east-2", "us-west-2"],
};

/**
 * Zones that lack families, as the account of the local clouds sees them: names of zones differ between accounts.
 * `us-east-1e` is the oldest zone of its region and has no type that came after the fourth generation.
 */
const lacking: Readonly<Record<string, RegExp>> = {
  "us-east-1e": /^(m[5-9]|c[5-9]|r[5-9]|t3|t4g|g[4-9]|p[4-9])/,
  "us-east-1f": /^(p[4-9]|g7e)/,
  "us-west-2d": /^(p[4-9]|g7e|g6e)/,
  "us-west-2a": /^p5/,
  "eu-west-1c": /^p4d/,
  "ap-northeast-1d": /^p[4-9]/,
};

/** Zones in which EKS puts no control plane (zone id use1-az3 and its like). Source: EKS user guide, 2026-11-21. */
export const zonesWithoutControlPlane: readonly string[] = ["us-east-1e"];

/** What an instance type is; undefined for one that EC2 does not have. */
export function awsMachine(type: string): AwsMachine | undefined {
  const [family = "", size = ""] = type.split(".");
  if (families[family]?.includes(size) !== true) return undefined;
  const gpu = /^[gp]\d/.test(family);
  const quota = family.startsWith("g") ? "g" : family.startsWith("p") ? "p" : "standard";
  return { vcpus: vcpusOf(family, size), quota, arm: /^[a-z]\d+g/.test(family), gpu };
}

function vcpusOf(family: string, size: string): number {
  const multiple = /^(\d*)xlarge$/.exec(size)?.[1];
  if (multiple !== undefined) return 4 * Number(multiple === "" ? 1 : multiple);
  return size === "medium" && !family.startsWith("t") ? 1 : 2;
}

/** Whether a zone such as `us-east-1a` has an instance type. */
export function zoneHas(zone: string, type: string): boolean {
  const family = type.split(".")[0] ?? "";
  const few = fewRegions[family];
  if (few !== undefined && !few.includes(zone.slice(0, -1))) return false;
  return lacking[zone]?.test(family) !== true;
}

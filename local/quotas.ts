import { CloudError } from "./cloud-error";

/** Clouds whose quotas can be set. */
export type QuotaCloud = "aws" | "gcp" | "azure-native";

/** Limits by cloud and by the cloud's own name of the quota. What is not named is not limited. */
export type Quotas = Readonly<Partial<Record<QuotaCloud, Readonly<Record<string, number>>>>>;

/** The environment variable through which a child process is told its quotas, as a JSON object. */
export const quotasVariable = "MLP_LOCAL_QUOTAS";

const clouds: readonly string[] = ["aws", "gcp", "azure-native"];
const example = '{"aws":{"Running On-Demand G and VT instances":8},"gcp":{"NVIDIA_T4_GPUS":0}}';

/** The quotas that the environment sets. @throws Error when the variable holds anything but limits by cloud. */
export function quotasFromEnvironment(value: string | undefined): Quotas {
  if (value === undefined || value === "") return {};
  const parsed = parse(value);
  if (isQuotas(parsed)) return parsed;
  throw new Error(
    `${quotasVariable} is ${JSON.stringify(value)}; it must be a JSON object of limits (numbers, not below 0) by name for any of ${clouds.join(", ")}, for example ${example}`,
  );
}

/** Two sets of quotas in one; those of the second count where both name a quota. */
export function mergedQuotas(first: Quotas, second: Quotas): Quotas {
  const both = (cloud: QuotaCloud): Readonly<Record<string, number>> => ({
    ...first[cloud],
    ...second[cloud],
  });
  return { aws: both("aws"), gcp: both("gcp"), "azure-native": both("azure-native") };
}

/** What a request needs of a quota, and how much of it is in use. */
export interface Demand {
  readonly name: string;
  readonly needed: number;
  readonly used: number;
}

/** The first demand that goes over its limit, with the cloud's refusal; undefined when all fit. */
export function overQuota(
  limits: Readonly<Record<string, number>> | undefined,
  demands: readonly Demand[],
  refusal: (demand: Demand, limit: number) => CloudError,
): CloudError | undefined {
  for (const demand of demands) {
    const limit = limits?.[demand.name];
    if (limit !== undefined && demand.needed > 0 && demand.used + demand.needed > limit)
      return refusal(demand, limit);
  }
  return undefined;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isQuotas(value: unknown): value is Quotas {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([cloud, limits]) =>
      clouds.includes(cloud) &&
      typeof limits === "object" &&
      limits !== null &&
      Object.values(limits as object).every((limit) => typeof limit === "number" && limit >= 0),
  );
}

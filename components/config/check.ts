import type { z } from "zod";
import { zonesOf } from "../catalog/regions";
import type { StackConfig } from ".";
import { type Cloud, clouds, type Environment, environments, type Scope, type Target } from "../core/cloud";
import { clusterFaults, clusterValueFaults, clusterWarnings } from "./check-cluster";
import { type Config, configKeys, type RawConfig } from "./keys";
import { type Fault, faultOf, unknownKeyFault } from "./report";

/** What checking a config found. `config` is there exactly when there are no faults. */
export interface Checked {
  readonly config: StackConfig | undefined;
  readonly faults: readonly Fault[];
  readonly warnings: readonly string[];
}

/**
 * Checks everything, whatever else is wrong: each key by its own schema, then what holds between keys, for the keys that
 * are right by themselves.
 *
 * @param today - day by which ends of support are judged; without it there is no warning of them.
 */
export function checkConfig(raw: RawConfig, stack: string, today?: Date): Checked {
  const scope = scopeOf(raw, stack);
  const keys = configKeys(scope);
  const values: Partial<Config> = {};
  const faults = [...placeholderFaults(raw), ...clusterValueFaults(raw, scope.cloud)];
  for (const [key, schema] of Object.entries<z.ZodType>(keys)) {
    const parsed = schema.safeParse(raw[key]);
    if (parsed.success) Object.assign(values, { [key]: parsed.data });
    else faults.push(...parsed.error.issues.map((issue) => faultOf(key, schema, raw[key], issue)));
  }
  faults.push(...Object.keys(raw).flatMap((key) => unknownKeyFault(key, Object.keys(keys))));
  faults.push(...environmentFaults(raw, stack), ...relationFaults(values, raw));
  const target = faults.length === 0 ? targetOf(values) : undefined;
  return {
    config: target === undefined ? undefined : { ...(values as Config), target },
    faults: onePerPath(faults),
    warnings: [...regionWarnings(values), ...clusterWarnings(values, today)],
  };
}

/** Defaults follow cloud and environment; where those are wrong themselves, any will do to check the rest. */
function scopeOf(raw: RawConfig, stack: string): Scope {
  const cloud = clouds.find((name) => name === raw["cloud"]) ?? clouds[0];
  return { cloud, environment: environmentOf(raw, stack) ?? "dev" };
}

function environmentOf(raw: RawConfig, stack: string): Environment | undefined {
  const word = raw["environment"] ?? stack.split(/[^a-z]/)[0];
  return environments.find((name) => name === word);
}

function environmentFaults(raw: RawConfig, stack: string): Fault[] {
  if (raw["environment"] !== undefined || environmentOf(raw, stack) !== undefined) return [];
  return [
    {
      path: "environment",
      given: undefined,
      allowed: `${environments.join(", ")}; it can be left out only when the stack's name starts with one of them, and "${stack}" does not`,
      example: "dev",
    },
  ];
}

/** A value that a template left to be filled in would otherwise end up in names and tags. */
function placeholderFaults(raw: RawConfig): Fault[] {
  const walk = (value: unknown, path: string): Fault[] => {
    if (typeof value === "string" && value.includes("CHANGEME")) {
      return [{ path, given: value, allowed: "your own value in place of CHANGEME", example: undefined }];
    }
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => walk(part, `${path}.${key}`));
  };
  return Object.entries(raw).flatMap(([key, value]) => walk(value, key));
}

/** What holds between keys. */
function relationFaults(values: Partial<Config>, raw: RawConfig): Fault[] {
  const { cloud, network, environment, encryptionKey } = values;
  const faults: Fault[] = [];
  if (cloud !== undefined && raw[cloud] === undefined) {
    faults.push({
      path: cloud,
      given: undefined,
      allowed: `the settings of ${cloud}, because cloud is ${cloud}`,
      example: exampleSettings[cloud],
    });
  }
  if (cloud !== undefined && network !== undefined) faults.push(...zoneFaults(values, cloud, network));
  if (cloud !== undefined) faults.push(...clusterFaults(cloud, regionOf(values, cloud), values));
  if (network?.existing !== undefined) faults.push(...existingFaults(network.existing, raw));
  if (environment === "prod" && encryptionKey !== undefined && encryptionKey.deletionDays < 30) {
    faults.push({
      path: "encryptionKey.deletionDays",
      given: encryptionKey.deletionDays,
      allowed: "30 in prod: with the key goes all that it encrypts",
      example: 30,
    });
  }
  return faults;
}

const exampleSettings: { readonly [C in Cloud]: unknown } = {
  aws: { region: "us-east-1" },
  gcp: { project: "acme-ml-dev", region: "us-central1" },
  azure: { subscriptionId: "00000000-1111-2222-3333-444444444444", location: "eastus" },
};

function zoneFaults(values: Partial<Config>, cloud: Cloud, network: Config["network"]): Fault[] {
  const region = regionOf(values, cloud);
  const zones = region === undefined ? undefined : zonesOf(cloud, region);
  if (region === undefined || zones === undefined || zones >= network.zones) return [];
  const allowed =
    zones < 2
      ? `a region with availability zones; ${region} has none, so choose another one for ${cloud}`
      : `at most ${zones} in ${region}, or another region for ${cloud}`;
  return [{ path: "network.zones", given: network.zones, allowed, example: 2 }];
}

function existingFaults(existing: NonNullable<Config["network"]["existing"]>, raw: RawConfig): Fault[] {
  const faults: Fault[] = [];
  const own = (raw["network"] as RawConfig | undefined)?.["cidr"];
  if (own !== undefined) {
    faults.push({
      path: "network.cidr",
      given: own,
      allowed: "nothing beside network.existing, which brings its own range",
      example: undefined,
    });
  }
  const tiers = [existing.publicSubnetIds, existing.privateSubnetIds, existing.dataSubnetIds].flat();
  const twice = tiers.filter((id, index) => tiers.indexOf(id) !== index);
  if (twice.length > 0) {
    faults.push({
      path: "network.existing",
      given: twice.join(", "),
      allowed: "each subnet in one tier only: public, private or data",
      example: undefined,
    });
  }
  return faults;
}

function regionOf(values: Partial<Config>, cloud: Cloud): string | undefined {
  return { aws: values.aws?.region, gcp: values.gcp?.region, azure: values.azure?.location }[cloud];
}

function regionWarnings(values: Partial<Config>): string[] {
  const { cloud } = values;
  const region = cloud === undefined ? undefined : regionOf(values, cloud);
  if (cloud === undefined || region === undefined || zonesOf(cloud, region) !== undefined) return [];
  return [`${cloud} region "${region}" is not among those this release knows: check its spelling`];
}

function targetOf(values: Partial<Config>): Target | undefined {
  const { cloud } = values;
  const settings = cloud === undefined ? undefined : values[cloud];
  return settings === undefined ? undefined : ({ cloud, settings } as Target);
}

/** One fault for each value: what its schema says comes before what follows from it. */
function onePerPath(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map([...faults].reverse().map((fault) => [fault.path, fault])).values()].reverse();
}

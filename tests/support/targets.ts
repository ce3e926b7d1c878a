import { type Cloud, clouds, type Environment, environments } from "../../components/core/cloud";

/** Settings of every cloud, as a stack file holds them side by side. */
export const cloudSettings = {
  aws: { region: "us-east-1" },
  gcp: { project: "ml-platform-test", region: "us-central1" },
  azure: { subscriptionId: "11111111-1111-4111-8111-111111111111", location: "eastus" },
} as const satisfies { readonly [C in Cloud]: unknown };

/** A valid config for one cloud: values by key, without the namespace. */
export function rawConfig(
  cloud: Cloud,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { cloud, ...cloudSettings, ...more };
}

/** The same as the engine hands it over: text by full key. A key that is set to undefined is left out. */
export function stackConfig(
  cloud: Cloud,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, string> {
  const set = Object.entries(rawConfig(cloud, more)).filter(([, value]) => value !== undefined);
  const entries = set.map(([key, value]) => [
    `ml-platform:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Every cloud in every environment. */
export const stacks: readonly { readonly cloud: Cloud; readonly environment: Environment }[] = clouds.flatMap(
  (cloud) => environments.map((environment) => ({ cloud, environment })),
);

export { clouds, environments };

import * as pulumi from "@pulumi/pulumi";
import type { Target } from "../core/cloud";
import { checkConfig } from "./check";
import { type Config, type RawConfig, parseValue } from "./keys";
import { faultReport } from "./report";

export type { Config } from "./keys";

/** A stack's config with every default filled in, and where it is to be deployed. */
export interface StackConfig extends Config {
  readonly target: Target;
}

/**
 * Checks a stack's whole config and fills in defaults.
 *
 * @param raw - values by key, without the project's namespace.
 * @param stack - stack name; its first word is the default environment.
 * @throws RunError one message with every mistake: key, value given, what is allowed, an example.
 */
export function parseConfig(raw: RawConfig, stack: string): { config: StackConfig; warnings: readonly string[] } {
  const { config, faults, warnings } = checkConfig(raw, stack);
  if (config === undefined) throw new pulumi.RunError(faultReport(faults));
  return { config, warnings };
}

/** Reads, checks and completes the config of the running stack. Nothing may be registered before it. */
export function loadConfig(): StackConfig {
  const namespace = `${pulumi.getProject()}:`;
  const raw = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(namespace))
      .map(([key, value]) => [key.slice(namespace.length), parseValue(key.slice(namespace.length), value)]),
  );
  const { config, warnings } = parseConfig(raw, pulumi.getStack());
  for (const warning of warnings) void pulumi.log.warn(warning);
  return config;
}

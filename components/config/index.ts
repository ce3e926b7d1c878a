import * as pulumi from "@pulumi/pulumi";
import { isConfigSecret } from "@pulumi/pulumi/runtime/config";
import type { Target } from "../core/cloud";
import { checkConfig } from "./check";
import { type Config, type RawConfig, parseValue } from "./keys";
import { type Fault, faultReport } from "./report";

declare module "@pulumi/pulumi/runtime/config" {
  /** Whether a value was set with `--secret`; the SDK has it without a type. */
  export function isConfigSecret(key: string): boolean;
}

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
 * @param secretKeys - keys whose values must not be shown.
 * @param today - day by which ends of support are judged; without it there is no warning of them.
 * @throws RunError one message with every mistake: key, value given, what is allowed, an example.
 */
export function parseConfig(
  raw: RawConfig,
  stack: string,
  secretKeys: ReadonlySet<string> = new Set(),
  today?: Date,
): { config: StackConfig; warnings: readonly string[] } {
  const { config, faults, warnings } = checkConfig(raw, stack, today);
  if (config === undefined) {
    throw new pulumi.RunError(faultReport(faults.map((fault) => masked(fault, secretKeys))));
  }
  return { config, warnings };
}

function masked(fault: Fault, secretKeys: ReadonlySet<string>): Fault {
  const [key = ""] = fault.path.split(".");
  return secretKeys.has(key) && fault.given !== undefined ? { ...fault, given: "[secret]" } : fault;
}

/** Reads, checks and completes the config of the running stack. Nothing may be registered before it. */
export function loadConfig(): StackConfig {
  const namespace = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig())
    .filter(([key]) => key.startsWith(namespace))
    .map(([key, value]) => ({ secret: isConfigSecret(key), key: key.slice(namespace.length), value }));
  const raw = Object.fromEntries(own.map(({ key, value }) => [key, parseValue(key, value)]));
  const secretKeys = new Set(own.filter(({ secret }) => secret).map(({ key }) => key));
  const { config, warnings } = parseConfig(raw, pulumi.getStack(), secretKeys, new Date());
  for (const warning of warnings) void pulumi.log.warn(warning);
  return config;
}

import { z } from "zod";
import { defaultSize, sizes } from "../catalog/sizes";
import { gpuSchema, kubernetesSchema } from "../cluster/contract";
import { cloudSettingsSchemas, clouds, environments, type Scope } from "../core/cloud";
import { encryptionKeySchema } from "../encryption-key/contract";
import { imageRegistrySchema } from "../image-registry/contract";
import { networkSchema } from "../network/contract";
import { retentionDaysSchema } from "../object-storage/contract";
import { teamsSchema } from "../teams";

/** Config of a stack as it was written: values by key, without the project's namespace. */
export type RawConfig = Readonly<Record<string, unknown>>;

/** What a stack is, where it goes and who answers for it. */
const generalKeys = (scope: Scope) => ({
  cloud: z
    .enum(clouds)
    .describe("Cloud that the stack is deployed to. Everything else reads the same on all of them.")
    .meta({ example: "aws" }),
  environment: z
    .enum(environments)
    .default(scope.environment)
    .describe("What the stack is for; most defaults follow from it. Default: the stack name's first word.")
    .meta({ example: "dev" }),
  project: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{1,18}[a-z0-9]$/,
      "3 to 20 lower-case letters, digits and dashes, starting with a letter, not ending with a dash",
    )
    .default("ml-platform")
    .describe("Heads the name of everything that is made.")
    .meta({ example: "ml-platform" }),
  aws: cloudSettingsSchemas.aws.optional().describe("Where to deploy on AWS."),
  gcp: cloudSettingsSchemas.gcp.optional().describe("Where to deploy on Google Cloud."),
  azure: cloudSettingsSchemas.azure.optional().describe("Where to deploy on Azure."),
  owner: z
    .string()
    .min(1)
    .max(63)
    .default("ml-platform-team")
    .describe("Who answers for the stack; the Owner tag of everything.")
    .meta({ example: "ml-platform-team" }),
  costCenter: z
    .string()
    .min(1)
    .max(63)
    .default("ml-platform")
    .describe("Who pays; the CostCenter tag of everything.")
    .meta({ example: "cc-4711" }),
  tags: z
    .record(z.string().min(1).max(128), z.string().max(256))
    .refine(
      (tags) => Object.keys(tags).length <= 40,
      "40 tags at most, so that the standard tags fit beside them",
    )
    .default({})
    .describe("More tags for everything. Each cloud's own form is applied to them.")
    .meta({ example: { Team: "ml" } }),
});

/** What each capability is told. */
const capabilityKeys = (scope: Scope) => ({
  network: networkSchema(scope)
    .prefault({})
    .describe("The private network.")
    .meta({ example: { zones: 3 } }),
  size: z
    .enum(sizes)
    .default(defaultSize[scope.environment])
    .describe(
      "How many general nodes the cluster has, and how large: small 2 to 5, medium 3 to 10, large 5 to 20.",
    )
    .meta({ example: "small" }),
  kubernetes: kubernetesSchema(scope)
    .prefault({})
    .describe("The Kubernetes cluster.")
    .meta({ example: { version: "1.35" } }),
  gpu: gpuSchema(scope)
    .prefault({})
    .describe("GPU nodes of the cluster.")
    .meta({ example: { enabled: true, type: "t4" } }),
  encryptionKey: encryptionKeySchema(scope)
    .prefault({})
    .describe("The key that everything at rest is encrypted with.")
    .meta({ example: { deletionDays: 30 } }),
  imageRegistry: imageRegistrySchema
    .prefault({})
    .describe("The registry for container images.")
    .meta({ example: { repositories: ["ml-platform"] } }),
  retentionDays: retentionDaysSchema,
  teams: teamsSchema,
});

/**
 * Every key that a stack may set, in the order of the reference page. A key's type, default, limits and text stand in
 * its schema and nowhere else; the capabilities' own schemas stand beside their contracts.
 */
export const configKeys = (scope: Scope) => ({ ...generalKeys(scope), ...capabilityKeys(scope) });

type Keys = ReturnType<typeof configKeys>;

/** A stack's config with every default filled in. */
export type Config = { readonly [K in keyof Keys]: z.output<Keys[K]> };

const looksLikeJson = /^\s*(?:[[{"]|-?\d|true$|false$|null$)/;

/**
 * Pulumi hands every value over as text: objects and lists as JSON, numbers and booleans as they are written. Keys that
 * take text keep it, so that an account id stays text.
 */
export function parseValue(key: string, text: string): unknown {
  if (textKeys.has(key) || !looksLikeJson.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const textKeys: ReadonlySet<string> = new Set([
  "cloud",
  "environment",
  "project",
  "owner",
  "costCenter",
  "size",
]);

import { z } from "zod";

/**
 * Where each cloud puts a stack, and what identifies the account that owns it. Region forms are checked here;
 * whether a region of that form exists is a warning (`components/catalog/regions.ts`), because clouds open new
 * ones faster than this program is released.
 */
const settings = {
  aws: z.strictObject({
    region: z
      .string()
      .regex(/^(?!cn-)[a-z]{2}(-gov)?-[a-z]+-[1-9]$/, "an AWS region outside China, such as us-east-1")
      .default("us-east-1")
      .describe("AWS region.")
      .meta({ example: "us-east-1" }),
    accountId: z
      .string()
      .regex(/^\d{12}$/, "12 digits")
      .optional()
      .describe(
        "The only AWS account that this stack may be deployed to. Credentials of another are refused.",
      )
      .meta({ example: "123456789012" }),
  }),
  gcp: z.strictObject({
    project: z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        "6 to 30 lower-case letters, digits and dashes, starting with a letter",
      )
      .describe("Google Cloud project that owns every resource.")
      .meta({ example: "acme-ml-dev" }),
    region: z
      .string()
      .regex(/^[a-z]+-[a-z]+[1-9][0-9]?$/, "a Google Cloud region such as us-central1")
      .default("us-central1")
      .describe("Google Cloud region.")
      .meta({ example: "us-central1" }),
  }),
  azure: z.strictObject({
    subscriptionId: z
      .guid("a subscription id (UUID)")
      .describe("Azure subscription that owns every resource.")
      .meta({ example: "00000000-1111-2222-3333-444444444444" }),
    location: z
      .string()
      .regex(/^[a-z]+[a-z0-9]*$/, "an Azure location such as eastus, without spaces or dashes")
      .default("eastus")
      .describe("Azure location.")
      .meta({ example: "eastus" }),
  }),
};

export const cloudSettingsSchemas = settings;

export type CloudSettings = { [C in keyof typeof settings]: z.output<(typeof settings)[C]> };
export type Cloud = keyof CloudSettings;

/** Every cloud, in the order in which tables and reports list them. */
export const clouds = Object.keys(settings) as [Cloud, ...Cloud[]];

/** A cloud together with the settings of exactly that cloud. */
export type Target<C extends Cloud = Cloud> = {
  [K in C]: { readonly cloud: K; readonly settings: CloudSettings[K] };
}[C];

export const environments = ["dev", "staging", "prod"] as const;
export type Environment = (typeof environments)[number];

/** What a default may depend on. Schemas are functions of it, so that each default stands beside its key. */
export interface Scope {
  readonly cloud: Cloud;
  readonly environment: Environment;
}

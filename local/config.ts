import type { Problem } from "./rules/contract";
import type { PackageName } from "./schema";
import { isUnknown, type Properties } from "./values";

interface ConfigRule {
  readonly form: RegExp;
  readonly allowed: string;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The provider config that must be right before anything can be asked of the cloud. */
const rules: Readonly<Partial<Record<PackageName, Readonly<Record<string, ConfigRule>>>>> = {
  aws: {
    region: { form: /^[a-z]{2}(-[a-z]+)+-\d$/, allowed: "an AWS region such as us-east-1" },
  },
  gcp: {
    project: {
      form: /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
      allowed: "a project id of 6 to 30 characters",
    },
    region: { form: /^[a-z]+-[a-z]+\d+$/, allowed: "a region such as us-central1" },
  },
  "azure-native": {
    subscriptionId: { form: guid, allowed: "a UUID" },
    tenantId: { form: guid, allowed: "a UUID" },
  },
};

/** What is wrong with a provider's config. */
export function configProblems(packageName: PackageName, inputs: Properties): readonly Problem[] {
  return Object.entries(rules[packageName] ?? {}).flatMap(([property, { form, allowed }]) => {
    const given = inputs[property];
    if (given === undefined || isUnknown(given) || (typeof given === "string" && form.test(given))) return [];
    return [{ property, reason: `invalid ${property} ${JSON.stringify(given)}: it must be ${allowed}` }];
  });
}

import { CloudError } from "./cloud-error";
import { packages, type PackageName } from "./schema";
import { digits, isUnknown, text, uuid, type Properties } from "./values";

/** Which account and place a provider works in: what its config says, completed by what its credentials would. */
export interface Scope {
  /** Where ids and names are unique. */
  readonly key: string;
  /** Facts that id and ARN templates use: `account`, `region`, `project`, `subscriptionId`, … */
  readonly facts: Readonly<Record<string, string>>;
  /** Tags that the provider adds to everything. */
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Why the provider refuses to work at all; undefined when it does not. */
  readonly refusal: CloudError | undefined;
}

/** The AWS account that the local cloud's credentials belong to. */
export const localAccount = "123456789012";

interface ScopeRules {
  /** Config keys whose change moves the provider elsewhere, so that all its resources are replaced. */
  readonly replaces: readonly string[];
  readonly open: (config: Properties) => Omit<Scope, "defaultTags" | "refusal"> & Partial<Scope>;
}

const nowhere: ScopeRules = { replaces: [], open: () => ({ key: "", facts: {} }) };

const rules: Readonly<Partial<Record<PackageName, ScopeRules>>> = {
  aws: {
    replaces: ["region", "allowedAccountIds"],
    open: (config) => {
      const region = text(config, "region") ?? "us-east-1";
      const allowed = strings(config["allowedAccountIds"]);
      const refused = allowed.length > 0 && !allowed.includes(localAccount);
      return {
        key: `${localAccount}/${region}`,
        facts: { account: localAccount, region, partition: partitionOf(region), dnsSuffix: "amazonaws.com" },
        defaultTags: record(parsed(config["defaultTags"])["tags"]),
        refusal: refused
          ? new CloudError(
              "AWS account ID not allowed",
              `${localAccount}; allowedAccountIds lists ${allowed.join(", ")}`,
            )
          : undefined,
      };
    },
  },
  gcp: {
    replaces: ["project", "region"],
    open: (config) => {
      const project = text(config, "project") ?? "";
      const region = text(config, "region") ?? "us-central1";
      const projectNumber = digits(`gcp project ${project}`, 12);
      const facts = { project, region, zone: text(config, "zone") ?? `${region}-a`, projectNumber };
      return { key: project, facts, defaultTags: record(parsed(config["defaultLabels"])) };
    },
  },
  "azure-native": {
    replaces: ["subscriptionId", "tenantId"],
    open: (config) => {
      const subscriptionId = text(config, "subscriptionId") ?? uuid("azure subscription");
      const tenantId = text(config, "tenantId") ?? uuid(`azure tenant ${subscriptionId}`);
      return {
        key: subscriptionId,
        facts: { subscriptionId, tenantId, location: text(config, "location") ?? "eastus" },
      };
    },
  },
};

/** The scope that a provider's config opens. */
export function openScope(packageName: PackageName, config: Properties): Scope {
  const known = Object.fromEntries(Object.entries(config).filter(([, value]) => !isUnknown(value)));
  return { defaultTags: {}, refusal: undefined, ...(rules[packageName] ?? nowhere).open(known) };
}

/** The config keys of a package whose change replaces the provider and everything it made. */
export function replacingConfig(packageName: PackageName): readonly string[] {
  return (rules[packageName] ?? nowhere).replaces;
}

/** Whether the name is one of a package that the local clouds answer for. */
export function isPackage(name: string): name is PackageName {
  return (packages as readonly string[]).includes(name);
}

function partitionOf(region: string): string {
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}

/** Provider config carries everything but strings as JSON inside a string. */
function parsed(value: unknown): Record<string, unknown> {
  if (typeof value !== "string") return (value ?? {}) as Record<string, unknown>;
  return JSON.parse(value) as Record<string, unknown>;
}

function strings(value: unknown): readonly string[] {
  const elements: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return Array.isArray(elements) ? elements.filter((element) => typeof element === "string") : [];
}

function record(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries((value ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

import type { Cloud } from "../../components/core/cloud";
import { formatTags, type StandardTags } from "../../components/core/tags";
import { type Check, combined, type Subject, violationsOf } from "../check";
import { isSet } from "../condition";
import { urnParts } from "../environment";
import { type Inputs, recordOf, recordsOf, textOf } from "../path";
import type { Rule } from "../rule";
import { labelsOf, taggableTypes } from "../taggable";

const keys = [
  "Environment",
  "Project",
  "ManagedBy",
  "Stack",
  "Owner",
  "CostCenter",
  "Capability",
] as const satisfies readonly (keyof StandardTags)[];

/** Where each cloud carries tags, and the types that can. */
const carriers: {
  readonly [C in Cloud]: { readonly propertyOf: (type: string) => string; readonly types: string[] };
} = {
  aws: { propertyOf: () => "tags", types: taggableTypes("aws") },
  gcp: { propertyOf: labelsOf, types: taggableTypes("gcp") },
  azure: { propertyOf: () => "tags", types: taggableTypes("azure-native") },
};

type Known = Partial<Record<keyof StandardTags, string>>;

/** Tags in a cloud's own form: `CostCenter` is the label `cost-center` on Google Cloud. */
function formed(cloud: Cloud, tags: Known): Readonly<Record<string, string>> {
  const given = Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== ""));
  return formatTags(cloud, given as unknown as StandardTags, {});
}

const requiredOn = (cloud: Cloud): readonly string[] =>
  Object.keys(formed(cloud, Object.fromEntries(keys.map((key) => [key, "x"]))));

function tagCheck(cloud: Cloud, type: string): Check {
  const property = carriers[cloud].propertyOf(type);
  const required = requiredOn(cloud);
  return {
    control: "X-02",
    reads: [],
    allowed: `a value for each of ${required.join(", ")}`,
    fix: `Set ${property} to the platform's tags (Capability.tags), or run the rule once as "remediate".`,
    findings: ({ inputs }) => {
      const missing = required.filter((key) => violationsOf(inputs, `${property}.${key}`, isSet).length > 0);
      return missing.length === 0
        ? []
        : [{ property: missing.map((key) => `${property}.${key}`).join(", "), given: undefined }];
    },
  };
}

const launched = ["instance", "volume"];

/** Machines of a pool get the tags that their launch template names, and none of the template's own. */
const tagsOfMachines: Check = {
  control: "X-02",
  reads: [],
  allowed: `an entry for each of ${launched.join(" and ")}, with a value for each of ${requiredOn("aws").join(", ")}`,
  fix: "Add the platform's tags (Capability.tags) to tagSpecifications for both.",
  findings: ({ inputs }) =>
    launched.flatMap((kind) => {
      const found = recordsOf(inputs["tagSpecifications"]).find((one) => one["resourceType"] === kind);
      const missing = requiredOn("aws").filter((key) => !hasTag(found ?? {}, key));
      return missing.length === 0
        ? []
        : [{ property: `${missing.join(", ")} in tagSpecifications of ${kind}`, given: undefined }];
    }),
};

const hasTag = (carrier: Inputs, key: string) => violationsOf(carrier, `tags.${key}`, isSet).length === 0;

/** `mlplatform:index:ObjectStorage$aws:s3/bucket:Bucket` belongs to the capability `object-storage`. */
function capabilityOf(typePath: string): string {
  const parent = /mlplatform:index:(\w+)/.exec(typePath)?.[1] ?? "";
  return parent.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

/** The tags that can be told from the resource itself and the rule's settings. */
function knownTags({ urn, environment, settings }: Subject): Known {
  const { stack, project, typePath } = urnParts(urn);
  return {
    Environment: environment ?? "",
    Project: project,
    ManagedBy: "pulumi",
    Stack: stack,
    Owner: textOf(settings["owner"]),
    CostCenter: textOf(settings["costCenter"]),
    Capability: capabilityOf(typePath),
  };
}

/** Adds what is missing and leaves what is there. */
function addTags(cloud: Cloud, subject: Subject): Inputs {
  const property = carriers[cloud].propertyOf(subject.type);
  const inputs = subject.inputs as Record<string, unknown>;
  inputs[property] = { ...formed(cloud, knownTags(subject)), ...recordOf(inputs[property]) };
  return inputs;
}

const cloudOfType = new Map(
  (Object.keys(carriers) as Cloud[]).flatMap((cloud) =>
    carriers[cloud].types.map((type) => [type, cloud] as const),
  ),
);

export const standardTags: Rule = {
  name: "standard-tags",
  description: "Everything that can carry tags says whose it is, what it is for and who pays.",
  concern: "governance",
  note:
    "Mandatory by default, so that CI sees what is missing. With the enforcement level `remediate` the rule adds the " +
    "tags that it can tell (environment, project, stack and capability from the URN, owner and cost center from its " +
    "settings) and still refuses what then lacks one.",
  settings: {
    owner: { type: "string", description: "Value of Owner where a remediation adds it." },
    costCenter: { type: "string", description: "Value of CostCenter where a remediation adds it." },
  },
  resources: combined(
    Object.fromEntries([...cloudOfType].map(([type, cloud]) => [type, [tagCheck(cloud, type)]])),
    { "aws:ec2/launchTemplate:LaunchTemplate": [tagsOfMachines] },
  ),
  remediate: (subject) => {
    const cloud = cloudOfType.get(subject.type);
    return cloud === undefined ? undefined : addTags(cloud, subject);
  },
};

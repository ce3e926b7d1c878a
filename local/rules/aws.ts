import { isUnknown, object, text } from "../values";
import { awsEks } from "./aws-eks";
import { awsEksAccess } from "./aws-eks-access";
import { awsEndpoints } from "./aws-endpoints";
import { awsFirewall } from "./aws-firewall";
import { awsIdentity } from "./aws-identity";
import { awsImages } from "./aws-images";
import { awsLaunchTemplate } from "./aws-launch-template";
import { awsNetwork } from "./aws-network";
import { awsNodes } from "./aws-nodes";
import { awsRouting } from "./aws-routing";
import { awsStorage } from "./aws-storage";
import type { Check, Dialect, Subject } from "./contract";
import { fill } from "./template";

const maxTags = 50;

/** Source: AWS General Reference, "Tagging your resources", 2026-11-21. */
const tags: Check = function* (inputs) {
  const entries = Object.entries(object(inputs, "tags"));
  if (entries.length > maxTags) {
    yield { property: "tags", reason: `TooManyTags: ${entries.length} tags given, ${maxTags} allowed` };
  }
  for (const [key, value] of entries) {
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || /^aws:/i.test(key)) {
      yield {
        property: `tags.${key}`,
        reason: `InvalidTag: the tag key '${key}' must have 1 to 128 letters, digits, spaces or _.:/=+-@ and must not start with aws:`,
      };
    }
    if (
      typeof value === "string" &&
      !isUnknown(value) &&
      !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)
    ) {
      yield {
        property: `tags.${key}`,
        reason: `InvalidTag: the tag value '${value}' must have at most 256 letters, digits, spaces or _.:/=+-@`,
      };
    }
  }
};

function allTags({ inputs, scope }: Subject): Readonly<Record<string, unknown>> {
  return { ...scope.defaultTags, ...object(inputs, "tags") };
}

/** Amazon Web Services, as the provider `aws` shows it. */
export const aws: Dialect = {
  rules: {
    ...awsEks,
    ...awsEksAccess,
    ...awsNodes,
    ...awsLaunchTemplate,
    ...awsNetwork,
    ...awsEndpoints,
    ...awsRouting,
    ...awsFirewall,
    ...awsIdentity,
    ...awsImages,
    ...awsStorage,
  },
  fallback: ({ token, inputs }) => {
    const kind = token.split(":").at(-1)?.toLowerCase() ?? "";
    return inputs.has("name")
      ? { id: `{name}`, autoName: "name", replaceOn: ["name"] }
      : { id: `${kind}-{hex:17}` };
  },
  autoName: (name, seed) => `${name}-${seed.slice(0, 7)}`,
  replaceOn: ["region"],
  listsDefaults: true,
  checks: [tags],
  outputs: {
    arn: (subject) => {
      const [, module = "", type = ""] = subject.type.split(":");
      const service = module.split("/")[0] ?? "";
      return fill(`arn:{partition}:${service}:{region}:{account}:${type.toLowerCase()}/{id}`, subject);
    },
    tagsAll: allTags,
    region: "{region}",
    ownerId: "{account}",
    registryId: "{account}",
  },
  handle: (value) => value,
  exists: { code: "AlreadyExists", sentence: "{id} exists already; choose another name or import it." },
  inUse: {
    code: "DependencyViolation",
    sentence: "resource {id} has a dependent object and cannot be deleted.",
  },
};

/** The region of a thing that names its own. */
export function regionOf(subject: Subject): string {
  return text(subject.inputs, "region") ?? subject.scope.facts["region"] ?? "";
}

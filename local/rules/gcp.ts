import { CloudError } from "../cloud-error";
import { gcpDns } from "./gcp-dns";
import { gcpEgress } from "./gcp-egress";
import { gcpFirewall } from "./gcp-firewall";
import { gcpImages } from "./gcp-images";
import { gcpLogging } from "./gcp-logging";
import { gcpGke } from "./gcp-gke";
import { gcpNetwork } from "./gcp-network";
import { gcpNodePools } from "./gcp-node-pools";
import { gcpSecurity } from "./gcp-security";
import { gcpStorage } from "./gcp-storage";
import { isUnknown, object } from "../values";
import type { World } from "../world";
import type { Check, Dialect, Subject } from "./contract";

const maxLabels = 64;

/** Source: Google Cloud, "Requirements for labels", 2026-11-21. */
const labels: Check = function* (inputs) {
  const entries = Object.entries(object(inputs, "labels"));
  if (entries.length > maxLabels) {
    yield { property: "labels", reason: `badRequest: ${entries.length} labels given, ${maxLabels} allowed` };
  }
  for (const [key, value] of entries) {
    if (!/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key)) {
      yield {
        property: `labels.${key}`,
        reason: `Invalid label key '${key}': it must start with a lower-case letter and have at most 63 lower-case letters, digits, _ or -`,
      };
    }
    if (typeof value === "string" && !isUnknown(value) && !/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value)) {
      yield {
        property: `labels.${key}`,
        reason: `Invalid label value '${value}': at most 63 lower-case letters, digits, _ or - are allowed`,
      };
    }
  }
};

function effectiveLabels({ inputs, scope }: Subject): Readonly<Record<string, unknown>> {
  return { ...scope.defaultTags, ...object(inputs, "labels"), "goog-pulumi-provisioned": "true" };
}

/** `https://www.googleapis.com/compute/v1/projects/p/…` and `projects/p/…` name the same thing. */
export function withoutHost(value: string): string {
  return value.replace(/^https?:\/\/[^/]+\/(?:[a-z]+\/)?(?:v\d\w*\/)?(?=projects\/)/, "");
}

/** Without a project nothing of Google Cloud has a place. */
function projectNamed({ inputs, scope }: Subject): CloudError | undefined {
  if (scope.facts["project"] !== "" || typeof inputs["project"] === "string") return undefined;
  return new CloudError("project", "required field is not set: name a project in the provider's config");
}

/** Google Cloud's own deletion protection of the provider: `deletionPolicy` PREVENT, or `deletionProtection`. */
function prevented({ inputs, id }: Subject, _: World, operation: "write" | "delete"): CloudError | undefined {
  if (
    operation === "write" ||
    (inputs["deletionPolicy"] !== "PREVENT" && inputs["deletionProtection"] !== true)
  ) {
    return undefined;
  }
  return new CloudError(
    "failedPrecondition",
    `cannot destroy '${id}' while its deletionPolicy is PREVENT or its deletionProtection is on`,
  );
}

/** Google Cloud, as the provider `gcp` shows it. */
export const gcp: Dialect = {
  rules: {
    ...gcpGke,
    ...gcpNodePools,
    ...gcpNetwork,
    ...gcpEgress,
    ...gcpFirewall,
    ...gcpDns,
    ...gcpLogging,
    ...gcpSecurity,
    ...gcpStorage,
    ...gcpImages,
  },
  fallback: ({ inputs, token }) => {
    const kind = token.split(":").at(-1) ?? "";
    return inputs.has("name")
      ? {
          id: `projects/{project}/${kind}/{name}`,
          autoName: "name",
          replaceOn: ["name", "project", "region", "zone", "location"],
        }
      : { id: `projects/{project}/${kind}/{hex:16}`, replaceOn: ["project"] };
  },
  autoName: (name, seed) => `${name}-${seed.slice(0, 7)}`,
  replaceOn: ["project"],
  listsDefaults: true,
  checks: [labels],
  outputs: {
    project: "{project}",
    region: "{region}",
    selfLink: "https://www.googleapis.com/compute/v1/{id}",
    effectiveLabels,
    pulumiLabels: effectiveLabels,
  },
  handle: withoutHost,
  guards: [projectNamed, prevented],
  exists: { code: "alreadyExists", sentence: "The resource '{id}' already exists" },
  inUse: { code: "resourceInUseByAnotherResource", sentence: "The resource '{id}' is already being used" },
};

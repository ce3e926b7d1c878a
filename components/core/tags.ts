import type { Cloud } from "./cloud";

/** Tags (AWS, Azure) or labels (Google Cloud), already in the form that the stack's cloud accepts. */
export type Tags = Readonly<Record<string, string>>;

/** What a cloud accepts in a tag. Values that break it are adapted, never refused: a tag must not stop a deployment. */
interface TagForm {
  readonly key: (key: string) => string;
  readonly value: (value: string) => string;
  /** Most tags that one resource may carry. */
  readonly limit: number;
}

const kebab = (text: string) => text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

/**
 * Limits as the clouds document them (read 2026-11-21): AWS keys 128 and values 256 characters of letters, digits,
 * spaces and `_.:/=+-@`, no `aws:` prefix, 50 tags; Google Cloud labels 63 characters of `[a-z0-9_-]`, keys starting
 * with a letter, 64 labels; Azure keys without `<>%&\?/`, 512 characters but 128 on storage accounts, values 256,
 * 50 tags.
 */
const forms: { readonly [C in Cloud]: TagForm } = {
  aws: {
    key: (key) =>
      key
        .replace(/[^\p{L}\p{N} _.:/=+\-@]/gu, "-")
        .replace(/^aws:/i, "aws-")
        .slice(0, 128),
    value: (value) => value.replace(/[^\p{L}\p{N} _.:/=+\-@]/gu, "-").slice(0, 256),
    limit: 50,
  },
  gcp: {
    key: (key) =>
      kebab(key)
        .replace(/[^a-z0-9_-]+/g, "-")
        .replace(/^[^a-z]+/, "")
        .slice(0, 63),
    value: (value) =>
      value
        .toLowerCase()
        .replace(/[^a-z0-9_-]+/g, "-")
        .slice(0, 63),
    limit: 64,
  },
  azure: {
    key: (key) => key.replace(/[<>%&\\?/]/g, "-").slice(0, 128),
    value: (value) => value.slice(0, 256),
    limit: 50,
  },
};

/** The standard tags, in the order in which they are kept when a cloud's limit is reached. */
export interface StandardTags {
  readonly Environment: string;
  readonly Project: string;
  readonly ManagedBy: "pulumi";
  readonly Stack: string;
  readonly Owner: string;
  readonly CostCenter: string;
  readonly Capability: string;
}

/**
 * Merges a stack's own tags onto the standard ones and gives them the cloud's form. A standard tag cannot be
 * overwritten. No time stamp is among them: it would change every resource on every run.
 */
export function formatTags(cloud: Cloud, standard: StandardTags, own: Tags): Tags {
  const form = forms[cloud];
  const formatted = new Map<string, string>();
  for (const [key, value] of [...Object.entries(standard), ...Object.entries(own)] as [string, string][]) {
    const formKey = form.key(key);
    if (formKey !== "" && !formatted.has(formKey) && formatted.size < form.limit) {
      formatted.set(formKey, form.value(value));
    }
  }
  return Object.fromEntries(formatted);
}

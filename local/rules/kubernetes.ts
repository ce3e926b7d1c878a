import { text, object } from "../values";
import type { Dialect } from "./contract";

/**
 * Objects of any kind, in memory: ids are `namespace/name`. Admission, controllers and custom resource definitions
 * are those of a real API server, which these rules do not stand in for.
 */
export const kubernetes: Dialect = {
  rules: {},
  fallback: ({ outputs, open }) => ({
    id: "{metadata.namespace}/{metadata.name}",
    autoName: "metadata.name",
    ...(outputs.has("metadata") || open
      ? {
          outputs: {
            metadata: (subject) => ({ namespace: "default", ...object(subject.inputs, "metadata") }),
          },
        }
      : {}),
  }),
  autoName: (name, seed) => `${name.toLowerCase()}-${seed.slice(0, 8)}`,
  replaceOn: ["apiVersion", "kind"],
  listsDefaults: false,
  checks: [
    function* names(inputs) {
      const name = text(object(inputs, "metadata"), "name");
      if (name !== undefined && !/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/.test(name)) {
        yield {
          property: "metadata.name",
          reason: `Invalid value: "${name}": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', 253 at most`,
        };
      }
    },
  ],
  outputs: {},
  handle: (value) => value,
  exists: { code: "AlreadyExists", sentence: 'object "{id}" already exists' },
  inUse: { code: "Forbidden", sentence: 'object "{id}" is in use' },
};

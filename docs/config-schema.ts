import { z } from "zod";
import { configKeys } from "../components/config/keys";

const namespace = "ml-platform:";

/**
 * JSON Schema of a stack file, for editors. It holds what does not depend on cloud and environment: the defaults are
 * those of dev on AWS, and are left out where an editor would show them as if they held everywhere.
 */
export function renderConfigSchema(): string {
  const keys = configKeys({ cloud: "aws", environment: "dev" });
  const properties = Object.fromEntries(
    Object.entries<z.ZodType>(keys).map(([key, schema]) => [`${namespace}${key}`, schemaOf(schema)]),
  );
  const known = Object.keys(keys).join("|");
  const document = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Stack file of the ML platform",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties,
        required: [`${namespace}cloud`],
        // A key of ours that no schema has is a typing error; other namespaces belong to others.
        patternProperties: { [`^${namespace}(?!(?:${known})$)`]: false },
      },
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function schemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      delete jsonSchema.default;
      delete jsonSchema.$schema;
    },
  });
}

import path from "node:path";
import { format, resolveConfig } from "prettier";
import { renderPolicyReference } from "../policy/docs";
import { renderClusters } from "./clusters";
import { renderConfigSchema } from "./config-schema";
import { renderConfiguration } from "./configuration";

const renderers: Readonly<Record<string, () => string>> = {
  "clusters.md": renderClusters,
  "configuration.md": renderConfiguration,
  "config.schema.json": renderConfigSchema,
  "policies.md": renderPolicyReference,
};

/** Every generated page, by its name in `docs/`, in the form that the formatter gives it. */
export async function generatedPages(): Promise<readonly (readonly [string, string])[]> {
  return Promise.all(
    Object.entries(renderers).map(async ([file, render]) => {
      const filepath = path.join(__dirname, file);
      return [file, await format(render(), { ...(await resolveConfig(filepath)), filepath })] as const;
    }),
  );
}

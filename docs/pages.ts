import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { renderPolicyReference } from "../policy/docs";
import { renderClusterParts } from "./cluster-parts";
import { renderClusters } from "./clusters";
import { renderConfigSchema } from "./config-schema";
import { renderConfiguration } from "./configuration";

const renderers: Readonly<Record<string, () => string>> = {
  "clusters.md": renderClusters,
  "configuration.md": renderConfiguration,
  "config.schema.json": renderConfigSchema,
  "policies.md": renderPolicyReference,
  "../README.md": () => withBlock("../README.md", "clusters", renderClusterParts()),
};

/** A page that is written by hand but for one block between two comments. */
function withBlock(file: string, block: string, text: string): string {
  const [start, end] = [`<!-- ${block}:start, written by npm run docs -->`, `<!-- ${block}:end -->`];
  const page = readFileSync(path.join(__dirname, file), "utf8");
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${file} has no place for ${block}: ${start}`);
  return `${before}${start}\n\n${text}\n\n${end}${after}`;
}

/** Every generated page, by its name in `docs/`, in the form that the formatter gives it. */
export async function generatedPages(): Promise<readonly (readonly [string, string])[]> {
  return Promise.all(
    Object.entries(renderers).map(async ([file, render]) => {
      const filepath = path.join(__dirname, file);
      return [file, await format(render(), { ...(await resolveConfig(filepath)), filepath })] as const;
    }),
  );
}

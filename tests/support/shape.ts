import type { Cloud, Environment } from "../../components/core/cloud";
import { cloudResources, type Recorded } from "./mocks";
import { builtPlatform } from "./platforms";

/** What one capability made: its children by name, without the capability's own name before them. */
export async function childrenOf(
  capability: string,
  cloud: Cloud,
  environment: Environment,
): Promise<readonly Recorded[]> {
  const resources = cloudResources(await builtPlatform(cloud, environment));
  return resources.filter(({ name }) => name === capability || name.startsWith(`${capability}-`));
}

/** `[name, type]` of each, in the order of their names: what a change of the program must show as a change of a test. */
export function namesAndTypes(resources: readonly Recorded[]): readonly (readonly [string, string])[] {
  return resources
    .map(({ name, type }) => [name, type] as const)
    .sort(([nameA, typeA], [nameB, typeB]) => `${nameA} ${typeA}`.localeCompare(`${nameB} ${typeB}`, "en"));
}

/** The one resource of a name and type; an error names what there is instead. */
export function only(resources: readonly Recorded[], type: string, name?: string): Recorded {
  const found = resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(
      `${found.length} of ${type} ${name ?? ""} among ${resources.map((r) => `${r.name} ${r.type}`).join(", ")}`,
    );
  }
  return first;
}

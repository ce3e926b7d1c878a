import { type PolicyResource } from "@pulumi/policy";
import { listOf, valuesAt } from "./path";
import { isUnknownValue } from "./unknown";

/** Outputs that other resources name a resource by. */
const identifiers = ["id", "name", "arn", "bucket", "keyId", "selfLink"] as const;

interface Index {
  readonly byValue: ReadonlyMap<string, readonly PolicyResource[]>;
  readonly byDependency: ReadonlyMap<string, readonly PolicyResource[]>;
}

/**
 * A stack's resources, with look-ups that cost no more than the resources they return. References are matched by
 * value; a value that a preview does not know yet is matched by the dependency that the program recorded for it.
 */
export class StackView {
  private readonly byType = new Map<string, PolicyResource[]>();
  private readonly indexes = new Map<string, Index>();

  constructor(resources: readonly PolicyResource[]) {
    for (const resource of resources) append(this.byType, resource.type, resource);
  }

  of(type: string): readonly PolicyResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resources of a type whose property (a path; `[]` walks a list) refers to the target or a part of it. */
  referrers(target: PolicyResource, type: string, path: string): readonly PolicyResource[] {
    const index = this.index(type, path);
    const names = identifiersOf(target);
    const byValue = names.flatMap((name) => index.byValue.get(name) ?? []);
    const targetIsKnown = (known(target, "id") ?? []).length > 0;
    // Two known values that differ refute a dependency: a property may be made from several resources.
    const byDependency = dependents(index, target).filter(
      (referrer) => !targetIsKnown || known(referrer, path) === undefined,
    );
    return [...new Set([...byValue, ...byDependency])];
  }

  /** The resources of a type that a resource's property refers to. */
  referents(resource: PolicyResource, path: string, type: string): readonly PolicyResource[] {
    return this.of(type).filter((target) => this.referrers(target, resource.type, path).includes(resource));
  }

  private index(type: string, path: string): Index {
    const key = `${type} ${path}`;
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    const built = buildIndex(this.of(type), path);
    this.indexes.set(key, built);
    return built;
  }
}

function buildIndex(resources: readonly PolicyResource[], path: string): Index {
  const byValue = new Map<string, PolicyResource[]>();
  const byDependency = new Map<string, PolicyResource[]>();
  const head = /^\w+/.exec(path)?.[0] ?? path;
  for (const resource of resources) {
    for (const value of known(resource, path) ?? []) {
      for (const name of withParents(value)) append(byValue, name, resource);
    }
    for (const target of resource.propertyDependencies[head] ?? [])
      append(byDependency, target.urn, resource);
  }
  return { byValue, byDependency };
}

/**
 * Resources that depend on the target through the indexed property. What a remote component such as `awsx.ec2.Vpc`
 * returns depends on the component, not on the child behind it: then the component's dependents are the child's.
 */
function dependents({ byDependency }: Index, target: PolicyResource): PolicyResource[] {
  const found = [...(byDependency.get(target.urn) ?? [])];
  for (let ancestor = target.parent; ancestor !== undefined; ancestor = ancestor.parent) {
    found.push(...(byDependency.get(ancestor.urn) ?? []));
  }
  return found;
}

/** An Azure id also stands for the resources above it: `…/storageAccounts/a/blobServices/default` is part of `a`. */
function withParents(value: string): string[] {
  if (!value.startsWith("/")) return [value];
  const segments = value.split("/");
  return segments
    .map((_, position) => segments.slice(0, position + 1).join("/"))
    .filter((name) => name !== "");
}

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

/** The texts under a path, or undefined while a preview does not know them. */
function known(resource: PolicyResource, path: string): readonly string[] | undefined {
  try {
    const values = valuesAt(resource.props, path).flatMap(({ value }) =>
      Array.isArray(value) ? listOf(value) : [value],
    );
    return values.filter((value) => typeof value === "string");
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}

function identifiersOf(resource: PolicyResource): string[] {
  return identifiers.flatMap((name) => known(resource, name) ?? []).filter((value) => value !== "");
}

import { z } from "zod";
import { configKeys } from "../components/config/keys";
import { unwrap } from "../components/config/report";
import { type Cloud, clouds, type Environment, environments, type Scope } from "../components/core/cloud";

/** One setting of the reference: a key, or a part of one. */
export interface Setting {
  /** `network.zones`; `[]` stands for each entry of a list. */
  readonly path: string;
  readonly type: string;
  /** What holds when it is left out, said once for all clouds and environments where it is the same. */
  readonly fallback: string;
  readonly description: string;
}

type Schemas = Record<string, z.ZodType>;

const scopes = clouds.flatMap((cloud) => environments.map((environment) => ({ cloud, environment })));

const schemasOf = (scope: Scope): Schemas => configKeys(scope);

/** Every setting, in the order of the schema. */
export function settings(): readonly Setting[] {
  const variants = scopes.map((scope) => ({ ...scope, schemas: schemasOf(scope) }));
  const [first] = variants;
  if (first === undefined) return [];
  return Object.keys(first.schemas).flatMap((key) => {
    const nodes = variants.map(({ cloud, environment, schemas }) => ({
      cloud,
      environment,
      node: schemas[key] as z.ZodType,
    }));
    return describe(key, nodes);
  });
}

interface Variant {
  readonly cloud: Cloud;
  readonly environment: Environment;
  readonly node: z.ZodType;
}

function describe(path: string, variants: readonly Variant[]): Setting[] {
  const node = variants[0]?.node;
  if (node === undefined) return [];
  const inner = unwrap(node);
  const own: Setting = {
    path,
    type: typeText(inner),
    fallback: fallbackText(variants),
    description: descriptionOf(node),
  };
  if (inner instanceof z.ZodObject) return [own, ...parts(path, variants)];
  if (inner instanceof z.ZodArray && unwrap(inner.element as z.ZodType) instanceof z.ZodObject) {
    const elements = variants.map((variant) => ({
      ...variant,
      node: (unwrap(variant.node) as z.ZodArray).element as z.ZodType,
    }));
    return [own, ...parts(`${path}[]`, elements)];
  }
  return [own];
}

function parts(path: string, variants: readonly Variant[]): Setting[] {
  const shapes = variants.map((variant) => ({
    ...variant,
    shape: (unwrap(variant.node) as z.ZodObject).shape,
  }));
  return Object.keys(shapes[0]?.shape ?? {}).flatMap((key) =>
    describe(
      `${path}.${key}`,
      shapes.map(({ shape, ...variant }) => ({ ...variant, node: shape[key] as z.ZodType })),
    ),
  );
}

function descriptionOf(node: z.ZodType): string {
  return node.description ?? unwrap(node).description ?? "";
}

function typeText(node: z.ZodType): string {
  if (node instanceof z.ZodEnum) return node.options.map((option) => `\`${option}\``).join(", ");
  if (node instanceof z.ZodLiteral) return `one of ${[...node.values].map(String).join(", ")}`;
  if (node instanceof z.ZodNumber) return `number, ${String(node.minValue)} to ${String(node.maxValue)}`;
  if (node instanceof z.ZodBoolean) return "true or false";
  if (node instanceof z.ZodArray) return "list";
  if (node instanceof z.ZodObject) return "object";
  return node instanceof z.ZodRecord ? "names and texts" : "text";
}

/** `dev 2, staging 3, prod 3`, or by cloud, or the one value that holds everywhere. */
function fallbackText(variants: readonly Variant[]): string {
  const values = variants.map((variant) => ({ ...variant, value: defaultOf(variant.node) }));
  const distinct = new Set(values.map(({ value }) => value));
  if (distinct.size === 1) return [...distinct][0] ?? "";
  const byCloud = grouped(values, ({ cloud }) => cloud);
  return byCloud ?? grouped(values, ({ environment }) => environment) ?? "";
}

type Valued = Variant & { readonly value: string };

/** Undefined when the grouping does not decide the value. */
function grouped(values: readonly Valued[], by: (value: Valued) => string): string | undefined {
  const groups = new Map<string, Set<string>>();
  for (const value of values) groups.set(by(value), (groups.get(by(value)) ?? new Set()).add(value.value));
  if ([...groups.values()].some((group) => group.size > 1)) return undefined;
  return [...groups].map(([name, group]) => `${name} ${[...group].join("")}`).join(", ");
}

function defaultOf(node: z.ZodType): string {
  if (node instanceof z.ZodOptional) return "none";
  if (!(node instanceof z.ZodDefault)) return node instanceof z.ZodPrefault ? "as below" : "required";
  return `\`${JSON.stringify(node.def.defaultValue)}\``;
}

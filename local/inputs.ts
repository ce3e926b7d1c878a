import type { Dialect, Problem, TypeRule } from "./rules/contract";
import type { Kind, TypeSchema } from "./schema";
import { hex, isObject, isUnknown, object, type Properties } from "./values";

/** What the engine says about names: its seed, and the name that the user's auto-naming config asks for. */
export interface Naming {
  readonly seed: string;
  /** A name to use instead of the provider's own; null when names must not be generated. */
  readonly proposed?: string | null;
}

interface InputsRequest {
  readonly dialect: Dialect;
  readonly rule: TypeRule;
  readonly schema: TypeSchema;
  readonly name: string;
  readonly olds: Properties;
  readonly news: Properties;
  readonly naming: Naming;
}

/** Completes a resource's inputs with a generated name, and lists everything that is wrong with them. */
export function checkInputs(request: InputsRequest): {
  readonly inputs: Properties;
  readonly problems: readonly Problem[];
} {
  const { dialect, rule, schema } = request;
  const inputs = named(request);
  const shape = [...shapeProblems(schema, inputs)];
  if (shape.length > 0) return { inputs, problems: shape };
  const judged = [...dialect.checks, ...(rule.checks ?? [])].flatMap((check) => [...check(inputs)]);
  return { inputs, problems: judged };
}

function* shapeProblems(schema: TypeSchema, inputs: Properties): Iterable<Problem> {
  for (const property of schema.required) {
    if (inputs[property] === undefined) yield { property, reason: `Missing required property '${property}'` };
  }
  if (schema.open) return;
  for (const [property, value] of Object.entries(inputs)) {
    if (property === "__defaults") continue;
    const expected = schema.inputs.get(property);
    if (expected === undefined) {
      yield {
        property,
        reason: `Invalid or unknown key '${property}'; ${schema.token} has ${[...schema.inputs.keys()].join(", ")}`,
      };
    } else if (!fits(value, expected.kind)) {
      yield { property, reason: `expected ${expected.kind}, got ${kindOf(value)} ${JSON.stringify(value)}` };
    }
  }
}

/** Programs and YAML write numbers and booleans as strings now and then, and real providers accept them. */
function fits(value: unknown, kind: Kind): boolean {
  if (kind === "any" || value === null || isUnknown(value) || kindOf(value) === kind) return true;
  if (kind === "string") return typeof value === "number" || typeof value === "boolean";
  if (kind === "number")
    return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  return kind === "boolean" && (value === "true" || value === "false");
}

function kindOf(value: unknown): Kind {
  if (Array.isArray(value)) return "array";
  if (isObject(value)) return "object";
  return typeof value === "number" || typeof value === "boolean" ? (typeof value as Kind) : "string";
}

function named({ dialect, rule, name, olds, news, naming }: InputsRequest): Properties {
  const property = rule.autoName;
  const mark = (defaults: string[]): Properties => (dialect.listsDefaults ? { __defaults: defaults } : {});
  if (property === undefined) return { ...news, ...mark([]) };
  const [head = "", leaf] = property.split(".");
  const given = leaf === undefined ? news[head] : object(news, head)[leaf];
  if (given !== undefined || naming.proposed === null) return { ...news, ...mark([]) };
  const before = leaf === undefined ? olds[head] : object(olds, head)[leaf];
  const generated =
    before ??
    naming.proposed ??
    (rule.nameForm ?? asIs)(dialect.autoName(name, hex(`${naming.seed} ${name}`, 16)));
  if (leaf === undefined) return { ...news, [head]: generated, ...mark([head]) };
  return { ...news, [head]: { ...object(news, head), [leaf]: generated }, ...mark([]) };
}

const asIs = (name: string): string => name;

import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";

/** One mistake in a config. */
export interface Fault {
  /** Key, and the path within its value: `network.zones`. */
  readonly path: string;
  /** What was written; undefined when nothing was. */
  readonly given: unknown;
  /** What may stand there. */
  readonly allowed: string;
  readonly example: unknown;
}

type Issue = z.core.$ZodIssue;

/** Turns what zod found into what a person needs. */
export function faultOf(key: string, schema: z.ZodType, value: unknown, issue: Issue): Fault {
  if (issue.code === "unrecognized_keys") return unknownPartFault(key, schema, value, issue);
  const path = [key, ...issue.path.map(String)];
  const node = schemaAt(schema, issue.path);
  return {
    path: path.join("."),
    given: valueAt(value, issue.path),
    allowed: allowedBy(issue, node),
    example: exampleOf(node) ?? exampleOf(schema),
  };
}

function unknownPartFault(
  key: string,
  schema: z.ZodType,
  value: unknown,
  issue: Issue & { keys: string[] },
): Fault {
  const [part = ""] = issue.keys;
  const shape = objectShape(schemaAt(schema, issue.path));
  const known = Object.keys(shape ?? {});
  return {
    path: [key, ...issue.path.map(String), part].join("."),
    given: valueAt(value, [...issue.path, part]),
    allowed: `no such setting${suggestion(part, known)}; known here: ${known.join(", ")}`,
    example: undefined,
  };
}

/** A key that no schema has, with the one that was probably meant. */
export function unknownKeyFault(key: string, known: readonly string[]): Fault[] {
  if (known.includes(key)) return [];
  return [
    {
      path: key,
      given: undefined,
      allowed: `no such key${suggestion(key, known)}; known keys: ${known.join(", ")}`,
      example: undefined,
    },
  ];
}

function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(word, known);
  return distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, word.length / 2)
    ? `, did you mean ${nearest}`
    : "";
}

function allowedBy(issue: Issue, node: z.ZodType | undefined): string {
  const span = numberSpan(node);
  if (span !== undefined && (issue.code === "too_small" || issue.code === "too_big")) return span;
  switch (issue.code) {
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_type":
      return describedNoun(nouns[issue.expected] ?? `a value of type ${issue.expected}`, node);
    default:
      return issue.message;
  }
}

/** `30 to 2555` for a number with both limits. */
function numberSpan(node: z.ZodType | undefined): string | undefined {
  const inner = node === undefined ? undefined : unwrap(node);
  if (!(inner instanceof z.ZodNumber) || inner.minValue === null || inner.maxValue === null) return undefined;
  return `${inner.minValue} to ${inner.maxValue}`;
}

/** `a text (AWS region)`: the kind alone does not say what is wanted. */
function describedNoun(noun: string, node: z.ZodType | undefined): string {
  const description = node?.description?.replace(/\.$/, "");
  return description === undefined ? noun : `${noun} (${description})`;
}

const nouns: Readonly<Record<string, string>> = {
  int: "a whole number",
  number: "a number",
  string: "a text",
  boolean: "true or false",
  object: "an object with settings",
  array: "a list",
  record: "an object of names and texts",
};

function unitOf(origin: string): string {
  return ({ string: " characters", array: " entries" } as Record<string, string>)[origin] ?? "";
}

/** All mistakes in one message: key, value, what is allowed, an example, and how to set it. */
export function faultReport(faults: readonly Fault[]): string {
  const count = faults.length === 1 ? "1 mistake" : `${faults.length} mistakes`;
  const lines = faults.map(({ path, given, allowed, example }) => {
    const what = given === undefined ? `${path} is not set` : `${path} is ${show(given)}`;
    const head = allowed.startsWith("no such") ? `${path}: ${allowed}` : `${what}; allowed: ${allowed}`;
    return `  - ${head}${example === undefined ? "" : `; for example ${show(example)}`}`;
  });
  return [
    `The config of this stack has ${count}; nothing was deployed.`,
    ...lines,
    "Set a value with `pulumi config set [--path] <key> <value>`; docs/configuration.md lists every key.",
  ].join("\n");
}

const longest = 80;

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === "object" && part !== null ? (part as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** The schema of a part of a value, as far as it can be followed. */
function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((node, key) => {
    const inner = node === undefined ? undefined : unwrap(node);
    if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
    return inner instanceof z.ZodObject ? (inner.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
  }, schema);
}

function objectShape(node: z.ZodType | undefined): Record<string, z.ZodType> | undefined {
  const inner = node === undefined ? undefined : unwrap(node);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** Without what only says that a value may be left out. */
export function unwrap(node: z.ZodType): z.ZodType {
  if (node instanceof z.ZodOptional || node instanceof z.ZodDefault || node instanceof z.ZodPrefault) {
    return unwrap(node.unwrap() as z.ZodType);
  }
  return node;
}

function exampleOf(node: z.ZodType | undefined): unknown {
  if (node === undefined) return undefined;
  const { example } = (node.meta() ?? {}) as { example?: unknown };
  if (example !== undefined) return example;
  const inner = unwrap(node);
  return inner === node ? undefined : exampleOf(inner);
}

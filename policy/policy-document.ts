import type { Check, Requirement, Subject } from "./check";
import { type Inputs, listOf, recordOf, recordsOf, stringsOf, textOf, valuesAt } from "./path";

/** One statement of an AWS policy document, its one-or-many fields made lists. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  /** Principals with their kind: `AWS:*`, `Service:logs.amazonaws.com`, `Federated:arn:…`. */
  readonly principals: readonly string[];
  /** Condition keys and values by operator. */
  readonly conditions: Inputs;
}

const oneOrMany = (value: unknown): readonly string[] =>
  typeof value === "string" ? [value] : stringsOf(value);

function principalsOf(value: unknown): string[] {
  if (typeof value === "string") return [`AWS:${value}`];
  return Object.entries(recordOf(value)).flatMap(([kind]) =>
    oneOrMany(recordOf(value)[kind]).map((name) => `${kind}:${name}`),
  );
}

/**
 * The statements of a policy document given as JSON text or as an object.
 *
 * @returns undefined when the value is no policy document.
 */
export function statementsOf(document: unknown): readonly Statement[] | undefined {
  const parsed = typeof document === "string" ? parse(document) : document;
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const given = recordOf(parsed)["Statement"];
  const statements = Array.isArray(given) ? recordsOf(given) : [recordOf(given)];
  return statements.map((statement) => ({
    effect: textOf(statement["Effect"]),
    actions: oneOrMany(statement["Action"]),
    notActions: oneOrMany(statement["NotAction"]),
    resources: oneOrMany(statement["Resource"]),
    principals: principalsOf(statement["Principal"]),
    conditions: recordOf(statement["Condition"]),
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A check that no statement of the document under a path is of a forbidden kind. */
export function statementCheck(
  path: string,
  isForbidden: (statement: Statement) => boolean,
  requirement: Requirement & { readonly allowed: string },
): Check {
  return {
    ...requirement,
    reads: [path],
    findings: ({ inputs }) => findForbidden(inputs, path, isForbidden),
  };
}

function findForbidden(inputs: Inputs, path: string, isForbidden: (statement: Statement) => boolean) {
  return valuesAt(inputs, path).flatMap((located) => {
    if (located.value === undefined || located.value === null) return [];
    const statements = statementsOf(located.value);
    if (statements === undefined) return [{ property: located.path, given: located.value }];
    return statements.flatMap((statement, position) =>
      isForbidden(statement)
        ? [{ property: `${located.path}.Statement[${position}]`, given: brief(statement) }]
        : [],
    );
  });
}

/** A check that the document under a path has a statement of a wanted kind. */
export function hasStatement(
  path: string,
  isWanted: (statement: Statement) => boolean,
  requirement: Requirement & { readonly allowed: string },
): Check {
  const findings = ({ inputs }: Subject) =>
    valuesAt(inputs, path).flatMap((located) =>
      statementsOf(located.value)?.some(isWanted) === true
        ? []
        : [{ property: located.path, given: statementsOf(located.value)?.map(brief) }],
    );
  return { ...requirement, reads: [path], findings };
}

function brief({ effect, actions, notActions, resources, principals }: Statement): Inputs {
  const parts = {
    Effect: effect,
    Action: actions,
    NotAction: notActions,
    Resource: resources,
    Principal: principals,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part.length > 0));
}

export const isUnconditional = ({ conditions }: Statement): boolean => Object.keys(conditions).length === 0;

/** Allows everybody, with no condition that narrows it. */
export const allowsEverybody = (statement: Statement): boolean =>
  statement.effect === "Allow" && statement.principals.includes("AWS:*") && isUnconditional(statement);

/** The values of a condition key (`aws:SecureTransport`) under an operator, as texts. */
export function conditionValues(
  statement: Statement,
  operator: string,
  isKey: (key: string) => boolean,
): string[] {
  const keys = recordOf(statement.conditions[operator]);
  return Object.keys(keys)
    .filter(isKey)
    .flatMap((key) => {
      const value = keys[key];
      return (Array.isArray(value) ? listOf(value) : [value]).map(String);
    });
}

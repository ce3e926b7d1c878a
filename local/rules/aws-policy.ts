import { isObject, text, type Properties } from "../values";
import { parseJson } from "./checks";
import type { Check } from "./contract";

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** ARNs, account ids, services, or `*`. */
  readonly principals: readonly string[];
  readonly conditional: boolean;
}

/** The statements of an IAM policy document; none when the text is no such document or not known yet. */
export function statementsOf(document: string | undefined): readonly Statement[] {
  const statements = parseJson(document ?? "")?.["Statement"];
  const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
  return list.filter(isObject).map((statement) => ({
    effect: text(statement, "Effect") ?? "",
    actions: texts(statement["Action"] ?? statement["NotAction"]),
    resources: texts(statement["Resource"] ?? statement["NotResource"]),
    principals: principalsOf(statement["Principal"] ?? statement["NotPrincipal"]),
    conditional: statement["Condition"] !== undefined,
  }));
}

function principalsOf(principal: unknown): readonly string[] {
  return isObject(principal) ? Object.values(principal).flatMap(texts) : texts(principal);
}

function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((element) => typeof element === "string");
}

/** Letters that count toward a policy's size: white space does not. */
const sizeOf = (document: string): number => document.replace(/\s/g, "").length;

interface DocumentRule {
  readonly code: string;
  readonly principals: "required" | "forbidden";
  /** Most characters, white space apart. */
  readonly quota: number;
}

/** A property that holds an IAM policy document. Source: IAM user guide, "Grammar" and "Quotas", 2026-11-21. */
export function policyDocument(property: string, rule: DocumentRule): Check {
  return function* (inputs: Properties) {
    const document = text(inputs, property);
    if (document === undefined) return;
    const refuse = (reason: string) => ({ property, reason: `${rule.code}: ${reason}` });
    if (parseJson(document) === undefined) {
      yield refuse(`Syntax errors in policy: ${document.slice(0, 60)}`);
      return;
    }
    if (sizeOf(document) > rule.quota) {
      yield {
        property,
        reason: `LimitExceeded: Cannot exceed quota for PolicySize: ${rule.quota}; given ${sizeOf(document)}`,
      };
    }
    const statements = statementsOf(document);
    if (statements.length === 0) yield refuse("Policy document must contain at least one statement");
    for (const { effect, actions, principals, resources } of statements) {
      if (effect !== "Allow" && effect !== "Deny") yield refuse(`Effect '${effect}' must be Allow or Deny`);
      if (actions.length === 0) yield refuse("Policy statement must contain actions");
      const badAction = actions.find((action) => !/^(\*|[a-z0-9-]+:[\w*?]+)$/i.test(action));
      if (badAction !== undefined)
        yield refuse(
          `Actions/Conditions must be prefaced by a vendor, e.g. iam, sdb, ec2, etc.: '${badAction}'`,
        );
      if (rule.principals === "required" && principals.length === 0)
        yield refuse("Missing required field Principal");
      if (rule.principals === "forbidden" && principals.length > 0)
        yield refuse("Policy document should not specify a principal");
      if (rule.principals === "forbidden" && resources.length === 0)
        yield refuse("Policy statement must contain resources");
    }
  };
}

/** Whether a policy gives everyone something, without a condition. */
export function isPublic(policy: string | undefined): boolean {
  return statementsOf(policy).some(
    ({ effect, principals, conditional }) => effect === "Allow" && principals.includes("*") && !conditional,
  );
}

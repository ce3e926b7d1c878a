import { type PolicyProviderResource, type PolicyResourceOptions } from "@pulumi/policy";
import type { Environment } from "../components/core/cloud";
import type { Condition } from "./condition";
import type { ControlId } from "./controls";
import { type Inputs, valuesAt } from "./path";
import { isUnknownValue } from "./unknown";

/** The resource that a check looks at. Reading an input that is not known yet throws `UnknownValueError`. */
export interface Subject {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly inputs: Inputs;
  readonly opts: PolicyResourceOptions;
  readonly provider: PolicyProviderResource | undefined;
  readonly environment: Environment | undefined;
  /** The rule's settings from the pack's configuration. */
  readonly settings: Inputs;
}

/** What a check found wrong: the property, and the value that it was given. */
export interface Finding {
  readonly property: string;
  readonly given: unknown;
}

/** What every check states, and every message and the reference repeat. */
export interface Requirement {
  readonly control: ControlId;
  /** What to do about a violation: one sentence that names the property. */
  readonly fix: string;
  /** Applies in production only. */
  readonly when?: "prod";
}

/** One requirement on the inputs of one resource type. */
export interface Check extends Requirement {
  /** The property paths that decide; `ignoreChanges` must not name them. */
  readonly reads: readonly string[];
  readonly allowed: string;
  readonly findings: (subject: Subject) => Iterable<Finding>;
}

/** A check that a property, or each one that the path reaches, satisfies a condition. */
export function property(path: string, condition: Condition, requirement: Requirement): Check {
  return {
    ...requirement,
    reads: [path],
    allowed: condition.allowed,
    findings: ({ inputs }) => violationsOf(inputs, path, condition),
  };
}

/** Checks by the type token of the resources that they look at. */
export type ChecksByType = Readonly<Record<string, readonly Check[]>>;

/** Tables of checks as one; the checks of a type that several have follow each other. */
export function combined(...tables: readonly ChecksByType[]): ChecksByType {
  const all: Record<string, readonly Check[]> = {};
  for (const table of tables) {
    for (const [type, checks] of Object.entries(table)) all[type] = [...(all[type] ?? []), ...checks];
  }
  return all;
}

/** The values under a path that break a condition. */
export function violationsOf(inputs: Inputs, path: string, condition: Condition): Finding[] {
  try {
    return valuesAt(inputs, path)
      .filter(({ value }) => !condition.holds(value))
      .map((located) => ({ property: located.path, given: located.value }));
  } catch (error) {
    if (isUnknownValue(error) && condition.holdsForUnknown === true) return [];
    throw error;
  }
}

/** A requirement in one sentence each: what is wrong, what is allowed, how to mend it, which control asks for it. */
export function violationMessage(
  finding: Finding,
  requirement: Requirement & { readonly allowed: string },
): string {
  const { allowed, fix, control } = requirement;
  return `${finding.property} is ${shown(finding.given)}; allowed: ${allowed}. ${fix} (${control})`;
}

const longestShown = 120;

function shown(value: unknown): string {
  if (value === undefined || value === null || value === "") return "not set";
  try {
    const text = JSON.stringify(value);
    return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  } catch (error) {
    if (isUnknownValue(error)) return "partly not known yet";
    throw error;
  }
}

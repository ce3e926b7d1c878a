import {
  type Policies,
  type PolicyConfigSchema,
  type PolicyResource,
  type ReportViolation,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { type Check, type Finding, type Requirement, type Subject, violationMessage } from "./check";
import { type ControlId, controls, highestSeverity } from "./controls";
import { environmentOf, environments } from "./environment";
import type { Inputs } from "./path";
import { StackView } from "./stack-view";
import { isUnknownValue } from "./unknown";

/** What a rule is about. Every concern but `governance` has controls on every cloud. */
export type Concern =
  "encryption" | "backup" | "exposure" | "network" | "logging" | "identity" | "nodes" | "governance";

/** A requirement on resources of one type that only the whole stack can show, such as "has a flow log". */
export interface StackCheck extends Requirement {
  /** The resource type that must meet it; violations are reported on resources of this type. */
  readonly on: string;
  readonly allowed: string;
  /** The type that must accompany each resource, and its property that refers to the resource. */
  readonly companion?: { readonly type: string; readonly by: string };
  readonly findings: (subject: PolicyResource, stack: StackView) => Iterable<Finding>;
}

/** One rule: one concern on every cloud that has an equivalent. Read it as a table of type tokens and checks. */
export interface Rule {
  readonly name: string;
  /** One sentence: what holds when nobody violates the rule. */
  readonly description: string;
  readonly concern: Concern;
  /** Checks on one resource's inputs, by type token; `*` meets every resource. */
  readonly resources?: Readonly<Record<string, readonly Check[]>>;
  /** Checks on the whole stack, after its resources are known. */
  readonly stack?: readonly StackCheck[];
  /** Mends the inputs in place; runs only where somebody sets the rule's enforcement level to `remediate`. */
  readonly remediate?: (subject: Subject) => Inputs | undefined;
  /** Settings beside `environment` that the pack's configuration may give. */
  readonly settings?: PolicyConfigSchema["properties"];
  /** What the reference says beyond the table: clouds without an equivalent, exceptions and their reason. */
  readonly note?: string;
}

type PackPolicy = Policies[number] & Partial<ResourceValidationPolicy & StackValidationPolicy>;

export const checksOf = (rule: Rule): readonly Check[] => Object.values(rule.resources ?? {}).flat();

/** The controls that a rule stands for, in the order of its table. */
export const controlsOf = (rule: Rule): ControlId[] => [
  ...new Set([...checksOf(rule), ...(rule.stack ?? [])].map(({ control }) => control)),
];

/** The policy that the engine runs for a rule. Every rule is mandatory unless the pack's configuration says else. */
export function toPolicy(rule: Rule): PackPolicy {
  const ids = controlsOf(rule);
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: "mandatory",
    severity: highestSeverity(ids),
    tags: ids,
    remediationSteps: [...checksOf(rule), ...(rule.stack ?? [])].map(({ fix }) => fix).join(" "),
    configSchema: { properties: { environment: { enum: [...environments] }, ...rule.settings } },
    ...(rule.resources === undefined ? {} : { validateResource: resourceValidation(rule.resources) }),
    ...(rule.stack === undefined ? {} : { validateStack: stackValidation(rule.stack) }),
    ...(rule.remediate === undefined ? {} : { remediateResource: remediation(rule.remediate) }),
  };
}

function resourceValidation(resources: NonNullable<Rule["resources"]>) {
  const everywhere = resources["*"] ?? [];
  const byType = new Map(Object.entries(resources));
  return (args: ResourceValidationArgs, report: ReportViolation) => {
    const checks = byType.get(args.type) ?? everywhere;
    if (checks.length === 0) return;
    const subject = subjectOf(args);
    runAll(
      checks.filter(({ when }) => when === undefined || when === subject.environment),
      (check) => {
        for (const finding of check.findings(subject)) report(violationMessage(finding, check));
      },
    );
  };
}

function stackValidation(checks: readonly StackCheck[]) {
  return (args: StackValidationArgs, report: ReportViolation) => {
    const stack = new StackView(args.resources);
    const settings = args.getConfig<Inputs>();
    const cases = checks.flatMap((check) => stack.of(check.on).map((subject) => ({ check, subject })));
    runAll(cases, ({ check, subject }) => {
      const { when } = check;
      if (when !== undefined && environmentOf({ urn: subject.urn, inputs: subject.props, settings }) !== when)
        return;
      for (const finding of check.findings(subject, stack)) {
        report(violationMessage(finding, check), subject.urn);
      }
    });
  };
}

const remediation = (remediate: NonNullable<Rule["remediate"]>) => (args: ResourceValidationArgs) =>
  remediate(subjectOf(args));

/**
 * Runs every case, so that a value which a preview does not know hides no other violation; then lets the SDK tell the
 * user that the preview could not run the rule in full.
 */
function runAll<Case>(cases: readonly Case[], run: (one: Case) => void): void {
  let unknown: Error | undefined;
  for (const one of cases) {
    try {
      run(one);
    } catch (error) {
      if (!isUnknownValue(error)) throw error;
      unknown ??= error;
    }
  }
  if (unknown !== undefined) throw unknown;
}

function subjectOf(args: ResourceValidationArgs): Subject {
  const { type, name, urn, opts, provider } = args;
  const inputs: Inputs = args.props;
  const settings = args.getConfig<Inputs>();
  const environment = environmentOf({ urn, inputs, settings });
  return { type, name, urn, inputs, opts, provider, environment, settings };
}

/** Benchmark and scanner numbers of a rule's controls. */
export const referencesOf = (rule: Rule): string[] => [
  ...new Set(controlsOf(rule).flatMap((id) => controls[id].references)),
];

import type { ControlId } from "../../../policy/controls";
import type { TestResource } from "../../support/policy";

export interface PolicyCase {
  readonly because: string;
  readonly resources: readonly TestResource[];
  readonly stack?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface FailingCase extends PolicyCase {
  /** The control of each violation, in order of their report. */
  readonly controls: readonly ControlId[];
}

/** The cases of one rule. */
export interface RuleCases {
  readonly fails: readonly FailingCase[];
  readonly passes: readonly PolicyCase[];
  /** Resources that the rule has nothing to say about, whatever their inputs. */
  readonly foreign: readonly TestResource[];
}

/** A resource named after its kind, or by `name`. */
export function resource(
  type: string,
  inputs: TestResource["inputs"] = {},
  rest: Partial<TestResource> = {},
): TestResource {
  const name = type.split(":").at(-1) ?? type;
  return { type, name, inputs, ...rest };
}

/** Shorthand for a case with one resource. */
export const fails = (
  because: string,
  controls: readonly ControlId[],
  resources: TestResource | readonly TestResource[],
  rest: Partial<PolicyCase> = {},
): FailingCase => ({ because, controls, resources: [resources].flat(), ...rest });

export const passes = (
  because: string,
  resources: TestResource | readonly TestResource[],
  rest: Partial<PolicyCase> = {},
): PolicyCase => ({ because, resources: [resources].flat(), ...rest });

/** A type that no rule but those for every resource knows, with inputs that would be wrong elsewhere. */
export const configMap = resource("kubernetes:core/v1:ConfigMap", {
  acl: "public-read",
  forceDestroy: true,
  policy: "*",
  ingress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }],
});

export const production = { stack: "prod" } as const;

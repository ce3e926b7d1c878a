import {
  type PolicyResource,
  type PolicyResourceOptions,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
  unknownCheckingProxy as untypedProxy,
} from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import { type Rule, toPolicy } from "../../policy/rule";
import { rules as allRules } from "../../policy/rules";
import { isUnknownValue } from "../../policy/unknown";
import { stateOf } from "./mock-state";

/** The SDK's declarations leave this one out; it makes reading an unknown value throw. */
const unknownCheckingProxy = untypedProxy as (values: object) => Record<string, unknown>;

/** What the engine sends a policy in place of a value that a preview does not know. */
export const unknown = runtime.unknownValue;

/** A resource as a program registers it. */
export interface TestResource {
  readonly type: string;
  readonly name: string;
  /** Default: made from `stack`, type and name. */
  readonly urn?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What stack rules see. Default: the state that the mocks invent for the inputs. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Options; a recording under mocks has none, so that `protect` is off unless it is said here. */
  readonly opts?: Partial<PolicyResourceOptions>;
  /** The provider that it goes through. Default: none, as for a component. */
  readonly provider?: { readonly name: string; readonly props: Readonly<Record<string, unknown>> };
  /** Name or URN of the parent, when the parent is in the list too. */
  readonly parent?: string;
  /** Names or URNs, for each input property, of the resources that it was made from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Names or URNs of all resources that it was made from. */
  readonly dependencies?: readonly string[];
}

export interface Violation {
  readonly rule: string;
  /** URN of the resource. */
  readonly resource: string;
  readonly message: string;
}

export interface PolicyRun {
  readonly violations: readonly Violation[];
  /** Rules that could not run in full because a value is not known yet, as the user is told about them. */
  readonly unknown: readonly Violation[];
}

export interface PolicyRunOptions {
  readonly rules?: readonly Rule[];
  /** Name of the stack, whose first word is the environment. Default `dev`. */
  readonly stack?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Every violation of every resource rule and every stack rule over a list of resources. */
export async function violationsOf(
  resources: readonly TestResource[],
  options: PolicyRunOptions = {},
): Promise<readonly Violation[]> {
  return (await runPolicies(resources, options)).violations;
}

/** Runs rules as the SDK's server does: proxies that throw on unknown values, stack rules on outputs. */
export async function runPolicies(
  resources: readonly TestResource[],
  { rules = allRules, stack = "dev", settings = {} }: PolicyRunOptions = {},
): Promise<PolicyRun> {
  const run = { violations: [] as Violation[], unknown: [] as Violation[] };
  const inputs = resources.map((resource) => resourceArgs(resource, stack, settings));
  const outputs = stackArgs(resources, stack, settings);
  for (const rule of rules) {
    const policy = toPolicy(rule) as Partial<ResourceValidationPolicy & StackValidationPolicy>;
    const note = (list: Violation[], urn: string) => (message: string) =>
      list.push({ rule: rule.name, resource: urn, message });
    for (const args of inputs) {
      await catchUnknown(note(run.unknown, args.urn), async () => {
        for (const validate of [policy.validateResource ?? []].flat())
          await validate(args, note(run.violations, args.urn));
      });
    }
    await catchUnknown(note(run.unknown, ""), async () => {
      await policy.validateStack?.(outputs, (message, urn = "") => note(run.violations, urn)(message));
    });
  }
  return run;
}

/** Inputs after a rule's remediation, or undefined when it leaves them alone. */
export async function remediated(rule: Rule, resource: TestResource, options: PolicyRunOptions = {}) {
  const policy = toPolicy(rule) as ResourceValidationPolicy;
  const args = resourceArgs(resource, options.stack ?? "dev", options.settings ?? {});
  return (await policy.remediateResource?.(args)) ?? undefined;
}

async function catchUnknown(note: (message: string) => void, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    note(error.message);
  }
}

const urnOf = ({ urn, type, name }: TestResource, stack: string) =>
  urn ?? `urn:pulumi:${stack}::ml-platform::${type}::${name}`;

const optionsOf = ({ opts }: TestResource): PolicyResourceOptions => ({
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
  ...opts,
});

const providerOf = ({ provider }: TestResource) =>
  provider && {
    ...provider,
    type: "pulumi:providers:test",
    urn: `urn:pulumi:x::y::provider::${provider.name}`,
  };

function resourceArgs(resource: TestResource, stack: string, settings: object): ResourceValidationArgs {
  return {
    type: resource.type,
    name: resource.name,
    urn: urnOf(resource, stack),
    props: unknownCheckingProxy(structuredClone(resource.inputs)),
    opts: optionsOf(resource),
    provider: providerOf(resource),
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: (() => settings) as ResourceValidationArgs["getConfig"],
    notApplicable,
  } as ResourceValidationArgs;
}

function notApplicable(): never {
  throw new Error("no rule of the pack says that it is not applicable");
}

function stackArgs(resources: readonly TestResource[], stack: string, settings: object): StackValidationArgs {
  const made = resources.map((resource) => ({ resource, seen: policyResource(resource, stack) }));
  const byKey = new Map(
    made.flatMap(({ resource, seen }) => [[resource.name, seen] as const, [seen.urn, seen] as const]),
  );
  const find = (keys: readonly string[]) => keys.flatMap((key) => byKey.get(key) ?? []);
  for (const { resource, seen } of made) {
    const parent = resource.parent === undefined ? undefined : byKey.get(resource.parent);
    if (parent !== undefined) seen.parent = parent;
    seen.dependencies = find(resource.dependencies ?? []);
    for (const [property, keys] of Object.entries(resource.propertyDependencies ?? {}))
      seen.propertyDependencies[property] = find(keys);
  }
  return {
    resources: made.map(({ seen }) => seen),
    stackTags: new Map(),
    getConfig: (() => settings) as ResourceValidationArgs["getConfig"],
    notApplicable,
  };
}

function policyResource(resource: TestResource, stack: string): PolicyResource {
  const { type, name, inputs } = resource;
  const outputs = resource.outputs === undefined ? mockOutputs(resource) : { ...inputs, ...resource.outputs };
  return {
    type,
    name,
    urn: urnOf(resource, stack),
    props: unknownCheckingProxy(outputs),
    opts: optionsOf(resource),
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  };
}

function mockOutputs({ type, name, inputs }: TestResource): Record<string, unknown> {
  const { id, state } = stateOf({ type, name, inputs: { ...inputs }, id: "" });
  return { id, ...state };
}

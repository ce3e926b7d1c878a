import type { Derived, Dialect, Subject, TypeRule } from "./rules/contract";
import { fill } from "./rules/template";
import { schemaOf, type Kind } from "./schema";
import { hex, unknownValue, type Properties } from "./values";
import type { World } from "./world";

/** Everything that a read of the thing returns: what was asked for, what the cloud filled in, what it worked out. */
export function makeState(dialect: Dialect, rule: TypeRule, subject: Subject, world: World): Properties {
  const schema = schemaOf(subject.type);
  const derive = (derived: Derived): unknown =>
    typeof derived === "string" ? fill(derived, subject) : derived(subject, world);
  const state: Record<string, unknown> = {};
  for (const [property, kind] of schema.outputs) {
    if (dialect.outputs[property] === undefined) state[property] = invented(kind, property, subject);
  }
  for (const [property, common] of Object.entries(dialect.outputs)) {
    if (schema.outputs.has(property) || schema.inputs.has(property)) state[property] = derive(common);
  }
  Object.assign(state, rule.defaults, subject.inputs);
  for (const [property, derived] of Object.entries(rule.outputs ?? {})) state[property] = derive(derived);
  delete state["__defaults"];
  delete state["id"];
  return state;
}

/** What a preview can promise: the inputs and the cloud's defaults; everything worked out later is unknown. */
export function previewState(dialect: Dialect, rule: TypeRule, subject: Subject): Properties {
  const state: Record<string, unknown> = {};
  for (const property of schemaOf(subject.type).outputs.keys()) state[property] = unknownValue;
  for (const property of Object.keys(rule.outputs ?? {})) state[property] = unknownValue;
  Object.assign(state, rule.defaults, subject.inputs);
  // Merged outputs (an input object that the cloud completes) are not known either, whatever was given.
  for (const [property, derived] of Object.entries(rule.outputs ?? {})) {
    if (typeof derived === "function" || derived.includes("{id}")) state[property] = unknownValue;
  }
  for (const [property, derived] of Object.entries(dialect.outputs)) {
    if (property in state && derived === "{region}")
      state[property] = subject.inputs[property] ?? fill(derived, subject);
  }
  delete state["__defaults"];
  delete state["id"];
  return state;
}

/** A value for an output that no rule knows: of the right type, and the same on every run. */
function invented(kind: Kind, property: string, subject: Subject): unknown {
  switch (kind) {
    case "string":
      return /arn$/i.test(property) ? subject.id : `${property}-${hex(`${property} ${subject.seed}`, 8)}`;
    case "number":
      return 0;
    case "boolean":
      return false;
    case "array":
      return [];
    default:
      return undefined;
  }
}

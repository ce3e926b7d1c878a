import type { Environment } from "../components/core/cloud";
import { type Inputs, recordOf } from "./path";
import { isUnknownValue } from "./unknown";

/** As a record, so that a new environment does not compile until it is here; the list itself loads with zod. */
const known: { readonly [E in Environment]: true } = { dev: true, staging: true, prod: true };

export const environments = Object.keys(known) as readonly Environment[];

const isEnvironment = (text: unknown): text is Environment =>
  (environments as readonly unknown[]).includes(text);

/** The parts of `urn:pulumi:<stack>::<project>::<type path>::<name>`. */
export function urnParts(urn: string): { stack: string; project: string; typePath: string } {
  const [head = "", project = "", typePath = ""] = urn.split("::");
  return { stack: head.split(":").at(-1) ?? "", project, typePath };
}

/**
 * The environment that a resource belongs to: what the pack's configuration says, else the resource's own
 * `Environment` tag (on Google Cloud the label `environment`, of a cluster in `resourceLabels`), else the first word of the stack's name. Undefined when
 * none of them names one: rules for production then do not apply.
 */
export function environmentOf(resource: {
  readonly urn: string;
  readonly inputs: Inputs;
  readonly settings: Inputs;
}): Environment | undefined {
  const candidates = [
    () => resource.settings["environment"],
    () => recordOf(resource.inputs["tags"])["Environment"],
    () => recordOf(resource.inputs["labels"])["environment"],
    () => recordOf(resource.inputs["resourceLabels"])["environment"],
    () => urnParts(resource.urn).stack.split(/[^A-Za-z0-9]/)[0],
  ];
  return candidates.map(ifKnown).find(isEnvironment);
}

function ifKnown(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error)) return undefined;
    throw error;
  }
}

import { number, object, objects, text, texts, type Properties } from "../values";
import type { Check, Problem } from "./contract";

/** Tiers in the order in which blobs move down. Deletion is last. */
const moves = ["tierToCool", "tierToCold", "tierToArchive", "delete"];
const targets = ["baseBlob", "snapshot", "version"];
const maxRules = 100;

const problem = (sentence: string): Problem => ({
  property: "policy",
  reason: `InvalidRequestPropertyValue: ${sentence}`,
});

/** The management policies that a storage account takes. Source: Azure "Lifecycle management policies", 2026-11-21. */
export const managementPolicy: Check = function* (inputs) {
  const rules = objects(object(inputs, "policy"), "rules");
  if (rules.length > maxRules) yield problem(`${rules.length} rules given, ${maxRules} allowed`);
  if (
    rules.length === 0 &&
    inputs["policy"] !== undefined &&
    Array.isArray(object(inputs, "policy")["rules"])
  )
    yield problem("a policy needs at least one rule");
  const names = rules.map((rule) => text(rule, "name"));
  for (const name of names.filter((each, i) => each !== undefined && names.indexOf(each) !== i)) {
    yield problem(`rule names must be unique: '${String(name)}' is given twice`);
  }
  for (const rule of rules) yield* ruleProblems(rule);
};

function* ruleProblems(rule: Properties): Iterable<Problem> {
  const name = text(rule, "name") ?? "";
  if (!/^[a-zA-Z0-9-]{1,256}$/.test(name))
    yield problem(`rule name '${name}' must have 1 to 256 letters, digits or dashes`);
  if (text(rule, "type") !== "Lifecycle") yield problem(`rule '${name}' must have the type Lifecycle`);
  const definition = object(rule, "definition");
  const [actions, filters] = [object(definition, "actions"), object(definition, "filters")];
  const types = texts(filters, "blobTypes");
  if (definition["filters"] !== undefined && types.length === 0)
    yield problem(`rule '${name}': filters.blobTypes is needed: blockBlob, appendBlob`);
  const wrong = types.find((type) => type !== "blockBlob" && type !== "appendBlob");
  if (wrong !== undefined)
    yield problem(`rule '${name}': blob type '${wrong}' must be blockBlob or appendBlob`);
  if (texts(filters, "prefixMatch").some((prefix) => prefix.startsWith("/")))
    yield problem(`rule '${name}': a prefix starts with its container's name`);
  const given = targets.filter((target) => Object.keys(object(actions, target)).length > 0);
  if (given.length === 0) yield problem(`rule '${name}' needs at least one action on ${targets.join(", ")}`);
  for (const target of given) yield* actionProblems(name, target, object(actions, target), types);
}

function* actionProblems(
  name: string,
  target: string,
  actions: Properties,
  types: readonly string[],
): Iterable<Problem> {
  const steps = moves
    .filter((move) => actions[move] !== undefined)
    .map((move) => ({ move, day: dayOf(object(actions, move)) }));
  for (const [i, { move, day }] of steps.entries()) {
    if (move !== "delete" && types.includes("appendBlob"))
      yield problem(`rule '${name}': ${move} is for blockBlob only`);
    if (day !== undefined && (!Number.isInteger(day) || day < 0))
      yield problem(`rule '${name}': ${target}.${move} after ${day} days must be a whole number from 0`);
    const before = steps[i - 1];
    if (before?.day !== undefined && day !== undefined && day <= before.day) {
      yield problem(
        `rule '${name}': ${target}.${move} after ${day} days must come later than ${before.move} after ${before.day} days`,
      );
    }
    if (Object.keys(object(actions, move)).length === 0)
      yield problem(`rule '${name}': ${target}.${move} needs a number of days`);
  }
}

const dayKeys = [
  "daysAfterModificationGreaterThan",
  "daysAfterCreationGreaterThan",
  "daysAfterLastAccessTimeGreaterThan",
];

function dayOf(action: Properties): number | undefined {
  return dayKeys.map((key) => number(action, key)).find((day) => day !== undefined);
}

import { number, object, objects, text, type Properties } from "../values";
import type { Check, Problem } from "./contract";

/** Cheaper classes, in the order in which objects may move down, and the first day at which they may arrive. */
const classes: Readonly<Record<string, { readonly rank: number; readonly fromDay: number }>> = {
  STANDARD_IA: { rank: 1, fromDay: 30 },
  INTELLIGENT_TIERING: { rank: 2, fromDay: 0 },
  ONEZONE_IA: { rank: 3, fromDay: 30 },
  GLACIER_IR: { rank: 4, fromDay: 0 },
  GLACIER: { rank: 5, fromDay: 0 },
  DEEP_ARCHIVE: { rank: 6, fromDay: 0 },
};

const actions = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
];

const maxRules = 1000;

/** The lifecycle rules that S3 takes. Source: S3 user guide, "Transitioning objects" and lifecycle API, 2026-11-21. */
export const lifecycleProblems: Check = function* (inputs) {
  const rules = objects(inputs, "rules");
  if (rules.length > maxRules) yield problem(`${rules.length} rules given, ${maxRules} allowed`);
  const ids = rules.map((rule) => text(rule, "id"));
  for (const id of ids.filter((each, i) => each !== undefined && ids.indexOf(each) !== i)) {
    yield problem(`Rule ID must be unique. Found same ID for more than one rule: ${String(id)}`);
  }
  for (const rule of rules) yield* ruleProblems(rule);
};

function* ruleProblems(rule: Properties): Iterable<Problem> {
  const id = text(rule, "id") ?? "";
  if (id.length > 255) yield problem(`ID length should not exceed allowed limit of 255: ${id.slice(0, 40)}…`);
  const status = text(rule, "status");
  if (status !== "Enabled" && status !== "Disabled")
    yield problem(`rule '${id}' has status '${String(status)}': Enabled or Disabled`);
  if (!actions.some((action) => rule[action] !== undefined)) {
    yield problem(`At least one action needs to be specified in rule '${id}'`);
  }
  yield* steps(id, objects(rule, "transitions"), "days", number(object(rule, "expiration"), "days"));
  const expiry = number(object(rule, "noncurrentVersionExpiration"), "noncurrentDays");
  yield* steps(id, objects(rule, "noncurrentVersionTransitions"), "noncurrentDays", expiry);
  const days = number(object(rule, "expiration"), "days");
  if (days !== undefined && days < 1)
    yield problem(`'Days' for Expiration action must be a positive integer: ${days} in rule '${id}'`);
  const upload = number(object(rule, "abortIncompleteMultipartUpload"), "daysAfterInitiation");
  if (upload !== undefined && upload < 1)
    yield problem(`'DaysAfterInitiation' must be a positive integer: ${upload} in rule '${id}'`);
  const markers = object(rule, "expiration")["expiredObjectDeleteMarker"] === true;
  if (markers && days !== undefined)
    yield problem(`rule '${id}': expiredObjectDeleteMarker cannot be given together with days`);
}

/** Each move comes later than the one before, never before the class's first day; deletion comes last. */
function* steps(
  id: string,
  transitions: readonly Properties[],
  key: string,
  expiry: number | undefined,
): Iterable<Problem> {
  const known = transitions.map((step) => ({
    to: text(step, "storageClass") ?? "",
    day: number(step, key) ?? 0,
  }));
  for (const { to, day } of known) {
    const target = classes[to];
    if (target === undefined)
      yield problem(`storage class '${to}' in rule '${id}': one of ${Object.keys(classes).join(", ")}`);
    else if (day < target.fromDay) {
      yield invalid(
        `'Days' in Transition action must be greater than or equal to ${target.fromDay} for storageClass '${to}': ${day} in rule '${id}'`,
      );
    }
    if (expiry !== undefined && expiry <= day) {
      yield invalid(
        `'Days' in the Expiration action for rule '${id}' must be greater than 'Days' in the Transition action: ${expiry} is not after ${day} (${to})`,
      );
    }
  }
  const ordered = [...known].sort((a, b) => (classes[a.to]?.rank ?? 0) - (classes[b.to]?.rank ?? 0));
  for (const [i, step] of ordered.entries()) {
    const before = ordered[i - 1];
    if (before !== undefined && step.day <= before.day) {
      yield invalid(
        `'Days' in the Transition action for StorageClass '${step.to}' for rule '${id}' must be greater than that for StorageClass '${before.to}': ${step.day} is not after ${before.day}`,
      );
    }
    if (before !== undefined && before.to.endsWith("_IA") && step.day < before.day + 30) {
      yield invalid(
        `rule '${id}': objects stay 30 days in '${before.to}' before they move to '${step.to}': day ${step.day} is under ${before.day + 30}`,
      );
    }
  }
}

const problem = (sentence: string): Problem => ({ property: "rules", reason: `InvalidRequest: ${sentence}` });
const invalid = (sentence: string): Problem => ({
  property: "rules",
  reason: `InvalidArgument: ${sentence}`,
});

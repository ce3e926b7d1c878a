import type { PolicyResource } from "@pulumi/policy";
import type { Requirement } from "./check";
import type { StackCheck } from "./rule";
import type { StackView } from "./stack-view";

/** The last part of a type token, which is what people call the kind: `aws:s3/bucket:Bucket` is a `Bucket`. */
export const kindOf = (type: string): string => type.split(":").at(-1) ?? type;

interface Companion extends Requirement {
  readonly on: string;
  /** The type that must accompany each resource of `on`. */
  readonly companion: string;
  /** The companion's property (a path; `[]` walks a list) that refers to the resource. */
  readonly by: string;
  /** Which companions count, in words and as a test. */
  readonly which?: { readonly allowed: string; readonly holds: (companion: PolicyResource) => boolean };
  /** Resources that need no companion. */
  readonly unless?: (resource: PolicyResource, stack: StackView) => boolean;
}

/** A stack check that each resource of one type is accompanied by one of another type that refers to it. */
export function companion(given: Companion): StackCheck {
  const { on, companion: type, by, which, unless, ...requirement } = given;
  return {
    ...requirement,
    on,
    companion: { type, by },
    allowed: `a ${kindOf(type)} whose ${by} is this ${kindOf(on)}${which === undefined ? "" : `, ${which.allowed}`}`,
    findings: (resource, stack) => {
      if (unless?.(resource, stack) === true) return [];
      const found = stack.referrers(resource, type, by);
      // Every one is asked: a value that a preview does not know must not hide a companion that does hold.
      if (found.some((candidate) => which?.holds(candidate) ?? true)) return [];
      return [{ property: kindOf(type), given: undefined }];
    },
  };
}

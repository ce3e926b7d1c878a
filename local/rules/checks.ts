import { parseBlock } from "../cidr";
import { isObject, valuesAt, type Properties } from "../values";
import type { Check, Problem } from "./contract";

/** Each text under the path has the form. `allowed` ends the sentence "it must be …". */
export function form(path: string, pattern: RegExp, allowed: string, code = "InvalidParameterValue"): Check {
  return function* (inputs) {
    for (const value of valuesAt(inputs, path)) {
      if (typeof value === "string" && !pattern.test(value)) {
        yield { property: path, reason: `${code}: invalid ${path} '${value}': it must be ${allowed}` };
      }
    }
  };
}

/** Each value under the path is one of those listed. */
export function oneOf(
  path: string,
  allowed: readonly (string | number | boolean)[],
  code = "InvalidParameterValue",
): Check {
  return function* (inputs) {
    for (const value of valuesAt(inputs, path)) {
      if (!allowed.includes(value as string | number | boolean)) {
        yield {
          property: path,
          reason: `${code}: expected ${path} to be one of ${allowed.join(", ")}, got ${String(value)}`,
        };
      }
    }
  };
}

/** Each number under the path lies within bounds, both included. */
export function between(path: string, least: number, most: number, code = "InvalidParameterValue"): Check {
  return function* (inputs) {
    for (const value of valuesAt(inputs, path)) {
      const given = Number(value);
      if (!Number.isFinite(given) || given < least || given > most) {
        yield {
          property: path,
          reason: `${code}: expected ${path} to be in the range (${least} - ${most}), got ${String(value)}`,
        };
      }
    }
  };
}

/** Each text under the path is an IPv4 block with no host bits set, of a size within bounds. IPv6 blocks pass. */
export function blocks(path: string, largest = 0, smallest = 32, code = "InvalidParameterValue"): Check {
  return function* (inputs) {
    for (const value of valuesAt(inputs, path)) {
      if (typeof value !== "string" || value.includes(":")) continue;
      const block = parseBlock(value);
      if (block === undefined)
        yield { property: path, reason: `${code}: '${value}' is not a valid IPv4 CIDR block` };
      else if (block.cidr !== value) {
        yield {
          property: path,
          reason: `${code}: '${value}' is not a valid IPv4 CIDR block; did you mean '${block.cidr}'?`,
        };
      } else if (block.prefix < largest || block.prefix > smallest) {
        yield {
          property: path,
          reason: `${code}: The CIDR '${value}' is invalid: the block size must be between a /${largest} and a /${smallest} netmask`,
        };
      }
    }
  };
}

/** Exactly one of the properties is given. */
export function exactlyOne(properties: readonly string[], code = "InvalidParameterCombination"): Check {
  return function* (inputs) {
    const given = properties.filter((property) => inputs[property] !== undefined);
    if (given.length !== 1) {
      const what = given.length === 0 ? "none is given" : `${given.join(" and ")} are given`;
      yield {
        property: given[0] ?? properties[0] ?? "",
        reason: `${code}: one of ${properties.join(", ")} is needed, ${what}`,
      };
    }
  };
}

/** A problem whenever a condition over the inputs holds. */
export function refuseWhen(property: string, wrong: (inputs: Properties) => boolean, reason: string): Check {
  return function* (inputs) {
    if (wrong(inputs)) yield { property, reason };
  };
}

/** The objects that each text under the path holds as JSON; a problem where it holds none. */
export function* jsonProblems(inputs: Properties, path: string, code: string): Iterable<Problem> {
  for (const value of valuesAt(inputs, path)) {
    if (typeof value === "string" && parseJson(value) === undefined) {
      yield { property: path, reason: `${code}: ${path} is no JSON document: ${value.slice(0, 60)}` };
    }
  }
}

export function parseJson(value: string): Properties | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

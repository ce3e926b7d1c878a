import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

/** A resource's properties as the engine sends them: plain JSON, with marks for values that are not known yet. */
export type Properties = Readonly<Record<string, unknown>>;

/** The mark that stands for a value that only a real run will know. Source: Pulumi's property wire format. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The engine uses one mark per kind of value (string, bool, number, array, asset, archive, object). */
const unknownMarks: ReadonlySet<unknown> = new Set([
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether the value is a mark for one that is not known yet. */
export function isUnknown(value: unknown): boolean {
  return typeof value === "string" && unknownMarks.has(value);
}

/** Whether a mark for an unknown value stands anywhere inside. */
export function hasUnknown(value: unknown): boolean {
  if (typeof value === "string") return unknownMarks.has(value);
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export { isDeepStrictEqual as equal };

/** A known string property, or undefined when it is absent, unknown or of another type. */
export function text(properties: Properties, key: string): string | undefined {
  const value = properties[key];
  return typeof value === "string" && !unknownMarks.has(value) ? value : undefined;
}

/** A known number property, or undefined. */
export function number(properties: Properties, key: string): number | undefined {
  const value = properties[key];
  return typeof value === "number" ? value : undefined;
}

/** An object property, empty when it is absent or unknown. */
export function object(properties: Properties, key: string): Properties {
  const value = properties[key];
  return isObject(value) ? value : {};
}

/** An array property without its unknown elements, empty when it is absent. */
export function list(properties: Properties, key: string): readonly unknown[] {
  const value: unknown = properties[key];
  return Array.isArray(value) ? value.filter((element) => !isUnknown(element)) : [];
}

/** The objects of an array property. */
export function objects(properties: Properties, key: string): readonly Properties[] {
  return list(properties, key).filter(isObject);
}

/** The known strings of an array property. */
export function texts(properties: Properties, key: string): readonly string[] {
  return list(properties, key).filter((element) => typeof element === "string");
}

/**
 * Every known, present value under a path: `vpcId`, `securityGroupIds[]`, `routers[].interfaces[].subnet`.
 * Unknown and absent values are left out, so that a preview judges only what it knows.
 */
export function valuesAt(properties: Properties, path: string): readonly unknown[] {
  return path.split(".").reduce<readonly unknown[]>(
    (found, step) => {
      const many = step.endsWith("[]");
      const key = many ? step.slice(0, -2) : step;
      return found
        .flatMap((value): unknown[] => (isObject(value) && value[key] !== undefined ? [value[key]] : []))
        .flatMap((value): unknown[] => (many ? (Array.isArray(value) ? value : []) : [value]))
        .filter((value) => value !== null && !isUnknown(value));
    },
    [properties],
  );
}

/** Lower-case hexadecimal digits that follow from the key alone: the same on every run. */
export function hex(key: string, length: number): string {
  let digits = "";
  for (let block = 0; digits.length < length; block++) {
    digits += createHash("sha256").update(`${block}\0${key}`).digest("hex");
  }
  return digits.slice(0, length);
}

/** A UUID (version 4 form) that follows from the key alone. */
export function uuid(key: string): string {
  const d = hex(key, 32);
  return `${d.slice(0, 8)}-${d.slice(8, 12)}-4${d.slice(13, 16)}-a${d.slice(17, 20)}-${d.slice(20, 32)}`;
}

/** Decimal digits that follow from the key alone, never starting with 0. */
export function digits(key: string, length: number): string {
  const source = Array.from(hex(key, length));
  return source.map((digit, i) => (parseInt(digit, 16) % (i === 0 ? 9 : 10)) + (i === 0 ? 1 : 0)).join("");
}

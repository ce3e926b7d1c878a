import type { Properties } from "../../local/values";
import type { Registration } from "./monitor";

/** A registration as the fixtures hold it. */
export type Recorded = Pick<Registration, "type" | "name" | "parent" | "inputs">;

/** Registrations in a fixed order, with ids renamed in order of appearance: equal up to the ids themselves. */
export function canonical(registrations: readonly Registration[]): readonly Recorded[] {
  const order = (a: Registration, b: Registration): number =>
    `${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1;
  const ids = new Map<string, string>();
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value === "object" && value !== null) return sorted(value as Properties);
    if (typeof value !== "string" || !/^id-\w+$/.test(value)) return value;
    if (!ids.has(value)) ids.set(value, `id-${ids.size + 1}`);
    return ids.get(value);
  };
  const sorted = (inputs: Properties): Properties =>
    Object.fromEntries(
      Object.keys(inputs)
        .sort()
        .map((key) => [key, rename(inputs[key])]),
    );
  return [...registrations].sort(order).map(({ type, name, parent, inputs }) => ({
    type,
    name,
    parent,
    ...(inputs === undefined ? {} : { inputs: sorted(inputs) }),
  }));
}

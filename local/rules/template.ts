import { hex, unknownValue, uuid } from "../values";
import type { Subject } from "./contract";

/**
 * Fills a template: `{id}`, `{hex:N}`, `{uuid}`, facts of the scope (`{region}`) and inputs (`{bucket}`,
 * `{properties.name}`), inputs first. An unknown value makes the whole text unknown.
 */
export function fill(template: string, subject: Subject): string {
  const filled = template.replace(/\{([\w.:]+)\}/g, (_, key: string) => {
    const value = lookUp(key, subject);
    return typeof value === "string" ? value : JSON.stringify(value ?? "").replace(/^"|"$/g, "");
  });
  return filled.includes(unknownValue) ? unknownValue : filled;
}

function lookUp(key: string, subject: Subject): unknown {
  if (key === "id") return subject.id;
  if (key === "logicalName") return subject.name;
  if (key === "uuid") return uuid(subject.seed);
  if (key.startsWith("hex:")) return hex(`${subject.type} ${subject.seed}`, Number(key.slice(4)));
  const [head = "", ...rest] = key.split(".");
  const found = rest.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Record<string, unknown>)[step] : undefined,
    subject.inputs[head],
  );
  return found ?? subject.scope.facts[key];
}

/** The inputs that a template reads at its top level: a change of any of them changes the text. */
export function placeholders(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

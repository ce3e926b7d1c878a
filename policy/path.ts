export type Inputs = Readonly<Record<string, unknown>>;

/** A value and the path under which it was found, with list positions: `rules[0].status`. */
export interface Located {
  readonly path: string;
  readonly value: unknown;
}

const isRecord = (value: unknown): value is Inputs => typeof value === "object" && value !== null;

/**
 * Reads a property path such as `properties.networkAcls.defaultAction`; `name[]` walks through a list. Where the way
 * to the property ends early (a missing object, a missing or empty list) there is one result without a value.
 *
 * @throws UnknownValueError from the policy SDK when a value on the way is not known during a preview.
 */
export function valuesAt(inputs: Inputs, path: string): Located[] {
  let found: Located[] = [{ path: "", value: inputs }];
  for (const segment of path.split(".")) {
    const name = segment.replace("[]", "");
    found = found.flatMap((parent) => step(parent, name, segment !== name));
  }
  return found;
}

function step(parent: Located, name: string, throughList: boolean): Located[] {
  const path = parent.path === "" ? name : `${parent.path}.${name}`;
  const value = isRecord(parent.value) ? parent.value[name] : undefined;
  if (!throughList) return [{ path, value }];
  const items = listOf(value);
  if (items.length === 0) return [{ path, value: undefined }];
  return items.map((item, position) => ({ path: `${path}[${position}]`, value: item }));
}

/** The first value at a path. */
export const valueAt = (inputs: Inputs, path: string): unknown => valuesAt(inputs, path)[0]?.value;

/** A list's items, or none when the value is no list. Reads every item, so that an unknown one is noticed. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value)
    ? Array.from({ length: value.length }, (_, position) => value[position] as unknown)
    : [];
}

export const recordsOf = (value: unknown): readonly Inputs[] => listOf(value).filter(isRecord);

export const stringsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item) => typeof item === "string");

export const recordOf = (value: unknown): Inputs => (isRecord(value) ? value : {});

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

import { CloudError } from "./cloud-error";
import type { Dialect, Reference, Subject, TypeRule } from "./rules/contract";
import { fill } from "./rules/template";
import { text, valuesAt } from "./values";
import { keyOf, type Tombstone, type Use, type World, type WorldItem } from "./world";

interface Entry {
  readonly dialect: Dialect;
  readonly rule: TypeRule;
  readonly subject: Subject;
  readonly world: World;
}

/** How others will find the thing, what names it takes, what it uses. */
export type Admission = Pick<WorldItem, "handles" | "claims" | "uses">;

/**
 * Lets a thing into the cloud, or an update of the thing that is there (`before`).
 *
 * @throws CloudError when something that it names does not exist, a name is taken, or the cloud's rules forbid it.
 */
export function admit(entry: Entry & { readonly before: WorldItem | undefined }): Admission {
  const { dialect, rule, subject, world, before } = entry;
  if (subject.scope.refusal !== undefined) throw subject.scope.refusal;
  if (before === undefined && rule.adopts !== true && world.get(keyOf(identity(subject))) !== undefined) {
    const { code, sentence } = rule.exists ?? dialect.exists;
    throw new CloudError(code, fill(sentence, subject));
  }
  const uses = [...usesOf(entry), ...containersOf(entry)];
  const claims = (rule.claims ?? []).map((claim) => ({
    ...claim,
    name: `${subject.type} ${fill(claim.key, subject)}`,
  }));
  for (const claim of claims) {
    const holder = world.holderOf(claim.name);
    if (holder === undefined || (before !== undefined && holder === before)) continue;
    const recovers = "reason" in holder && text(valuesObject(subject), "createMode") === "recover";
    if (!recovers)
      throw new CloudError(
        claim.code,
        fill(claim.sentence, subject) + ("reason" in holder ? ` (${holder.reason})` : ""),
      );
    world.recover(holder);
  }
  for (const guard of dialect.guards ?? []) refuse(guard(subject, world, "write"));
  for (const check of rule.refuses ?? []) refuse(check(subject, world));
  const handles = ["{arn}", "{selfLink}", "{name}", ...(rule.handles ?? [])].map((handle) =>
    fill(handle, derivedSubject(entry)),
  );
  return {
    handles: [...new Set(handles.map((handle) => dialect.handle(handle)))].filter((handle) => handle !== ""),
    claims: claims.map((claim) => claim.name),
    uses,
  };
}

/**
 * Deletes a thing.
 *
 * @throws CloudError when something still uses it, or a lock or protection forbids it.
 */
export function leave(entry: Entry & { readonly item: WorldItem }): void {
  const { dialect, rule, subject, world, item } = entry;
  if (subject.scope.refusal !== undefined) throw subject.scope.refusal;
  for (const guard of dialect.guards ?? []) refuse(guard(subject, world, "delete"));
  for (const check of rule.keeps ?? []) refuse(check(subject, world));
  const key = keyOf(item);
  const users = world.usersOf(key).filter((user) => user.uses.some((use) => use.key === key && use.held));
  const goesAlong = (user: WorldItem): boolean => rule.takesAlong?.includes(user.type) === true;
  const holders = users.filter((user) => !goesAlong(user));
  if (holders.length > 0) {
    const { code, sentence } = rule.inUse ?? dialect.inUse;
    const names = holders.map((holder) => `${holder.type.split(":").at(-1) ?? ""} ${holder.id}`).join(", ");
    throw new CloudError(code, `${fill(sentence, subject)} (used by ${names})`);
  }
  for (const user of users.filter(goesAlong)) world.delete(user);
  const reason = rule.buried?.(subject);
  world.delete(item, reason === undefined ? undefined : tombstoneOf(item, reason));
}

function usesOf({ dialect, rule, subject, world }: Entry): readonly Use[] {
  return (rule.references ?? []).flatMap((reference) =>
    namesIn(reference, subject)
      .filter((value) => value !== "" && reference.provided?.test(value) !== true)
      .map((value) => {
        const handle = dialect.handle(reference.from?.(value) ?? value);
        const found =
          reference.to.length === 0
            ? world.withId(handle)
            : world.find(reference.to, handle, subject.scope.key);
        if (found === undefined) throw missing(reference, value);
        return { key: keyOf(found), held: reference.held !== false };
      }),
  );
}

function namesIn(reference: Reference, subject: Subject): readonly string[] {
  if (reference.path.includes("{")) return [fill(reference.path, subject)];
  return valuesAt(subject.inputs, reference.path).filter((value) => typeof value === "string");
}

function missing({ missing: code, sentence, path }: Reference, value: string): CloudError {
  return new CloudError(
    code,
    (sentence ?? "The resource '{value}' does not exist").replaceAll("{value}", value) + ` (${path})`,
  );
}

/** The things whose ids head this one's id (Azure): a resource group, a network, a storage account. */
function containersOf({ dialect, subject, world }: Entry): readonly Use[] {
  const container = dialect.container?.(subject.id);
  if (container === undefined) return [];
  const found = world.withId(container.id);
  if (found === undefined) throw new CloudError(container.code, container.sentence);
  return [{ key: keyOf(found), held: true }];
}

/** The subject with its derived names in reach of templates. */
function derivedSubject({ dialect, rule, subject, world }: Entry): Subject {
  const derived: Record<string, unknown> = {};
  for (const property of ["arn", "selfLink", "name"]) {
    const source =
      rule.outputs?.[property] ??
      (subject.inputs[property] === undefined ? dialect.outputs[property] : undefined);
    if (source !== undefined)
      derived[property] = typeof source === "string" ? fill(source, subject) : source(subject, world);
  }
  return { ...subject, inputs: { ...subject.inputs, ...derived } };
}

function identity(subject: Subject): Pick<WorldItem, "type" | "scope" | "id"> {
  return { type: subject.type, scope: subject.scope.key, id: subject.id };
}

function tombstoneOf(item: WorldItem, reason: string): Tombstone {
  return { package: item.package, type: item.type, id: item.id, urn: item.urn, claims: item.claims, reason };
}

function valuesObject(subject: Subject): Readonly<Record<string, unknown>> {
  return (subject.inputs["properties"] ?? {}) as Readonly<Record<string, unknown>>;
}

function refuse(error: CloudError | undefined): void {
  if (error !== undefined) throw error;
}

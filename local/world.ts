import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Quotas } from "./quotas";
import type { Properties } from "./values";

/** A thing that exists in a local cloud. */
export interface WorldItem {
  readonly package: string;
  readonly type: string;
  readonly id: string;
  /** The resource that made it. */
  readonly urn: string;
  readonly stack: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Where ids and names are unique: account and region, project or subscription. */
  readonly scope: string;
  /** How many things the same URN had made before: keeps a successor's id apart from that of the thing it follows. */
  readonly generation: number;
  /** Other ways in which requests name it: ARN, name, self link. Compared without case. */
  readonly handles: readonly string[];
  /** Names that nothing else may take while it exists. */
  readonly claims: readonly string[];
  /** Keys of the items that it uses. Each one `held` cannot be deleted before it. */
  readonly uses: readonly Use[];
}

export interface Use {
  readonly key: string;
  readonly held: boolean;
}

/** What a deleted thing leaves behind where the real cloud keeps something: a taken name, a recoverable key. */
export interface Tombstone {
  readonly package: string;
  readonly type: string;
  readonly id: string;
  readonly urn: string;
  readonly claims: readonly string[];
  readonly reason: string;
}

type Entry =
  | { readonly put: WorldItem }
  | { readonly remove: string }
  | { readonly bury: Tombstone }
  | { readonly unbury: string }
  | { readonly made: Readonly<Record<string, number>> };

/** The key of an item: ids are unique for a type within a scope only (a bucket and its policy share one id). */
export function keyOf(item: Pick<WorldItem, "type" | "scope" | "id">): string {
  return `${item.type} ${item.scope} ${item.id.toLowerCase()}`;
}

/**
 * The local clouds' state. Every change is one whole line appended to a journal per package before the cloud's
 * answer is sent, so that a killed process leaves a cloud that knows what it made, as a real one would.
 * One process at a time may have a world open.
 */
export class World {
  readonly #items = new Map<string, WorldItem>();
  readonly #byUrn = new Map<string, Set<string>>();
  readonly #byId = new Map<string, string>();
  readonly #byHandle = new Map<string, Set<string>>();
  readonly #byClaim = new Map<string, string>();
  readonly #users = new Map<string, Set<string>>();
  readonly #tombstones = new Map<string, Tombstone>();
  readonly #made = new Map<string, number>();
  readonly #journals = new Map<string, number>();

  private constructor(
    readonly folder: string,
    /** Limits of the accounts: what goes over them is refused. */
    readonly quotas: Quotas,
  ) {}

  /** Opens the world in a folder, which is made if need be. Lines that a kill tore are ignored. */
  static open(folder: string, packages: readonly string[], quotas: Quotas = {}): World {
    mkdirSync(folder, { recursive: true });
    const world = new World(folder, quotas);
    for (const name of packages) world.#load(name);
    return world;
  }

  close(): void {
    for (const journal of this.#journals.values()) closeSync(journal);
    this.#journals.clear();
  }

  /** Everything that exists now, or what one stack made, oldest first. */
  inventory(stack?: string): readonly WorldItem[] {
    return [...this.#items.values()].filter((item) => stack === undefined || item.stack === stack);
  }

  tombstones(): readonly Tombstone[] {
    return [...this.#tombstones.values()];
  }

  get(key: string): WorldItem | undefined {
    return this.#items.get(key);
  }

  /** The item with a worldwide id (Azure), whatever its type. */
  withId(id: string): WorldItem | undefined {
    return this.#items.get(this.#byId.get(id.toLowerCase()) ?? "");
  }

  /** The items that a URN made; more than one only while it is being replaced, or after a crash. */
  madeBy(urn: string): readonly WorldItem[] {
    return this.#resolve(this.#byUrn.get(urn));
  }

  /** The item of one of the types that a request names by id, ARN, name or self link; within the scope if it can be. */
  find(types: readonly string[], handle: string, scope: string): WorldItem | undefined {
    const found = types.flatMap((type) =>
      this.#resolve(this.#byHandle.get(`${type} ${handle.toLowerCase()}`)),
    );
    return found.find((item) => item.scope === scope) ?? found[0];
  }

  ofType(type: string): readonly WorldItem[] {
    return this.inventory().filter((item) => item.type === type);
  }

  /** How many things a URN has made so far, deleted ones included: each gets invented values of its own. */
  generationOf(urn: string): number {
    return this.#made.get(urn) ?? 0;
  }

  /** The items that use this one. */
  usersOf(key: string): readonly WorldItem[] {
    return this.#resolve(this.#users.get(key));
  }

  /** Who holds a name: an item, or a deleted one whose name the cloud keeps. */
  holderOf(claim: string): WorldItem | Tombstone | undefined {
    const key = this.#byClaim.get(claim);
    return key === undefined ? undefined : (this.#items.get(key) ?? this.#tombstones.get(key));
  }

  put(item: WorldItem): void {
    this.#write(item.package, { put: item });
    this.#apply({ put: item });
  }

  /** Deletes an item; a tombstone, if given, stays and keeps the names that it claims. */
  delete(item: WorldItem, tombstone?: Tombstone): void {
    if (tombstone !== undefined) {
      this.#write(item.package, { bury: tombstone });
      this.#apply({ bury: tombstone });
    }
    this.#write(item.package, { remove: keyOf(item) });
    this.#apply({ remove: keyOf(item) });
  }

  /** Takes a soft-deleted thing out of the ground, so that it can be made again under its name. */
  recover(tombstone: Tombstone): void {
    const entry: Entry = { unbury: graveOf(tombstone) };
    this.#write(tombstone.package, entry);
    this.#apply(entry);
  }

  /**
   * Changes a thing behind Pulumi's back, as a person in the console would. A value of undefined removes a property.
   *
   * @throws Error when nothing has that id or URN.
   */
  change(idOrUrn: string, patch: Properties): WorldItem {
    const item = this.#one(idOrUrn);
    const changed: WorldItem = {
      ...item,
      inputs: patched(item.inputs, patch),
      outputs: patched(item.outputs, patch),
    };
    this.put(changed);
    return changed;
  }

  /** Deletes a thing behind Pulumi's back, whatever uses it. @throws Error when nothing has that id or URN. */
  remove(idOrUrn: string): void {
    this.delete(this.#one(idOrUrn));
  }

  #one(idOrUrn: string): WorldItem {
    const found = [...this.#items.values()].filter((item) => item.urn === idOrUrn || item.id === idOrUrn);
    const item = found.at(-1);
    if (item === undefined) throw new Error(`the local clouds hold nothing with the id or URN ${idOrUrn}`);
    return item;
  }

  #resolve(keys: ReadonlySet<string> | undefined): readonly WorldItem[] {
    return [...(keys ?? [])].flatMap((key) => this.#items.get(key) ?? []);
  }

  #load(packageName: string): void {
    const file = join(this.folder, `${packageName}.jsonl`);
    for (const line of linesOf(file)) {
      const entry = parse(line);
      if (entry !== undefined) this.#apply(entry);
    }
    // Start again from what is alive, in one rename: a kill leaves the old journal or the new one.
    const alive = this.inventory().filter((item) => item.package === packageName);
    const buried = this.tombstones().filter((tombstone) => tombstone.package === packageName);
    const counted = [...this.#made].filter(([urn]) =>
      urn.split("::")[2]?.split("$").at(-1)?.startsWith(`${packageName}:`),
    );
    const made: Entry[] = counted.length > 0 ? [{ made: Object.fromEntries(counted) }] : [];
    const entries: Entry[] = [...made, ...alive.map((put) => ({ put })), ...buried.map((bury) => ({ bury }))];
    writeFileSync(`${file}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    renameSync(`${file}.new`, file);
    this.#journals.set(packageName, openSync(file, "a"));
  }

  #write(packageName: string, entry: Entry): void {
    const line = `${JSON.stringify(entry)}\n`;
    const journal = this.#journals.get(packageName);
    if (journal === undefined) appendFileSync(join(this.folder, `${packageName}.jsonl`), line);
    else writeSync(journal, line);
  }

  #apply(entry: Entry): void {
    if ("put" in entry) this.#insert(entry.put);
    else if ("remove" in entry) this.#forget(entry.remove);
    else if ("unbury" in entry) this.#dig(entry.unbury);
    else if ("made" in entry)
      for (const [urn, count] of Object.entries(entry.made)) this.#made.set(urn, count);
    else {
      this.#tombstones.set(graveOf(entry.bury), entry.bury);
      for (const claim of entry.bury.claims) this.#byClaim.set(claim, graveOf(entry.bury));
    }
  }

  #dig(grave: string): void {
    for (const claim of this.#tombstones.get(grave)?.claims ?? []) {
      if (this.#byClaim.get(claim) === grave) this.#byClaim.delete(claim);
    }
    this.#tombstones.delete(grave);
  }

  #insert(item: WorldItem): void {
    const key = keyOf(item);
    this.#forget(key);
    this.#items.set(key, item);
    this.#made.set(item.urn, Math.max(this.generationOf(item.urn), item.generation + 1));
    addTo(this.#byUrn, item.urn, key);
    this.#byId.set(item.id.toLowerCase(), key);
    for (const handle of [item.id, ...item.handles])
      addTo(this.#byHandle, `${item.type} ${handle.toLowerCase()}`, key);
    for (const claim of item.claims) this.#byClaim.set(claim, key);
    for (const use of item.uses) addTo(this.#users, use.key, key);
  }

  #forget(key: string): void {
    const item = this.#items.get(key);
    if (item === undefined) return;
    this.#items.delete(key);
    this.#byUrn.get(item.urn)?.delete(key);
    if (this.#byId.get(item.id.toLowerCase()) === key) this.#byId.delete(item.id.toLowerCase());
    for (const handle of [item.id, ...item.handles])
      this.#byHandle.get(`${item.type} ${handle.toLowerCase()}`)?.delete(key);
    for (const claim of item.claims) if (this.#byClaim.get(claim) === key) this.#byClaim.delete(claim);
    for (const use of item.uses) this.#users.get(use.key)?.delete(key);
  }
}

function graveOf(tombstone: Tombstone): string {
  return `tombstone ${tombstone.type} ${tombstone.id.toLowerCase()}`;
}

function patched(properties: Properties, patch: Properties): Properties {
  const entries = Object.entries({ ...properties, ...patch });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function addTo(index: Map<string, Set<string>>, key: string, member: string): void {
  const members = index.get(key);
  if (members === undefined) index.set(key, new Set([member]));
  else members.add(member);
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return []; // A package that has made nothing yet has no journal.
  }
}

function parse(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined; // Empty, or torn by a kill: the request that wrote it was never answered.
  }
}

import { CloudError } from "./cloud-error";
import type { Faults, Operation } from "./faults";
import { admit, leave } from "./life";
import { makeState, previewState } from "./outputs";
import { dialectOf, ruleOf } from "./rules/index";
import type { Dialect, Problem, Subject, TypeRule } from "./rules/contract";
import { fill, placeholders } from "./rules/template";
import { checkInputs, type Naming } from "./inputs";
import { schemaOf, type PackageName } from "./schema";
import type { Scope } from "./scope";
import { equal, isUnknown, valuesAt, type Properties } from "./values";
import { keyOf, type World, type WorldItem } from "./world";

/** The resource that a request is about. */
export interface Target {
  readonly urn: string;
  readonly scope: Scope;
}

export interface DiffResult {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

export interface ReadResult {
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

/** URN parts: `urn:pulumi:stack::project::parent$type::name`. */
export function partsOf(urn: string): {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
} {
  const [head = "", , qualified = "", ...name] = urn.split("::");
  return {
    stack: head.split(":").at(-1) ?? "",
    type: qualified.split("$").at(-1) ?? "",
    name: name.join("::"),
  };
}

/** One cloud's provider: what the engine asks of it, as plain functions over the world. */
export class Provider {
  readonly #dialect: Dialect;

  constructor(
    readonly packageName: PackageName,
    readonly world: World,
    readonly faults: Faults,
  ) {
    this.#dialect = dialectOf(packageName);
  }

  /** Names and judges a resource's inputs. */
  check(
    target: Target,
    olds: Properties,
    news: Properties,
    naming: Naming,
  ): { readonly inputs: Properties; readonly problems: readonly Problem[] } {
    const { type, name } = partsOf(target.urn);
    return checkInputs({
      dialect: this.#dialect,
      rule: this.#rule(type),
      schema: schemaOf(type),
      name,
      olds,
      news,
      naming,
    });
  }

  /** What an update from one set of inputs to another would change. */
  diff(target: Target, olds: Properties, news: Properties): DiffResult {
    const { type } = partsOf(target.urn);
    const rule = this.#rule(type);
    const schema = schemaOf(type);
    const replacing = [
      ...this.#dialect.replaceOn,
      ...(rule.replaceOn ?? []),
      ...(typeof rule.id === "string" ? placeholders(rule.id) : []),
    ];
    const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
      (key) => key !== "__defaults",
    );
    const changed = keys.filter((key) => !equal(olds[key], news[key]));
    const documented = changed.filter((key) => schema.inputs.get(key)?.replaces === true);
    const ruled = replacing.filter(
      (path) =>
        changed.includes(path.split(".")[0] ?? "") && !equal(valuesAt(olds, path), valuesAt(news, path)),
    );
    const unknown = replacing.filter((path) => changed.includes(path) && isUnknown(news[path]));
    const directed = rule.replaceWhen?.(olds, news) ?? [];
    const replaces = [...new Set([...ruled, ...unknown, ...documented, ...directed])];
    return {
      changed,
      replaces,
      deleteBeforeReplace: replaces.length > 0 && rule.deleteBeforeReplace === true,
    };
  }

  async create(
    target: Target,
    inputs: Properties,
    preview: boolean,
  ): Promise<{ id: string; state: Properties }> {
    const { type, name, stack } = partsOf(target.urn);
    const rule = this.#rule(type);
    const generation = this.world.generationOf(target.urn);
    const seed = generation === 0 ? target.urn : `${target.urn} ${generation}`;
    const draft: Subject = { type, urn: target.urn, name, inputs, id: "", scope: target.scope, seed };
    if (preview) return { id: "", state: previewState(this.#dialect, rule, draft) };
    return this.#step("create", type, name, () => {
      const subject = this.#withId(rule, draft);
      const admitted = admit({ dialect: this.#dialect, rule, subject, world: this.world, before: undefined });
      const outputs = makeState(this.#dialect, rule, subject, this.world);
      this.world.put({
        ...{
          package: this.packageName,
          type,
          id: subject.id,
          urn: target.urn,
          stack,
          inputs,
          outputs,
          generation,
        },
        ...{ scope: target.scope.key, ...admitted },
      });
      return { id: subject.id, state: outputs };
    });
  }

  async update(
    target: Target,
    id: string,
    olds: Properties,
    news: Properties,
    preview: boolean,
  ): Promise<Properties> {
    const { type, name } = partsOf(target.urn);
    const rule = this.#rule(type);
    if (preview) return { ...olds, ...withoutMarks(news) };
    return this.#step("update", type, name, () => {
      const item = this.#existing(target, id);
      const subject = this.#subjectOf(item, target.scope, news);
      const admitted = admit({ dialect: this.#dialect, rule, subject, world: this.world, before: item });
      const outputs = makeState(this.#dialect, rule, subject, this.world);
      this.world.put({ ...item, inputs: news, outputs, ...admitted });
      return outputs;
    });
  }

  /** What the cloud holds, in terms of the inputs that the program gave; all of them for an import. */
  async read(target: Target, id: string, inputs: Properties): Promise<ReadResult | undefined> {
    const { type, name } = partsOf(target.urn);
    return this.#step("read", type, name, () => {
      const item = this.world.get(keyOf({ type, scope: target.scope.key, id }));
      if (item === undefined) return undefined;
      const given = Object.keys(inputs).length > 0 ? inputs : item.inputs;
      const current = Object.keys(given).map(
        (key) => [key, key === "__defaults" ? given[key] : item.inputs[key]] as const,
      );
      // Someone else set what the program leaves alone.
      const drifted = Object.entries(item.inputs).filter(([key]) => !(key in given));
      return {
        id: item.id,
        inputs: Object.fromEntries([...current, ...drifted].filter(([, value]) => value !== undefined)),
        state: item.outputs,
      };
    });
  }

  async delete(target: Target, id: string): Promise<void> {
    const { type, name } = partsOf(target.urn);
    await this.#step("delete", type, name, () => {
      const item = this.world.get(keyOf({ type, scope: target.scope.key, id }));
      // Someone else deleted it first: clouds answer "not found", providers take that for done.
      if (item === undefined) return;
      const rule = this.#rule(type);
      leave({
        dialect: this.#dialect,
        rule,
        subject: this.#subjectOf(item, target.scope, item.inputs),
        world: this.world,
        item,
      });
    });
  }

  #rule(type: string): TypeRule {
    return ruleOf(this.#dialect, type);
  }

  #withId(rule: TypeRule, draft: Subject): Subject {
    return {
      ...draft,
      id: typeof rule.id === "function" ? rule.id(draft, this.world) : fill(rule.id, draft),
    };
  }

  #subjectOf(item: WorldItem, scope: Scope, inputs: Properties): Subject {
    const seed = item.generation === 0 ? item.urn : `${item.urn} ${item.generation}`;
    return { type: item.type, urn: item.urn, name: partsOf(item.urn).name, inputs, id: item.id, scope, seed };
  }

  #existing(target: Target, id: string): WorldItem {
    const { type } = partsOf(target.urn);
    const item = this.world.get(keyOf({ type, scope: target.scope.key, id }));
    if (item === undefined)
      throw new CloudError("NotFound", `${type} ${id} does not exist any more; run a refresh.`);
    return item;
  }

  /** Does the work of one step unless a fault, or the account, is in its way; names the resource in any refusal. */
  async #step<T>(operation: Operation, type: string, name: string, work: () => T): Promise<T> {
    const effects = this.faults.hit({ operation, type, name });
    try {
      await this.faults.before(effects);
      const result = work();
      this.faults.after(effects);
      return result;
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      throw new Error(`${verbs[operation]} ${type.split(":").at(-1) ?? type} (${name}): ${error.message}`);
    }
  }
}

const verbs: Readonly<Record<Operation, string>> = {
  create: "creating",
  read: "reading",
  update: "updating",
  delete: "deleting",
  construct: "constructing",
  invoke: "invoking",
};

function withoutMarks(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== "__defaults"));
}

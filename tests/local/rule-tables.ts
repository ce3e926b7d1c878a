import { expect } from "chai";
import type { RuleTable } from "../../local/rules/contract";
import { dialectOf, ruleOf } from "../../local/rules/index";
import { schemaOf, type PackageName } from "../../local/schema";
import type { Properties } from "../../local/values";
import { refusal, TestCloud, type Made } from "./cloud";

export type Landscape = Readonly<Record<string, Made>>;

/** A thing that the cloud takes. Things are made in order; later ones may use earlier ones. */
export type Passing = readonly [
  name: string,
  type: string,
  inputs: Properties | ((made: Landscape) => Properties),
];

/** A thing like a passing one (by its name), changed in one point, and what the cloud says to it. */
export type Failing = readonly [
  like: string,
  change: Properties | ((made: Landscape) => Properties),
  expected: RegExp,
];

/** One case of each list for every type of one of a cloud's rule tables, driven through the provider's own handlers. */
export function describeRules(
  packageName: PackageName,
  config: Properties,
  passing: readonly Passing[],
  failing: readonly Failing[],
  table: RuleTable,
): void {
  const build = async (): Promise<{ cloud: TestCloud; made: Landscape }> => {
    const cloud = new TestCloud(packageName, config);
    const made: Record<string, Made> = {};
    for (const [name, type, inputs] of passing) {
      made[name] = await cloud.create(type, name, typeof inputs === "function" ? inputs(made) : inputs);
    }
    return { cloud, made };
  };
  const typeOf = (name: string): string => passing.find(([each]) => each === name)?.[1] ?? name;

  describe(`rules of ${packageName}: ${Object.keys(table)[0] ?? ""} and others`, () => {
    let cloud: TestCloud;
    let made: Landscape;
    before(async () => ({ cloud, made } = await build()));
    after(() => (cloud as TestCloud | undefined)?.close());

    it("has a passing and a failing case for every type of the table", () => {
      const types = Object.keys(table);
      expect(passing.map(([, type]) => type)).to.include.members(types);
      expect(failing.map(([like]) => typeOf(like))).to.include.members(types);
    });

    it("names only properties that the SDK has", () => {
      for (const [type, rule] of Object.entries(table)) {
        const { inputs, outputs } = schemaOf(type);
        const named = [
          ...(rule.replaceOn ?? []),
          ...Object.keys(rule.defaults ?? {}),
          ...(rule.references ?? []).map(({ path }) => path),
          ...(rule.autoName === undefined ? [] : [rule.autoName]),
        ].map((path) => path.split(/[.[]/)[0] ?? "");
        for (const property of named)
          expect(inputs.has(property) || outputs.has(property), `${type} ${property}`).to.equal(true);
      }
    });

    it("reads back what it made", async () => {
      for (const { id, urn, inputs, state } of Object.values(made)) {
        const read = await cloud.provider.read({ urn, scope: cloud.scope }, id, inputs);
        expect(read?.inputs, urn).to.deep.equal(inputs);
        // A setting that exists wherever its parent does may have been taken over by a later resource.
        if (ruleOf(dialectOf(packageName), urn.split("::")[2] ?? "").adopts !== true)
          expect(read?.state, urn).to.deep.equal(state);
      }
    });

    it("takes everything down again in reverse order", async () => {
      const fresh = await build();
      for (const each of Object.values(fresh.made).reverse()) await fresh.cloud.delete(each);
      expect(fresh.cloud.world.inventory()).to.be.empty;
      fresh.cloud.close();
    });

    for (const [i, [like, change, expected]] of failing.entries()) {
      it(`refuses ${typeOf(like)}: ${expected.source.slice(0, 60)}`, async () => {
        const inputs = {
          ...ungenerated(made[like]),
          ...(typeof change === "function" ? change(made) : change),
        };
        const sent = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
        expect(await refusal(() => cloud.create(typeOf(like), `${like}-wrong-${i}`, sent))).to.match(
          expected,
        );
      });
    }
  });
}

/** The inputs that the case gave: without a name that the provider made. */
function ungenerated(made: Made | undefined): Properties {
  const generated = (made?.inputs["__defaults"] ?? []) as readonly string[];
  return Object.fromEntries(
    Object.entries(made?.inputs ?? {}).filter(([key]) => key !== "__defaults" && !generated.includes(key)),
  );
}

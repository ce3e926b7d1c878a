import { expect } from "chai";
import { checksOf, controlsOf, type Rule } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { runPolicies } from "../support/policy";
import type { PolicyCase, RuleCases } from "./cases/case";
import { clusterKeepingCases } from "./cases/cluster-keeping";
import { clusterCases } from "./cases/clusters";
import { governanceCases } from "./cases/governance";
import { identityCases } from "./cases/identity";
import { imageCases } from "./cases/images";
import { keyCases } from "./cases/keys";
import { networkCases } from "./cases/network";
import { nodeCases } from "./cases/nodes";
import { storageCases } from "./cases/storage";
import { storageKeepingCases } from "./cases/storage-keeping";

const cases: Readonly<Record<string, RuleCases>> = {
  ...storageCases,
  ...storageKeepingCases,
  ...keyCases,
  ...imageCases,
  ...networkCases,
  ...identityCases,
  ...clusterCases,
  ...clusterKeepingCases,
  ...nodeCases,
  ...governanceCases,
};

const sentence = /^.+ is .+; allowed: .+\. [A-Z].+ \(([A-Z0-9]+(?:-[A-Z0-9]+)*-\d+)\)$/;

async function run(rule: Rule, { resources, stack = "dev", settings = {} }: PolicyCase) {
  const { violations } = await runPolicies(resources, { rules: [rule], stack, settings });
  return violations;
}

for (const rule of rules) {
  const table = cases[rule.name];
  describe(`rule ${rule.name}`, () => {
    it("has failing, passing and foreign cases", () => {
      expect(table).to.exist;
      for (const part of ["fails", "passes", "foreign"] as const) expect(table?.[part]).not.to.be.empty;
    });
    for (const one of table?.fails ?? []) {
      it(`refuses: ${one.because}`, async () => {
        const messages = (await run(rule, one)).map(({ message }) => message);
        for (const message of messages) expect(message).to.match(sentence);
        expect(messages.map((message) => sentence.exec(message)?.[1])).to.deep.equal(one.controls);
      });
    }
    for (const one of table?.passes ?? []) {
      it(`accepts: ${one.because}`, async () => expect(await run(rule, one)).to.deep.equal([]));
    }
    it("says nothing about other types", async () => {
      const resources = table?.foreign ?? [];
      expect(await run(rule, { because: "", resources, stack: "prod" })).to.deep.equal([]);
    });
    it("has a failing case for every check", async () => {
      const found = await Promise.all((table?.fails ?? []).map((one) => run(rule, one)));
      const messages = found.flat().map(({ message }) => message);
      const unseen = [...checksOf(rule), ...(rule.stack ?? [])].filter(
        ({ allowed, fix, control }) =>
          !messages.some((text) => text.endsWith(`${allowed}. ${fix} (${control})`)),
      );
      expect(unseen.map(({ allowed, control }) => `${control}: ${allowed}`)).to.deep.equal([]);
    });
  });
}

it("every table of cases belongs to a rule", () => {
  expect(Object.keys(cases).sort()).to.deep.equal(rules.map(({ name }) => name).sort());
  expect(new Set(rules.flatMap(controlsOf)).size).to.be.greaterThan(95);
});

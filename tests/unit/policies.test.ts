import { expect } from "chai";
import { cloudResources } from "../support/mocks";
import { builtPlatform } from "../support/platforms";
import { type TestResource, violationsOf } from "../support/policy";
import { stacks } from "../support/targets";

/**
 * Every rule over all that every driver makes. Mocks see neither options nor dependencies, so rules about `protect` are
 * told what the drivers say, and the engine's own runs (tests/engine) prove it.
 */
describe("the platform's own plan breaks no rule", () => {
  for (const { cloud, environment } of stacks) {
    it(`on ${cloud} in ${environment}`, async () => {
      const resources = cloudResources(await builtPlatform(cloud, environment)).map(
        ({ type, name, inputs, provider }): TestResource => ({
          type,
          name,
          inputs,
          opts: { protect: environment === "prod" },
          provider: { name: provider.split("::").at(-2) ?? "", props: {} },
        }),
      );
      const found = await violationsOf(resources, { stack: environment });
      expect(found.map(({ rule, resource, message }) => `${rule}: ${resource}: ${message}`)).to.deep.equal(
        [],
      );
    });
  }
});

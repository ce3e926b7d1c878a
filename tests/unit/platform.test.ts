import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { clouds, environments } from "../../components/core/cloud";
import { formatTags } from "../../components/core/tags";
import { cloudResources, type Recorded, valueOf } from "../support/mocks";
import { builtPlatform } from "../support/platforms";
import { stacks } from "../support/targets";

const components = ({ resources }: { readonly resources: readonly Recorded[] }) =>
  resources.filter(({ type }) => type.startsWith("mlplatform:index:")).map(({ type, name }) => [name, type]);

/** The kind of each output and of its parts, without the values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return "list";
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]));
}

/** Types that their provider gives no tags or labels to, or whose labels would say nothing more. */
const untaggable: ReadonlySet<string> = new Set([
  "aws:iam/rolePolicy:RolePolicy",
  "aws:kms/alias:Alias",
  "awsx:ec2:Vpc",
]);

describe("the platform", () => {
  for (const environment of environments) {
    it(`has the same components on every cloud in ${environment}`, async () => {
      const built = await Promise.all(clouds.map((cloud) => builtPlatform(cloud, environment)));
      const [first, ...others] = built.map(components);
      expect(first).to.have.lengthOf(9);
      for (const other of others) expect(other).to.deep.equal(first);
    });

    it(`has the same outputs, in name, type and secretness, on every cloud in ${environment}`, async () => {
      const built = await Promise.all(clouds.map((cloud) => builtPlatform(cloud, environment)));
      const shapes = await Promise.all(built.map(async ({ result }) => shapeOf(await valueOf(result))));
      const secrets = await Promise.all(
        built.map(async ({ result }) =>
          Promise.all(
            Object.values(result).map((output) => pulumi.isSecret(pulumi.output(output as unknown))),
          ),
        ),
      );
      for (const shape of shapes) expect(shape).to.deep.equal(shapes[0]);
      for (const marks of secrets) expect(marks).to.deep.equal(secrets[0]);
    });
  }

  for (const { cloud, environment } of stacks) {
    describe(`on ${cloud} in ${environment}`, () => {
      it("gives every output a value", async () => {
        const { result } = await builtPlatform(cloud, environment);
        const outputs = JSON.stringify(await valueOf(result));
        expect(outputs).not.to.contain("undefined").and.not.to.contain("null");
      });

      it("starts every child's name with its component's", async () => {
        const built = await builtPlatform(cloud, environment);
        const heads = components(built).map(([name]) => name);
        for (const { name } of cloudResources(built)) {
          expect(
            heads.some((head) => name === head || name.startsWith(`${head ?? ""}-`)),
            name,
          ).to.equal(true);
        }
      });

      it("makes everything through a provider of its own, never a default one", async () => {
        for (const { provider, name } of cloudResources(await builtPlatform(cloud, environment))) {
          expect(provider, name).to.match(
            /^urn:.*::pulumi:providers:[a-z-]+::(aws|awsx|eks|gcp|azure|random)::/,
          );
        }
      });

      it("puts the standard tags on everything that has tags or labels", async () => {
        const standard = {
          Environment: environment,
          Project: "ml-platform",
          ManagedBy: "pulumi",
          Stack: environment,
          Owner: "ml-platform-team",
          CostCenter: "ml-platform",
        } as const;
        const tagged = cloudResources(await builtPlatform(cloud, environment)).filter(
          ({ type, inputs }) => !untaggable.has(type) && ("tags" in inputs || "labels" in inputs),
        );
        expect(tagged.length).to.be.greaterThan(5);
        for (const { name, inputs } of tagged) {
          const tags = (inputs["tags"] ?? inputs["labels"]) as Record<string, string>;
          const { Capability = "", capability = Capability } = tags;
          expect(name.startsWith(capability), `${name} is of ${capability}`).to.equal(true);
          expect(tags, name).to.include(formatTags(cloud, { ...standard, Capability: capability }, {}));
        }
      });
    });
  }
});

import { expect } from "chai";
import fc from "fast-check";
import { type Cloud, clouds } from "../../../components/core/cloud";
import { formatTags, type StandardTags } from "../../../components/core/tags";

const standard: StandardTags = {
  Environment: "dev",
  Project: "ml-platform",
  ManagedBy: "pulumi",
  Stack: "dev",
  Owner: "ML Team <ml@example.com>",
  CostCenter: "CC 4711",
  Capability: "network",
};

/** What each cloud accepts, written apart from the rules under test. */
const accepted: {
  readonly [C in Cloud]: { readonly key: RegExp; readonly value: RegExp; readonly limit: number };
} = {
  aws: {
    key: /^(?!aws:)[\p{L}\p{N} _.:/=+\-@]{1,128}$/iu,
    value: /^[\p{L}\p{N} _.:/=+\-@]{0,256}$/u,
    limit: 50,
  },
  gcp: { key: /^[a-z][a-z0-9_-]{0,62}$/, value: /^[a-z0-9_-]{0,63}$/, limit: 64 },
  azure: { key: /^[^<>%&\\?/]{1,128}$/s, value: /^.{0,256}$/s, limit: 50 },
};

describe("formatTags", () => {
  for (const cloud of clouds) {
    it(`gives ${cloud} what it accepts, whatever a stack sets`, () => {
      const own = fc.dictionary(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.string({ unit: "grapheme", maxLength: 300 }),
        {
          maxKeys: 80,
        },
      );
      fc.assert(
        fc.property(own, (tags) => {
          const formatted = Object.entries(formatTags(cloud, standard, tags));
          expect(formatted.length).to.be.within(7, accepted[cloud].limit);
          for (const [key, value] of formatted) {
            expect(key).to.match(accepted[cloud].key);
            expect(value).to.match(accepted[cloud].value);
          }
        }),
      );
    });
  }

  it("keeps the standard tags as they are on AWS and Azure, but for signs that AWS refuses", () => {
    expect(formatTags("azure", standard, {})).to.deep.equal(standard);
    expect(formatTags("aws", standard, {})).to.deep.equal({ ...standard, Owner: "ML Team -ml@example.com-" });
  });

  it("makes labels of them on Google Cloud", () => {
    expect(formatTags("gcp", standard, { "9Lives": "Yes" })).to.deep.equal({
      environment: "dev",
      project: "ml-platform",
      "managed-by": "pulumi",
      stack: "dev",
      owner: "ml-team-ml-example-com-",
      "cost-center": "cc-4711",
      capability: "network",
      lives: "yes",
    });
  });

  it("lets no stack overwrite a standard tag", () => {
    expect(formatTags("aws", standard, { Environment: "prod" })["Environment"]).to.equal("dev");
  });
});

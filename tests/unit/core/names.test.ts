import { expect } from "chai";
import fc from "fast-check";
import { nameRules } from "../../../components/catalog/name-rules";
import { type NameIdentity, physicalName } from "../../../components/core/names";

const identity: NameIdentity = { pulumiProject: "ml-platform", stack: "dev", account: "123456789012" };

/** What each provider accepts, written apart from the rules under test. */
const accepted: { readonly [K in keyof typeof nameRules]: RegExp } = {
  awsBucket: /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  awsKeyAlias: /^[a-zA-Z0-9/_-]{1,250}$/,
  eksCluster: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
  gkeCluster: /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
  gcpBucket: /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/,
  gcpResource: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  ecrRepository: /^(?=.{2,256}$)[a-z0-9]+([._-]{1,2}[a-z0-9]+)*$/,
  gcpRepository: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  gcpIdentityPool: /^[a-z0-9-]{1,24}$/,
  gcpServiceAccount: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
  azureResourceGroup: /^[-\w._()]{0,89}[-\w_()]$/,
  aksCluster: /^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/,
  azureNetworkResource: /^[a-zA-Z0-9][-\w.]{0,78}\w$/,
  azureStorageAccount: /^[a-z0-9]{3,24}$/,
  azureRegistry: /^[a-z0-9]{5,50}$/,
  azureVault: /^[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,17}[a-zA-Z0-9]$/,
};

describe("physicalName", () => {
  for (const [kind, form] of Object.entries(accepted)) {
    it(`makes a legal name for ${kind} out of anything`, () => {
      const rule = nameRules[kind as keyof typeof nameRules];
      fc.assert(
        fc.property(
          fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { minLength: 1, maxLength: 4 }),
          (parts) => {
            expect(physicalName(identity, parts, rule)).to.match(form);
          },
        ),
      );
    });
  }

  it("keeps what a person can read", () => {
    expect(physicalName(identity, ["ml-platform", "dev", "data"], nameRules.awsBucket)).to.match(
      /^ml-platform-dev-data-[0-9a-f]{8}$/,
    );
  });

  it("tells apart names that differ only after the cut", () => {
    const long = "a".repeat(80);
    const name = (end: string) => physicalName(identity, [long, end], nameRules.azureStorageAccount);
    expect(name("one")).not.to.equal(name("two"));
  });

  it("does not mix up where one part ends and the next begins", () => {
    const name = (...parts: string[]) => physicalName(identity, parts, nameRules.awsBucket).slice(-8);
    expect(name("a-b", "c")).not.to.equal(name("a", "b-c"));
  });

  for (const part of ["pulumiProject", "stack", "account"] as const) {
    it(`differs for another ${part}`, () => {
      const other = physicalName({ ...identity, [part]: "other" }, ["data"], nameRules.awsBucket);
      expect(other).not.to.equal(physicalName(identity, ["data"], nameRules.awsBucket));
    });
  }

  it("is the same on every run: a change would rename what holds data", () => {
    expect(physicalName(identity, ["ml-platform", "dev", "data"], nameRules.awsBucket)).to.equal(
      "ml-platform-dev-data-b2ff39a3",
    );
  });

  it("refuses a rule that leaves no room", () => {
    const rule = { maxLength: 8, disallowed: /[^a-z]/, separator: "" } as const;
    expect(() => physicalName(identity, ["data"], rule)).to.throw(RangeError, "no room");
  });
});

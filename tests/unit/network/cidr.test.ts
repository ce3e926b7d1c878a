import { expect } from "chai";
import fc from "fast-check";
import {
  carve,
  cidrFault,
  contains,
  firstAddress,
  overlaps,
  prefixOf,
} from "../../../components/network/cidr";
import { purposePlan, regionalPlan, zonePlan } from "../../../components/network/plan";

const sizes = { min: 16, max: 20 };

/** Any private range of the sizes that a network may have. */
const networks = fc
  .record({ prefix: fc.integer({ min: 16, max: 20 }), bits: fc.nat(0xffffff) })
  .map(({ prefix, bits }) => {
    const address = (0x0a000000 | (bits & ~(2 ** (32 - prefix) - 1))) >>> 0;
    return `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".")}/${prefix}`;
  });

describe("carve", () => {
  const cases: readonly [string, number, number, string][] = [
    ["10.0.0.0/16", 0, 3, "10.0.0.0/19"],
    ["10.0.0.0/16", 64, 3, "10.0.64.0/19"],
    ["10.0.0.0/16", 100, 6, "10.0.100.0/22"],
    ["10.4.16.0/20", 96, 6, "10.4.22.0/26"],
  ];
  for (const [network, offset, bits, expected] of cases) {
    it(`${network} at ${offset}/256 with ${bits} bits more is ${expected}`, () => {
      expect(carve(network, { offset, bits })).to.equal(expected);
    });
  }

  it("refuses a share that starts off its own boundary or ends outside", () => {
    expect(() => carve("10.0.0.0/16", { offset: 1, bits: 3 })).to.throw(RangeError, "does not fit");
    expect(() => carve("10.0.0.0/16", { offset: 256, bits: 3 })).to.throw(RangeError, "does not fit");
  });
});

describe("address plans", () => {
  const plans = {
    zones: (network: string) => Object.values(zonePlan(network, 3)).flat(),
    regional: (network: string) => Object.values(regionalPlan(network)),
    purpose: (network: string) => Object.values(purposePlan(network)),
  };
  for (const [name, plan] of Object.entries(plans)) {
    it(`${name}: every block lies in the network and none overlaps another, for every size`, () => {
      fc.assert(
        fc.property(networks, (network) => {
          const blocks = plan(network);
          for (const [index, block] of blocks.entries()) {
            expect(contains(network, block), `${block} in ${network}`).to.equal(true);
            for (const other of blocks.slice(index + 1))
              expect(overlaps(block, other), `${block} and ${other}`).to.equal(false);
          }
        }),
        { numRuns: 50 },
      );
    });
  }

  it("leaves Azure Bastion its /26 in the smallest network", () => {
    expect(prefixOf(purposePlan("10.0.0.0/20").bastion)).to.equal(26);
  });

  it("gives a zone its blocks in tiers", () => {
    expect(zonePlan("10.0.0.0/16", 2)).to.deep.equal({
      private: ["10.0.0.0/19", "10.0.64.0/19"],
      public: ["10.0.32.0/22", "10.0.96.0/22"],
      data: ["10.0.36.0/22", "10.0.100.0/22"],
    });
  });
});

describe("cidrFault", () => {
  for (const good of ["10.0.0.0/16", "172.16.0.0/20", "192.168.0.0/16", "10.255.240.0/20"]) {
    it(`takes ${good}`, () => expect(cidrFault(good, sizes)).to.equal(undefined));
  }
  const bad: readonly [string, string][] = [
    ["10.0.0.0", "CIDR form"],
    ["10.0.0.0/33", "CIDR form"],
    ["10.0.0.256/16", "CIDR form"],
    ["fd00::/16", "CIDR form"],
    ["10.0.0.1/16", "10.0.0.0/16"],
    ["10.0.0.0/8", "/16 to /20"],
    ["10.0.0.0/24", "/16 to /20"],
    ["8.8.0.0/16", "inside 10.0.0.0/8"],
    ["172.32.0.0/16", "inside 10.0.0.0/8"],
  ];
  for (const [cidr, reason] of bad) {
    it(`refuses ${cidr}`, () => expect(cidrFault(cidr, sizes)).to.contain(reason));
  }
});

describe("firstAddress", () => {
  it("is where the range starts", () => expect(firstAddress("10.2.80.0/20")).to.equal("10.2.80.0"));
});

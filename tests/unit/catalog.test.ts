import { expect } from "chai";
import {
  acceleratedMachine,
  acceleratorTypes,
  machinesWith,
  offeredCapacities,
  retiredAccelerators,
  substituteOf,
} from "../../components/catalog/accelerators";
import { machineOf, sizes } from "../../components/catalog/sizes";
import { kubernetesVersions, supportedVersions, supportWarning } from "../../components/catalog/versions";
import { parseConfig } from "../../components/config";
import { clouds, environments } from "../../components/core/cloud";
import { rawConfig } from "../support/targets";

const day = (date: string) => new Date(`${date}T00:00:00Z`);

describe("the support calendar", () => {
  it("ends every version later than the one before, on every cloud", () => {
    for (const cloud of clouds) {
      const ends = supportedVersions.map((version) => Date.parse(kubernetesVersions[version][cloud].date));
      expect(ends).to.deep.equal([...ends].sort((a, b) => a - b));
      for (const end of ends) expect(end).to.be.greaterThan(Date.parse("2026-11-21"));
    }
  });

  const cases: readonly [string, string | undefined][] = [
    ["2026-12-26", undefined],
    ["2026-12-27", "ends on 2027-03-27, in 90 days"],
    ["2027-03-26", "ends on 2027-03-27, in 1 days"],
    ["2027-03-28", "ended on 2027-03-27"],
  ];
  for (const [date, said] of cases) {
    it(`on ${date} says ${said ?? "nothing"} of 1.35 on AWS`, () => {
      const warning = supportWarning("aws", "1.35", day(date));
      if (said === undefined) expect(warning).to.equal(undefined);
      else expect(warning).to.contain(said).and.to.contain("set kubernetes.version to 1.36");
    });
  }

  it("warns in the config's check by the day that it is given, and not at all without one", () => {
    const late = day("2027-03-01");
    expect(parseConfig(rawConfig("gcp"), "dev", new Set(), late).warnings.join()).to.contain(
      "1.35 on gcp ends",
    );
    expect(parseConfig(rawConfig("gcp"), "dev").warnings).to.deep.equal([]);
    const newer = rawConfig("gcp", { kubernetes: { version: "1.36" } });
    expect(parseConfig(newer, "dev", new Set(), late).warnings).to.deep.equal([]);
  });
});

describe("machines", () => {
  it("are never burstable or of shared cores in prod above the smallest size", () => {
    expect(machineOf("aws", "prod", "medium").type).to.equal("m6i.large");
    expect(machineOf("gcp", "prod", "medium").type).to.equal("n2-standard-2");
    expect(machineOf("aws", "staging", "medium").type).to.equal("t3.large");
  });

  it("grow with the size", () => {
    for (const cloud of clouds) {
      for (const environment of environments) {
        const memory = sizes.map((size) => machineOf(cloud, environment, size).memoryGiB);
        expect(memory).to.deep.equal([4, 8, 16]);
      }
    }
  });
});

describe("accelerators", () => {
  it("are offered by each cloud, or have a substitute that it offers", () => {
    for (const cloud of clouds) {
      for (const type of acceleratorTypes) {
        const machines = machinesWith(cloud, type);
        const substitute = substituteOf(cloud, type);
        if (machines.length > 0) expect(substitute).to.equal(undefined);
        else expect(machinesWith(cloud, substitute ?? type)).not.to.deep.equal([]);
        expect(new Set(machines.map(({ gpus }) => gpus)).size).to.equal(machines.length);
        for (const { gpus } of machines) expect(acceleratedMachine(cloud, type, gpus)?.gpus).to.equal(gpus);
      }
    }
  });

  it("that are retired have a successor, and a name that is none of today's", () => {
    for (const [name, successor] of Object.entries(retiredAccelerators)) {
      expect(acceleratorTypes).to.include(successor);
      expect(acceleratorTypes).not.to.include(name);
    }
  });

  it("can be had at list price on every cloud", () => {
    for (const cloud of clouds) expect(offeredCapacities[cloud]).to.include("on-demand");
  });
});

import { expect } from "chai";
import { parseConfig } from "../../components/config";
import { parseValue } from "../../components/config/keys";
import { clouds } from "../../components/core/cloud";
import { flowLogDays } from "../../components/network/contract";
import { platform } from "../support/program";
import { type Recorded, record } from "../support/mocks";
import { rawConfig, stackConfig, stacks } from "../support/targets";
import { type Mistake, mistakes } from "./config-mistakes";

/** What the program says to a config, and what it registered before. */
async function refuse({
  set,
  stack = "dev",
}: Mistake): Promise<{ message: string; resources: readonly Recorded[] }> {
  const config = stackConfig("aws", set);
  const resources: Recorded[] = [];
  try {
    await record(platform, { config, stack, resources });
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error), resources };
  }
  throw new Error("the config was accepted");
}

describe("a wrong config", () => {
  for (const mistake of mistakes) {
    it(`with ${mistake.name} is refused, and nothing is registered`, async () => {
      const { message, resources } = await refuse(mistake);
      for (const part of mistake.says) expect(message).to.contain(part);
      expect(message).to.match(/^The config of this stack has \d+ mistakes?; nothing was deployed\./);
      expect(message).not.to.match(/\n\s+at |ZodError|\.ts:\d/);
      expect(resources).to.deep.equal([]);
    });
  }

  it("gets all its mistakes told at once", async () => {
    const set = {
      cloud: "ibm",
      retentionDays: 1,
      network: { zones: 9, cidr: "x" },
      project: "X",
      nework: {},
    };
    const { message } = await refuse({ name: "", set, says: [] });
    expect(message).to.contain("6 mistakes");
    expect(message.split("\n").filter((line) => line.startsWith("  - "))).to.have.lengthOf(6);
  });

  it("never shows a value that was set as a secret", () => {
    const parse = () =>
      parseConfig(
        rawConfig("aws", { owner: "", retentionDays: "hunter2" }),
        "dev",
        new Set(["retentionDays"]),
      );
    expect(parse)
      .to.throw('retentionDays is "[secret]"')
      .with.property("message")
      .that.does.not.contain("hunter2");
  });
});

describe("a right config", () => {
  for (const { cloud, environment } of stacks) {
    it(`needs no more than the cloud: ${cloud} ${environment}`, () => {
      const { config, warnings } = parseConfig(rawConfig(cloud), `${environment}-eu`);
      expect(config.environment).to.equal(environment);
      expect(config.target.cloud).to.equal(cloud);
      expect(warnings).to.deep.equal([]);
    });
  }

  it("gets the defaults of its environment and cloud", () => {
    const dev = parseConfig(rawConfig("azure"), "dev").config;
    const prod = parseConfig(rawConfig("gcp"), "prod").config;
    expect(dev.network).to.deep.include({
      cidr: "10.1.0.0/16",
      zones: 2,
      natStrategy: "single",
      privateEndpoints: false,
      flowLogDays: 90,
    });
    expect(prod.network).to.deep.include({
      cidr: "10.2.0.0/16",
      zones: 3,
      natStrategy: "perZone",
      privateEndpoints: true,
      flowLogDays: 365,
    });
    expect([dev.encryptionKey.deletionDays, prod.encryptionKey.deletionDays]).to.deep.equal([14, 30]);
    expect([dev.retentionDays, dev.project]).to.deep.equal([90, "ml-platform"]);
  });

  it("switches the cloud by one line", () => {
    const targets = clouds.map(
      (cloud) => parseConfig(rawConfig("aws", { cloud }), "dev").config.target.cloud,
    );
    expect(targets).to.deep.equal([...clouds]);
  });

  it("takes a region that this release does not know, with a warning", () => {
    const { warnings } = parseConfig(rawConfig("aws", { aws: { region: "eu-central-9" } }), "dev");
    expect(warnings).to.deep.equal([
      'aws region "eu-central-9" is not among those this release knows: check its spelling',
    ]);
  });

  it("takes every number of days that it names", () => {
    for (const days of flowLogDays) parseConfig(rawConfig("aws", { network: { flowLogDays: days } }), "dev");
  });
});

describe("parseValue", () => {
  const cases: readonly [string, string, unknown][] = [
    ["retentionDays", "90", 90],
    ["network", '{"zones":3}', { zones: 3 }],
    ["network", "{not json", "{not json"],
    ["owner", "4711", "4711"],
    ["owner", "true", "true"],
    ["cloud", "aws", "aws"],
  ];
  for (const [key, text, value] of cases) {
    it(`reads ${key} = ${text}`, () => expect(parseValue(key, text)).to.deep.equal(value));
  }
});

import { expect } from "chai";
import { parseConfig } from "../../components/config";
import { parseValue } from "../../components/config/keys";
import { clouds } from "../../components/core/cloud";
import { flowLogDays } from "../../components/network/contract";
import { platform } from "../support/program";
import { type Recorded, record } from "../support/mocks";
import { rawConfig, stackConfig, stacks } from "../support/targets";

interface Mistake {
  readonly name: string;
  readonly set: Readonly<Record<string, unknown>>;
  /** What the message must say. */
  readonly says: readonly string[];
  readonly stack?: string;
}

const existing = {
  id: "vpc-1",
  cidr: "10.0.0.0/16",
  publicSubnetIds: ["subnet-1"],
  privateSubnetIds: ["subnet-2"],
  dataSubnetIds: ["subnet-3"],
};

const mistakes: readonly Mistake[] = [
  { name: "no cloud", set: { cloud: undefined }, says: ["cloud is not set", "aws, gcp, azure", '"aws"'] },
  { name: "an unknown cloud", set: { cloud: "ibm" }, says: ['cloud is "ibm"', "aws, gcp, azure"] },
  { name: "a cloud in capitals", set: { cloud: "AWS" }, says: ['cloud is "AWS"', "aws, gcp, azure"] },
  {
    name: "a chosen cloud without settings",
    set: { aws: undefined },
    says: ["aws is not set", "because cloud is aws", "us-east-1"],
  },
  {
    name: "settings that are no object",
    set: { aws: "us-east-1" },
    says: ['aws is "us-east-1"', "an object with settings"],
  },
  {
    name: "an AWS zone for a region",
    set: { aws: { region: "us-east-1a" } },
    says: ["aws.region", '"us-east-1a"', "us-east-1"],
  },
  {
    name: "a Google Cloud region on AWS",
    set: { aws: { region: "us-central1" } },
    says: ["aws.region", '"us-central1"'],
  },
  {
    name: "an account id that is too short",
    set: { aws: { accountId: "1234" } },
    says: ["aws.accountId", "12 digits"],
  },
  {
    name: "an account id as a number",
    set: { aws: { accountId: 123456789012 } },
    says: ["aws.accountId is 123456789012", "a text"],
  },
  {
    name: "an unknown AWS setting",
    set: { aws: { regoin: "us-east-1" } },
    says: ["aws.regoin", "did you mean region"],
  },
  {
    name: "an AWS region on Google Cloud",
    set: { cloud: "gcp", gcp: { project: "acme-ml-dev", region: "us-east-1" } },
    says: ["gcp.region", '"us-east-1"', "us-central1"],
  },
  {
    name: "no Google Cloud project",
    set: { cloud: "gcp", gcp: { region: "us-central1" } },
    says: ["gcp.project is not set", "Google Cloud project", "acme-ml-dev"],
  },
  {
    name: "a project id in capitals",
    set: { cloud: "gcp", gcp: { project: "ACME" } },
    says: ["gcp.project", '"ACME"', "6 to 30"],
  },
  {
    name: "a wrong block of a cloud that is not chosen",
    set: { gcp: { project: "x" } },
    says: ["gcp.project", '"x"', "6 to 30"],
  },
  {
    name: "no subscription",
    set: { cloud: "azure", azure: { location: "eastus" } },
    says: ["azure.subscriptionId is not set", "Azure subscription"],
  },
  {
    name: "a subscription that is no UUID",
    set: { cloud: "azure", azure: { subscriptionId: "my-subscription" } },
    says: ["azure.subscriptionId", "UUID"],
  },
  {
    name: "an Azure location with spaces",
    set: { azure: { ...(rawConfig("azure")["azure"] as object), location: "East US" } },
    says: ["azure.location", '"East US"', "eastus"],
  },
  {
    name: "an Azure location without zones",
    set: { cloud: "azure", azure: { ...(rawConfig("azure")["azure"] as object), location: "westus" } },
    says: ["network.zones", "westus has none"],
  },
  {
    name: "more zones than the region has",
    set: { aws: { region: "us-west-1" }, network: { zones: 3 } },
    says: ["network.zones is 3", "at most 2 in us-west-1"],
  },
  {
    name: "an unknown environment",
    set: { environment: "production" },
    says: ['environment is "production"', "dev, staging, prod"],
  },
  {
    name: "no environment, and a stack name that gives none",
    set: {},
    stack: "main",
    says: ["environment is not set", '"main" does not'],
  },
  { name: "a project name that is too short", set: { project: "ml" }, says: ['project is "ml"', "3 to 20"] },
  {
    name: "a project name that is too long",
    set: { project: "a".repeat(21) },
    says: ["project is", "3 to 20"],
  },
  {
    name: "a project name that ends with a dash",
    set: { project: "ml-platform-" },
    says: ["project is", "not ending with a dash"],
  },
  {
    name: "a project name that starts with a digit",
    set: { project: "1ml-platform" },
    says: ["project is", "starting with a letter"],
  },
  { name: "a project name in capitals", set: { project: "ML-Platform" }, says: ["project is", "lower-case"] },
  { name: "a placeholder", set: { owner: "CHANGEME" }, says: ['owner is "CHANGEME"', "your own value"] },
  {
    name: "a placeholder deep inside",
    set: { gcp: { project: "CHANGEME-project" } },
    says: ["gcp.project", "your own value"],
  },
  { name: "an empty owner", set: { owner: "" }, says: ["owner is", "at least 1 characters"] },
  {
    name: "an empty cost center",
    set: { costCenter: "" },
    says: ["costCenter is", "at least 1 characters"],
  },
  { name: "tags that are a list", set: { tags: ["a"] }, says: ["tags is", "names and texts"] },
  { name: "a tag that is no text", set: { tags: { Team: 1 } }, says: ["tags.Team is 1", "a text"] },
  {
    name: "41 tags",
    set: { tags: Object.fromEntries(Array.from({ length: 41 }, (_, n) => [`k${n}`, "v"])) },
    says: ["tags is", "40 tags at most"],
  },
  {
    name: "a retention that is too short",
    set: { retentionDays: 29 },
    says: ["retentionDays is 29", "30 to 2555", "90"],
  },
  {
    name: "a retention that is too long",
    set: { retentionDays: 2556 },
    says: ["retentionDays is 2556", "30 to 2555"],
  },
  {
    name: "a retention in words",
    set: { retentionDays: "ninety" },
    says: ['retentionDays is "ninety"', "number"],
  },
  { name: "half a day", set: { retentionDays: 30.5 }, says: ["retentionDays is 30.5", "whole number"] },
  {
    name: "a network that is no range",
    set: { network: { cidr: "10.0.0.0" } },
    says: ["network.cidr", '"10.0.0.0"', "10.0.0.0/16"],
  },
  {
    name: "a range with host bits",
    set: { network: { cidr: "10.0.0.1/16" } },
    says: ["network.cidr", "10.0.0.0/16"],
  },
  {
    name: "a network that is too large",
    set: { network: { cidr: "10.0.0.0/8" } },
    says: ["network.cidr", "/16 to /20"],
  },
  {
    name: "a network that is too small",
    set: { network: { cidr: "10.0.0.0/24" } },
    says: ["network.cidr", "/16 to /20"],
  },
  {
    name: "a public range",
    set: { network: { cidr: "8.8.0.0/16" } },
    says: ["network.cidr", "192.168.0.0/16"],
  },
  { name: "one zone", set: { network: { zones: 1 } }, says: ["network.zones is 1", "2 to 3"] },
  { name: "zones as a text", set: { network: { zones: "three" } }, says: ["network.zones", "number"] },
  {
    name: "an unknown NAT strategy",
    set: { network: { natStrategy: "none" } },
    says: ["network.natStrategy", "single, perZone"],
  },
  {
    name: "a number of flow log days that CloudWatch refuses",
    set: { network: { flowLogDays: 100 } },
    says: ["network.flowLogDays is 100", "90, 120, 150"],
  },
  {
    name: "flow logs kept too briefly",
    set: { network: { flowLogDays: 30 } },
    says: ["network.flowLogDays is 30", "90, 120"],
  },
  {
    name: "a switch that is a text",
    set: { network: { privateEndpoints: "yes" } },
    says: ["network.privateEndpoints", "true or false"],
  },
  {
    name: "a network setting with a typing error",
    set: { network: { natStratgy: "single" } },
    says: ["network.natStratgy", "did you mean natStrategy"],
  },
  {
    name: "an existing network without subnets",
    set: { network: { existing: { ...existing, dataSubnetIds: [] } } },
    says: ["network.existing.dataSubnetIds", "at least 1"],
  },
  {
    name: "an existing network beside a range of its own",
    set: { network: { cidr: "10.0.0.0/16", existing } },
    says: ["network.cidr", "network.existing"],
  },
  {
    name: "a subnet in two tiers",
    set: { network: { existing: { ...existing, dataSubnetIds: ["subnet-2"] } } },
    says: ["network.existing", "one tier only"],
  },
  {
    name: "an existing network with a range that is none",
    set: { network: { existing: { ...existing, cidr: "10.0.0.0" } } },
    says: ["network.existing.cidr", "10.0.0.0/16"],
  },
  {
    name: "a deletion window that is too short",
    set: { encryptionKey: { deletionDays: 7 } },
    says: ["encryptionKey.deletionDays is 7", "14 to 30"],
  },
  {
    name: "a short deletion window in prod",
    set: { encryptionKey: { deletionDays: 20 } },
    stack: "prod",
    says: ["encryptionKey.deletionDays is 20", "30 in prod"],
  },
  { name: "teams that are no list", set: { teams: "fraud" }, says: ['teams is "fraud"', "a list"] },
  {
    name: "a team without a name",
    set: { teams: [{ members: [] }] },
    says: ["teams.0.name is not set", "fraud"],
  },
  {
    name: "a team name with a space",
    set: { teams: [{ name: "fraud team" }] },
    says: ["teams.0.name", '"fraud team"'],
  },
  {
    name: "two teams of one name",
    set: { teams: [{ name: "fraud" }, { name: "fraud" }] },
    says: ["teams.1.name", "no other team"],
  },
  { name: "an unknown key", set: { networ: {} }, says: ["networ: no such key", "did you mean network"] },
  {
    name: "an unknown key like no other",
    set: { xyzzyplugh: 1 },
    says: ["xyzzyplugh: no such key", "known keys: cloud"],
  },
];

/** What the program says to a config, and what it registered before. */
async function refuse({
  set,
  stack = "dev",
}: Mistake): Promise<{ message: string; resources: readonly Recorded[] }> {
  const raw = Object.fromEntries(
    Object.entries(rawConfig("aws", set)).filter(([, value]) => value !== undefined),
  );
  const { cloud, ...more } = raw;
  const config = stackConfig("aws", more);
  if (cloud === undefined) delete config["ml-platform:cloud"];
  else config["ml-platform:cloud"] = String(cloud);
  for (const key of Object.keys(set)) if (set[key] === undefined) delete config[`ml-platform:${key}`];
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

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { constructVpc } from "../../local/components/awsx-vpc";
import { unknownValue, type Properties } from "../../local/values";
import { fromStruct, toStruct } from "../../local/wire";
import { refusal } from "./cloud";
import { FakeMonitor } from "./monitor";
import { canonical, type Recorded } from "./registrations";

const fixture = JSON.parse(readFileSync(join(__dirname, "fixtures", "awsx-vpc.json"), "utf8")) as {
  readonly cases: Readonly<Record<string, readonly Recorded[]>>;
};

const threeTiers = [
  { type: "Public", cidrMask: 24 },
  { type: "Private", cidrMask: 20 },
  { type: "Isolated", cidrMask: 24 },
];
const auto = {
  cidrBlock: "10.0.0.0/16",
  enableDnsHostnames: true,
  enableDnsSupport: true,
  subnetStrategy: "Auto",
  subnetSpecs: threeTiers,
};

/** The settings that the fixture's cases were recorded with. */
const settings: Readonly<Record<string, Properties>> = {
  "single NAT gateway, 2 zones": {
    ...auto,
    numberOfAvailabilityZones: 2,
    natGateways: { strategy: "Single" },
    tags: { Project: "p" },
  },
  "NAT gateway per zone, 3 zones": {
    ...auto,
    numberOfAvailabilityZones: 3,
    natGateways: { strategy: "OnePerAz" },
  },
  "default layout with S3 gateway endpoint": {
    cidrBlock: "10.0.0.0/16",
    numberOfAvailabilityZones: 2,
    natGateways: { strategy: "Single" },
    vpcEndpointSpecs: [{ serviceName: "com.amazonaws.us-east-1.s3" }],
  },
};

interface Outcome {
  readonly monitor: FakeMonitor;
  readonly state: Properties;
}

async function construct(inputs: Properties, preview = false): Promise<Outcome> {
  const monitor = new FakeMonitor(preview);
  const request = new ConstructRequest()
    .setType("awsx:ec2:Vpc")
    .setName("net")
    .setMonitorendpoint(await monitor.start())
    .setDependenciesList(["urn:other"])
    .setInputs(toStruct(inputs));
  request.getProvidersMap().set("aws", "urn:aws::id");
  try {
    const response = await constructVpc(request);
    return { monitor, state: fromStruct(response.getState()) };
  } finally {
    monitor.stop();
  }
}

describe("the model of awsx:ec2:Vpc", () => {
  for (const [name, recorded] of Object.entries(fixture.cases)) {
    it(`registers what the real component registers: ${name}`, async () => {
      const { monitor } = await construct(settings[name] ?? {});
      expect(canonical(monitor.registrations)).to.deep.equal(recorded);
    });
  }

  it("takes explicit blocks, one for each zone, and names tiers as asked", async () => {
    const { monitor, state } = await construct({
      cidrBlock: "10.0.0.0/16",
      availabilityZoneNames: ["us-east-1a", "us-east-1b"],
      subnetStrategy: "Auto",
      natGateways: { strategy: "None" },
      subnetSpecs: [
        { type: "Public", name: "public", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"], tags: { role: "elb" } },
        { type: "Isolated", name: "data", cidrBlocks: ["10.0.8.0/24", "10.0.9.0/24"] },
      ],
    });
    const subnets = monitor.registrations.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    const found = subnets
      .map(
        ({ name, inputs }) =>
          `${name} ${String(inputs?.["cidrBlock"])} ${String(inputs?.["availabilityZone"])}`,
      )
      .sort();
    expect(found).to.deep.equal([
      "net-data-1 10.0.8.0/24 us-east-1a",
      "net-data-2 10.0.9.0/24 us-east-1b",
      "net-public-1 10.0.0.0/24 us-east-1a",
      "net-public-2 10.0.1.0/24 us-east-1b",
    ]);
    expect(subnets.find(({ name }) => name === "net-public-1")?.inputs?.["tags"]).to.deep.equal({
      Name: "net-public-1",
      SubnetType: "Public",
      role: "elb",
    });
    expect(state["publicSubnetIds"]).to.have.length(2);
    expect(state["privateSubnetIds"]).to.deep.equal([]);
    expect(monitor.outputs["vpcId"]).to.equal(state["vpcId"]);
  });

  it("hands on the provider, what the component depends on, and references to what it made", async () => {
    const { monitor, state } = await construct(settings["single NAT gateway, 2 zones"] ?? {});
    const children = monitor.registrations.slice(1);
    expect(children.every(({ provider }) => provider === "urn:aws::id")).to.equal(true);
    expect(children.find(({ type }) => type === "aws:ec2/vpc:Vpc")?.dependencies).to.include("urn:other");
    expect(state["vpc"]).to.include({
      "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e",
      id: state["vpcId"],
    });
    expect(state["natGateways"]).to.have.length(1);
    expect(state["eips"]).to.have.length(1);
  });

  it("leaves in a preview unknown what only the cloud will know", async () => {
    const { monitor, state } = await construct(
      { ...settings["single NAT gateway, 2 zones"], tags: unknownValue },
      true,
    );
    expect(state["vpcId"]).to.equal(unknownValue);
    const subnet = monitor.registrations.find(({ type }) => type === "aws:ec2/subnet:Subnet");
    expect(subnet?.inputs).to.include({ vpcId: unknownValue, tags: unknownValue });
  });

  const wrong: readonly [what: string, inputs: Properties, expected: RegExp][] = [
    [
      "zones by name and by number",
      { availabilityZoneNames: ["us-east-1a"], numberOfAvailabilityZones: 2 },
      /only one of availabilityZoneNames and numberOfAvailabilityZones/,
    ],
    [
      "too few blocks",
      { numberOfAvailabilityZones: 2, subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }] },
      /has 1 cidrBlocks for 2 availability zones/,
    ],
    [
      "blocks for some specs only",
      {
        numberOfAvailabilityZones: 1,
        subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/24"] }, { type: "Private" }],
      },
      /Private\) has no cidrBlocks, but others have/,
    ],
    [
      "overlapping blocks",
      {
        numberOfAvailabilityZones: 2,
        subnetSpecs: [{ type: "Public", cidrBlocks: ["10.0.0.0/23", "10.0.1.0/24"] }],
      },
      /10\.0\.0\.0\/23 and 10\.0\.1\.0\/24 overlap/,
    ],
    [
      "blocks outside the VPC",
      { numberOfAvailabilityZones: 1, subnetSpecs: [{ type: "Public", cidrBlocks: ["10.1.0.0/24"] }] },
      /10\.1\.0\.0\/24 is not inside the VPC 10\.0\.0\.0\/16/,
    ],
    [
      "gaps under Exact",
      {
        numberOfAvailabilityZones: 2,
        subnetStrategy: "Exact",
        subnetSpecs: [
          { type: "Public", cidrMask: 24 },
          { type: "Private", cidrMask: 20 },
        ],
      },
      /subnetStrategy Exact.*Unused/,
    ],
    [
      "NAT without public subnets",
      { natGateways: { strategy: "Single" }, subnetSpecs: [{ type: "Private" }] },
      /strategy Single needs public subnets/,
    ],
    [
      "too many addresses",
      {
        numberOfAvailabilityZones: 2,
        natGateways: { strategy: "Single", elasticIpAllocationIds: ["a", "b"] },
      },
      /has 2 entries; strategy Single with 2 zones needs 1/,
    ],
    [
      "addresses without NAT",
      { numberOfAvailabilityZones: 2, natGateways: { strategy: "None", elasticIpAllocationIds: ["a"] } },
      /strategy None with 2 zones needs 0/,
    ],
    [
      "subnets too large",
      {
        numberOfAvailabilityZones: 2,
        subnetStrategy: "Auto",
        subnetSpecs: [
          { type: "Public", cidrMask: 17 },
          { type: "Private", cidrMask: 18 },
        ],
      },
      /does not fit into what is left of zone block 10\.0\.0\.0\/17/,
    ],
    [
      "a size that is no power of two",
      { numberOfAvailabilityZones: 2, subnetStrategy: "Auto", subnetSpecs: [{ type: "Public", size: 300 }] },
      /size 300: it must be a power of two/,
    ],
    ["an unknown tier", { subnetSpecs: [{ type: "Secret" }] }, /subnet type "Secret"/],
    [
      "more zones than the region has",
      { numberOfAvailabilityZones: 9 },
      /numberOfAvailabilityZones is 9, but the region has 6/,
    ],
  ];
  for (const [what, inputs, expected] of wrong) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => construct(inputs))).to.match(expected);
    });
  }
});

import { expect } from "chai";
import { constructAddon } from "../../local/components/eks-addon";
import { constructManagedNodeGroup } from "../../local/components/eks-node-group";
import { unknownValue, type Properties } from "../../local/values";
import { refusal } from "./cloud";
import { construct, named, reference, type Outcome } from "./construct";
import { canonical } from "./registrations";

describe("the models of eks:index:ManagedNodeGroup and eks:index:Addon", () => {
  const core = {
    cluster: reference("urn:eks", "ml"),
    subnetIds: ["subnet-a", "subnet-b"],
  };
  const states = { "urn:cluster": { core }, "urn:role": { arn: "arn:aws:iam::123456789012:role/nodes" } };
  const nodes = (inputs: Properties, options = {}): Promise<Outcome> =>
    construct("eks:index:ManagedNodeGroup", constructManagedNodeGroup, inputs, { states, ...options });
  const base = { cluster: reference("urn:cluster"), nodeRole: reference("urn:role", "nodes") };

  it("registers a node group with the cluster's name and subnets and the role's ARN", async () => {
    const outcome = await nodes({ ...base, labels: { workload: "general" }, ignoreScalingChanges: true });
    expect(canonical(outcome.monitor.registrations)).to.deep.equal([
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "c",
        parent: "eks:index:ManagedNodeGroup c",
        inputs: {
          clusterName: "ml",
          labels: { workload: "general" },
          nodeRoleArn: "arn:aws:iam::123456789012:role/nodes",
          scalingConfig: { desiredSize: 2, maxSize: 2, minSize: 1 },
          subnetIds: ["subnet-a", "subnet-b"],
        },
      },
      { type: "eks:index:ManagedNodeGroup", name: "c", parent: "stack" },
    ]);
    expect(named(outcome, "c")?.ignoreChanges).to.deep.equal(["scalingConfig.desiredSize"]);
    expect(named(outcome, "c")?.dependencies).to.include.members(["urn:other", "urn:eks", "urn:role"]);
  });

  it("takes core data and a launch template, or makes a template for metadata options", async () => {
    const own = await nodes({
      cluster: core,
      nodeRoleArn: "arn:n",
      launchTemplate: { id: "lt-1", version: "3" },
      subnetIds: ["subnet-c"],
    });
    expect(named(own, "c")?.inputs).to.deep.include({
      launchTemplate: { id: "lt-1", version: "3" },
      subnetIds: ["subnet-c"],
    });
    const made = await nodes({
      ...base,
      enableIMDSv2: true,
      diskSize: 100,
      operatingSystem: "AL2023",
      gpu: true,
    });
    expect(named(made, "c-launchTemplate")?.inputs).to.deep.equal({
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 100 } }],
      metadataOptions: { httpEndpoint: "enabled", httpPutResponseHopLimit: 2, httpTokens: "required" },
    });
    expect(named(made, "c")?.inputs).to.include({ amiType: "AL2023_x86_64_NVIDIA" });
    expect(named(made, "c")?.inputs).not.to.have.property("diskSize");
  });

  it("leaves the cluster's name unknown while the cluster is", async () => {
    const outcome = await nodes(
      { ...base, cluster: { cluster: reference("urn:eks"), subnetIds: unknownValue } },
      { preview: true },
    );
    expect(named(outcome, "c")?.inputs).to.include({ clusterName: unknownValue, subnetIds: unknownValue });
    const whole = await nodes({ ...base, cluster: unknownValue }, { preview: true });
    expect(named(whole, "c")?.inputs).to.include({ clusterName: unknownValue, subnetIds: unknownValue });
  });

  it("registers an add-on below its cluster", async () => {
    const { monitor } = await construct(
      "eks:index:Addon",
      constructAddon,
      {
        cluster: reference("urn:cluster"),
        addonName: "metrics-server",
        configurationValues: { b: 1, a: { d: 1, c: 2 } },
      },
      { states },
    );
    expect(canonical(monitor.registrations)[0]?.inputs).to.deep.equal({
      addonName: "metrics-server",
      clusterName: "ml",
      configurationValues: '{"a":{"c":2,"d":1},"b":1}',
    });
  });

  const wrong: readonly [what: string, inputs: Properties, expected: RegExp][] = [
    ["no role", { cluster: core }, /An IAM role, or role ARN must be provided/],
    ["two roles", { ...base, nodeRoleArn: "arn:n" }, /both nodeRole and nodeRoleArn/],
    ["an image and its type", { ...base, amiId: "ami-1", amiType: "CUSTOM" }, /both amiId and amiType/],
    [
      "a template and metadata options",
      { ...base, launchTemplate: { id: "lt-1" }, enableIMDSv2: true },
      /custom launch template, you cannot provide/,
    ],
    ["user data", { ...base, userData: "#!/bin/sh" }, /do not model userData/],
    ["an unknown system", { ...base, operatingSystem: "Plan9" }, /operatingSystem "Plan9"/],
    ["no cluster", { nodeRoleArn: "arn:n", cluster: {} }, /expected an eks:index:Cluster/],
  ];
  for (const [what, inputs, expected] of wrong) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => nodes(inputs))).to.match(expected);
    });
  }
});

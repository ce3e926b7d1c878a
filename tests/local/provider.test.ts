import { expect } from "chai";
import { unknownValue, type Properties } from "../../local/values";
import { TestCloud } from "./cloud";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const bucketType = "aws:s3/bucket:Bucket";
const groupType = "azure-native:resources:ResourceGroup";

describe("a local provider", () => {
  let aws: TestCloud;
  let azure: TestCloud;
  let gcp: TestCloud;

  beforeEach(() => {
    aws = new TestCloud("aws", {
      region: "us-east-1",
      defaultTags: JSON.stringify({ tags: { Team: "ml" } }),
    });
    azure = new TestCloud("azure-native", {
      subscriptionId: "00000000-1111-2222-3333-444444444444",
      location: "eastus",
    });
    gcp = new TestCloud("gcp", { project: "acme-ml-dev", region: "us-central1" });
  });
  afterEach(() => [aws, azure, gcp].forEach((cloud) => cloud.close()));

  const diff = (cloud: TestCloud, type: string, olds: Properties, news: Properties) =>
    cloud.provider.diff({ urn: cloud.urn(type, "x"), scope: cloud.scope }, olds, news);

  describe("names", () => {
    it("makes them from the engine's seed, lists them as defaults, and keeps them", () => {
      const first = aws.check(bucketType, "data", {});
      expect(first["bucket"]).to.match(/^data-[0-9a-f]{7}$/);
      expect(first["__defaults"]).to.deep.equal(["bucket"]);
      expect(aws.check(bucketType, "data", {})).to.deep.equal(first);
      const again = aws.provider.check(
        { urn: aws.urn(bucketType, "data"), scope: aws.scope },
        first,
        {},
        { seed: "other" },
      );
      expect(again.inputs["bucket"]).to.equal(first["bucket"]);
      expect(aws.check(bucketType, "data", { bucket: "mine" })["__defaults"]).to.deep.equal([]);
    });

    it("follows each provider's own form", () => {
      expect(azure.check(groupType, "ml", { location: "eastus" })["resourceGroupName"]).to.match(
        /^ml[0-9a-f]{8}$/,
      );
      expect(gcp.check("gcp:compute/network:Network", "net", {})["name"]).to.match(/^net-[0-9a-f]{7}$/);
      expect(aws.check("aws:kms/alias:Alias", "data", { targetKeyId: unknownValue })["name"]).to.match(
        /^alias\/data-/,
      );
      expect(
        azure.check("azure-native:authorization:RoleAssignment", "r", {
          principalId: unknownValue,
          roleDefinitionId: unknownValue,
          scope: unknownValue,
        })["roleAssignmentName"],
      ).to.match(/^[0-9a-f]{8}-/);
    });

    it("uses the name that auto-naming config proposes, and none where it forbids them", () => {
      const check = (proposed: string | null) =>
        aws.provider.check(
          { urn: aws.urn(bucketType, "data"), scope: aws.scope },
          {},
          {},
          { seed: "", proposed },
        ).inputs["bucket"];
      expect(check("proposed-name")).to.equal("proposed-name");
      expect(check(null)).to.equal(undefined);
    });
  });

  describe("replacement", () => {
    it("updates what the cloud can change, replaces what it cannot", () => {
      const olds = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", mapPublicIpOnLaunch: false };
      expect(diff(aws, subnetType, olds, olds)).to.deep.include({ changed: [], replaces: [] });
      expect(diff(aws, subnetType, olds, { ...olds, mapPublicIpOnLaunch: true })).to.deep.include({
        changed: ["mapPublicIpOnLaunch"],
        replaces: [],
      });
      expect(diff(aws, subnetType, olds, { ...olds, cidrBlock: "10.0.1.0/24" })).to.deep.equal({
        changed: ["cidrBlock"],
        replaces: ["cidrBlock"],
        deleteBeforeReplace: true,
      });
      expect(diff(aws, subnetType, olds, { ...olds, vpcId: unknownValue }).replaces).to.deep.equal(["vpcId"]);
      expect(diff(aws, bucketType, { region: "us-east-1" }, { region: "eu-west-1" }).replaces).to.deep.equal([
        "region",
      ]);
    });

    it("replaces by what the id is made of, by nested properties, and by what the documentation says", () => {
      const account = "azure-native:storage:StorageAccount";
      expect(
        diff(azure, account, { resourceGroupName: "a" }, { resourceGroupName: "b" }).replaces,
      ).to.deep.equal(["resourceGroupName"]);
      const twice = (on: boolean) => ({
        encryption: { requireInfrastructureEncryption: on, keySource: "x" },
      });
      expect(diff(azure, account, twice(true), twice(false)).replaces).to.deep.equal([
        "encryption.requireInfrastructureEncryption",
      ]);
      expect(
        diff(azure, account, { encryption: { keySource: "x" } }, { encryption: { keySource: "y" } }).replaces,
      ).to.deep.equal([]);
      expect(
        diff(gcp, "gcp:serviceaccount/account:Account", { accountId: "a" }, { accountId: "b" }).replaces,
      ).to.deep.equal(["accountId"]);
    });

    it("replaces what changes in a direction that the cloud does not take", () => {
      const subnet = "gcp:compute/subnetwork:Subnetwork";
      const range = (ipCidrRange: string) => ({ ipCidrRange });
      expect(diff(gcp, subnet, range("10.2.0.0/20"), range("10.2.0.0/18")).replaces).to.deep.equal([]);
      expect(diff(gcp, subnet, range("10.2.0.0/18"), range("10.2.0.0/20")).replaces).to.deep.equal([
        "ipCidrRange",
      ]);
      expect(diff(gcp, subnet, range("10.2.0.0/20"), range("10.3.0.0/18")).replaces).to.deep.equal([
        "ipCidrRange",
      ]);
      const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
      const other = { cidrIpv4: "10.0.0.0/16" };
      expect(diff(aws, rule, other, { cidrIpv4: "10.1.0.0/16" }).replaces).to.deep.equal([]);
      expect(diff(aws, rule, other, { referencedSecurityGroupId: "sg-1" }).replaces).to.deep.equal([
        "cidrIpv4",
        "referencedSecurityGroupId",
      ]);
    });

    it("gives the successor an id of its own", async () => {
      const first = await aws.create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
      const second = await aws.create(vpcType, "net", { cidrBlock: "10.1.0.0/16" });
      expect(second.id).not.to.equal(first.id);
    });
  });

  describe("previews", () => {
    it("promises inputs and defaults, leaves the rest unknown, and makes nothing", async () => {
      const inputs = aws.check(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
      const { id, state } = await aws.provider.create(
        { urn: aws.urn(vpcType, "net"), scope: aws.scope },
        inputs,
        true,
      );
      expect(id).to.equal("");
      expect(state).to.include({
        cidrBlock: "10.0.0.0/16",
        enableDnsSupport: true,
        arn: unknownValue,
        region: "us-east-1",
      });
      expect(aws.world.inventory()).to.be.empty;
    });

    it("judges only what it knows", () => {
      expect(() =>
        aws.check(subnetType, "s", { vpcId: unknownValue, cidrBlock: unknownValue }),
      ).not.to.throw();
    });
  });

  describe("reads", () => {
    it("shows drift in the inputs, and nothing where nothing drifted", async () => {
      const made = await aws.create(vpcType, "net", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
      const target = { urn: made.urn, scope: aws.scope };
      const before = await aws.provider.read(target, made.id, made.inputs);
      expect(before).to.deep.equal({ id: made.id, inputs: made.inputs, state: made.state });
      aws.world.change(made.urn, { enableDnsHostnames: false });
      const after = await aws.provider.read(target, made.id, made.inputs);
      expect(diff(aws, vpcType, made.inputs, after?.inputs ?? {}).changed).to.deep.equal([
        "enableDnsHostnames",
      ]);
      aws.world.remove(made.id);
      expect(await aws.provider.read(target, made.id, made.inputs)).to.equal(undefined);
    });

    it("shows a setting that someone else added", async () => {
      const made = await aws.create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
      aws.world.change(made.id, { tags: { Intruder: "yes" } });
      const read = await aws.provider.read({ urn: made.urn, scope: aws.scope }, made.id, made.inputs);
      expect(read?.inputs).to.deep.include({ tags: { Intruder: "yes" } });
    });

    it("imports by id, with every input", async () => {
      const made = await aws.create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
      const read = await aws.provider.read(
        { urn: aws.urn(vpcType, "adopted"), scope: aws.scope },
        made.id,
        {},
      );
      expect(read?.inputs["cidrBlock"]).to.equal("10.0.0.0/16");
    });

    it("returns the cloud's own facts", async () => {
      const { id, state } = await aws.create(vpcType, "net", {
        cidrBlock: "10.0.0.0/16",
        tags: { Name: "net" },
      });
      expect(state).to.deep.include({
        arn: `arn:aws:ec2:us-east-1:123456789012:vpc/${id}`,
        tagsAll: { Team: "ml", Name: "net" },
        enableDnsSupport: true,
      });
      expect(state["defaultSecurityGroupId"]).to.match(/^sg-0[0-9a-f]{16}$/);
    });

    it("gives types without a rule of their own an id, a name and outputs of the right kind", async () => {
      const queue = await aws.create("aws:sqs/queue:Queue", "jobs", { visibilityTimeoutSeconds: 30 });
      expect(queue.state["name"]).to.match(/^jobs-/);
      expect(queue.state["arn"]).to.match(/^arn:aws:sqs:us-east-1:123456789012:queue\//);
      await azure.create(groupType, "ml", { resourceGroupName: "ml", location: "eastus" });
      const account = await azure.create("azure-native:maps:Account", "atlas", {
        resourceGroupName: "ml",
        sku: { name: "G2" },
      });
      expect(account.id).to.match(/\/resourceGroups\/ml\/providers\/Microsoft\.maps\/account\/atlas/);
    });
  });
});

import { expect } from "chai";
import { configProblems } from "../../local/config";
import { invoke } from "../../local/invokes/index";
import { openScope } from "../../local/scope";
import { unknownValue, type Properties } from "../../local/values";
import { refusal, TestCloud } from "./cloud";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const bucketType = "aws:s3/bucket:Bucket";
const groupType = "azure-native:resources:ResourceGroup";

describe("a local provider, beside others", () => {
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

  describe("deletion", () => {
    it("is refused while something still uses the thing, in the cloud's own words", async () => {
      const vpc = await aws.create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
      const subnet = await aws.create(subnetType, "a", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
      expect(await refusal(() => aws.delete(vpc))).to.match(
        /deleting Vpc \(net\): DependencyViolation: The vpc '.*' has dependencies.*used by Subnet subnet-/,
      );
      await aws.delete(subnet);
      await aws.delete(vpc);
      expect(aws.world.inventory()).to.be.empty;
    });

    it("is refused for what a subnet, a network or a group of Azure and Google Cloud still holds", async () => {
      const network = await gcp.create("gcp:compute/network:Network", "net", {});
      await gcp.create("gcp:compute/subnetwork:Subnetwork", "a", {
        network: network.state["selfLink"],
        ipCidrRange: "10.0.0.0/24",
      });
      expect(await refusal(() => gcp.delete(network))).to.match(/resourceInUseByAnotherResource/);

      const group = await azure.create(groupType, "ml", { resourceGroupName: "ml", location: "eastus" });
      const inGroup = { resourceGroupName: "ml" };
      await azure.create("azure-native:network:VirtualNetwork", "net", {
        ...inGroup,
        virtualNetworkName: "net",
        addressSpace: { addressPrefixes: ["10.1.0.0/16"] },
      });
      const subnet = await azure.create("azure-native:network:Subnet", "s", {
        ...inGroup,
        virtualNetworkName: "net",
        subnetName: "s",
        addressPrefix: "10.1.0.0/24",
      });
      await azure.create("azure-native:network:PrivateEndpoint", "e", {
        ...inGroup,
        subnet: { id: subnet.id },
      });
      expect(await refusal(() => azure.delete(subnet))).to.match(/InUseSubnetCannotBeDeleted/);
      expect(await refusal(() => azure.delete(group))).to.match(/ResourceGroupNotEmpty/);
    });

    it("counts as done when someone else was first", async () => {
      const vpc = await aws.create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
      aws.world.remove(vpc.id);
      await aws.delete(vpc);
    });

    it("is refused under a lock, which itself can go", async () => {
      const group = await azure.create(groupType, "ml", { resourceGroupName: "ml", location: "eastus" });
      const identity = await azure.create("azure-native:managedidentity:UserAssignedIdentity", "storage", {
        resourceGroupName: "ml",
      });
      const lock = await azure.create("azure-native:authorization:ManagementLockByScope", "keep", {
        level: "CanNotDelete",
        scope: group.id,
      });
      expect(await refusal(() => azure.delete(identity))).to.match(
        /ScopeLocked: .*remove the lock and try again/,
      );
      await azure.delete(lock);
      await azure.delete(identity);
    });

    it("is refused for what its provider protects", async () => {
      const network = await gcp.create("gcp:compute/network:Network", "net", { deletionPolicy: "PREVENT" });
      expect(await refusal(() => gcp.delete(network))).to.match(
        /failedPrecondition: cannot destroy .*PREVENT/,
      );
    });

    it("leaves names taken where the real cloud does", async () => {
      await azure.create(groupType, "ml", { resourceGroupName: "ml", location: "eastus" });
      const vault = (createMode?: string) => ({
        resourceGroupName: "ml",
        vaultName: "acme-ml",
        properties: {
          tenantId: azure.scope.facts["tenantId"],
          sku: { family: "A", name: "standard" },
          enablePurgeProtection: true,
          ...(createMode === undefined ? {} : { createMode }),
        },
      });
      await azure.delete(await azure.create("azure-native:keyvault:Vault", "v", vault()));
      expect(azure.world.inventory().map(({ type }) => type)).to.deep.equal([groupType]);
      expect(await refusal(() => azure.create("azure-native:keyvault:Vault", "v", vault()))).to.match(
        /VaultAlreadyExists.*soft-deleted/,
      );
      await azure.create("azure-native:keyvault:Vault", "v", vault("recover"));

      const ring = { name: "ring", location: "us-central1" };
      await gcp.delete(await gcp.create("gcp:kms/keyRing:KeyRing", "r", ring));
      expect(await refusal(() => gcp.create("gcp:kms/keyRing:KeyRing", "r", ring))).to.match(
        /ALREADY_EXISTS.*can never be deleted/,
      );
    });
  });

  describe("updates", () => {
    it("keep ids and judge against what is there", async () => {
      const vpc = await aws.create(vpcType, "net", { cidrBlock: "10.0.0.0/16" });
      const target = { urn: vpc.urn, scope: aws.scope };
      const news = { ...vpc.inputs, enableDnsHostnames: true };
      const state = await aws.provider.update(target, vpc.id, vpc.state, news, false);
      expect(state).to.deep.equal({ ...vpc.state, enableDnsHostnames: true });
      expect(await refusal(() => aws.provider.update(target, "vpc-gone", {}, news, false))).to.match(
        /NotFound.*run a refresh/,
      );
    });
  });

  describe("accounts", () => {
    it("are kept apart by region, project and subscription", async () => {
      const bucket = await aws.create(bucketType, "data", { bucket: "acme" });
      const elsewhere = { urn: bucket.urn, scope: openScope("aws", { region: "eu-west-1" }) };
      expect(await aws.provider.read(elsewhere, bucket.id, bucket.inputs)).to.equal(undefined);
      expect(await refusal(() => aws.provider.create(elsewhere, { bucket: "acme" }, false))).to.match(
        /BucketAlreadyExists/,
      );
    });

    it("are refused when the config allows another one only", async () => {
      const scope = openScope("aws", {
        region: "us-east-1",
        allowedAccountIds: JSON.stringify(["999999999999"]),
      });
      const target = { urn: aws.urn(vpcType, "net"), scope };
      expect(await refusal(() => aws.provider.create(target, { cidrBlock: "10.0.0.0/16" }, false))).to.match(
        /AWS account ID not allowed: 123456789012.*999999999999/,
      );
    });

    it("must be named where the cloud has no default", async () => {
      const target = { urn: gcp.urn("gcp:compute/network:Network", "net"), scope: openScope("gcp", {}) };
      expect(await refusal(() => gcp.provider.create(target, { name: "net" }, false))).to.match(
        /project: required field is not set/,
      );
    });

    it("must be named in the right form", () => {
      expect(configProblems("aws", { region: "mars" })[0]?.reason).to.match(/invalid region "mars"/);
      expect(configProblems("azure-native", { subscriptionId: "mine" })[0]?.reason).to.match(
        /invalid subscriptionId "mine": it must be a UUID/,
      );
      expect(configProblems("gcp", { project: "acme-ml-dev", region: unknownValue })).to.be.empty;
    });
  });

  describe("look-ups", () => {
    it("answer with the facts of the provider's account and place", () => {
      const ask = (cloud: TestCloud, token: string, inputs: Properties = {}) =>
        invoke(token, { inputs, scope: cloud.scope, world: cloud.world });
      expect(ask(aws, "aws:index/getCallerIdentity:getCallerIdentity")["accountId"]).to.equal("123456789012");
      expect(ask(aws, "aws:index/getAvailabilityZones:getAvailabilityZones")["names"]).to.include(
        "us-east-1a",
      );
      expect(ask(aws, "aws:index/getRegion:getRegion")["region"]).to.equal("us-east-1");
      expect(ask(aws, "aws:index/getPartition:getPartition")["partition"]).to.equal("aws");
      expect(
        ask(gcp, "gcp:storage/getProjectServiceAccount:getProjectServiceAccount")["emailAddress"],
      ).to.match(/^service-\d{12}@gs-project-accounts/);
      expect(ask(gcp, "gcp:organizations/getProject:getProject")["projectId"]).to.equal("acme-ml-dev");
      expect(ask(azure, "azure-native:authorization:getClientConfig")["subscriptionId"]).to.equal(
        "00000000-1111-2222-3333-444444444444",
      );
      expect(() => ask(aws, "aws:ec2/getAmi:getAmi")).to.throw("do not model aws:ec2/getAmi:getAmi");
    });
  });
});

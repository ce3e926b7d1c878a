import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import * as semver from "semver";
import { Bucket } from "@pulumi/aws/s3";
import { SecurityGroup } from "@pulumi/aws/ec2";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Vpc } from "@pulumi/awsx/ec2";
import { Provider as AwsxProvider } from "@pulumi/awsx/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import { Provider as AzureProvider } from "@pulumi/azure-native/provider";
import { VirtualNetwork } from "@pulumi/azure-native/network";
import { Network, Subnetwork } from "@pulumi/gcp/compute";
import { Provider as GcpProvider } from "@pulumi/gcp/provider";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { commonFaults, startLocalClouds, type LocalClouds } from "../../local/index";
import { refusal } from "./cloud";

/** The three clouds in one program: a component, references, generated names, invented ids. */
function program(): Promise<Record<string, unknown>> {
  const provider = new AwsProvider("aws", { region: "eu-west-1" });
  const vpc = new Vpc(
    "net",
    {
      cidrBlock: "10.0.0.0/16",
      numberOfAvailabilityZones: 2,
      subnetStrategy: "Auto",
      subnetSpecs: [
        { type: "Public", cidrMask: 24 },
        { type: "Private", cidrMask: 20 },
      ],
      natGateways: { strategy: "Single" },
      tags: { Owner: "tests" },
    },
    { providers: [provider, new AwsxProvider("awsx")] },
  );
  const bucket = new Bucket("data", {}, { provider });
  new SecurityGroup("closed", { vpcId: vpc.vpcId, description: "Nothing may pass" }, { provider });

  const google = new GcpProvider("gcp", { project: "acme-ml-dev", region: "europe-west1" });
  const network = new Network("net", { autoCreateSubnetworks: false }, { provider: google });
  new Subnetwork("nodes", { network: network.id, ipCidrRange: "10.2.0.0/20" }, { provider: google });

  const azure = new AzureProvider("azure", {
    subscriptionId: "00000000-1111-2222-3333-444444444444",
    location: "eastus",
  });
  const group = new ResourceGroup("net", {}, { provider: azure });
  new VirtualNetwork(
    "net",
    { resourceGroupName: group.name, addressSpace: { addressPrefixes: ["10.1.0.0/16"] } },
    { provider: azure },
  );
  return Promise.resolve({
    bucket: bucket.bucket,
    vpcId: vpc.vpcId,
    subnets: vpc.privateSubnetIds,
    network: network.selfLink,
  });
}

const engineVersion = "3.255.0";

describe("the local clouds under the real engine", function () {
  this.timeout(120_000);
  let folder: string;
  let clouds: LocalClouds;
  let stack: Stack;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "local-clouds-"));
    clouds = await startLocalClouds({ worldDir: join(folder, "world") });
    const root = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
    const pulumiCommand = await PulumiCommand.get({
      root: join(root, "versions", engineVersion),
      version: semver.parse(engineVersion) as never,
    });
    stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "dev", projectName: "local-clouds", program },
      {
        pulumiCommand,
        envVars: {
          ...clouds.env,
          PULUMI_BACKEND_URL: `file://${folder}`,
          PULUMI_CONFIG_PASSPHRASE: "local clouds hold no secrets",
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
  });

  after(async () => {
    await clouds.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("previews, creates, changes nothing the second time, finds no drift, and leaves nothing", async () => {
    const preview = await stack.preview();
    expect(clouds.world.inventory()).to.be.empty;

    const up = await stack.up();
    expect(up.summary.resourceChanges?.create).to.equal(preview.changeSummary.create);
    expect(up.outputs["bucket"]?.value).to.match(/^data-[0-9a-f]{7}$/);
    expect(up.outputs["vpcId"]?.value).to.match(/^vpc-0[0-9a-f]{16}$/);
    expect(up.outputs["subnets"]?.value).to.have.length(2);
    const made = clouds.world.inventory("dev");
    expect(made.map(({ type }) => type)).to.include.members([
      "aws:ec2/natGateway:NatGateway",
      "gcp:compute/subnetwork:Subnetwork",
    ]);

    const again = await stack.up();
    expect(again.summary.resourceChanges).to.have.all.keys("same");

    const refresh = await stack.refresh();
    expect(refresh.summary.resourceChanges).to.have.all.keys("same");

    await stack.destroy();
    expect(clouds.world.inventory()).to.be.empty;
  });

  it("fails at a fault, converges on the next run without doubles, and shows drift", async () => {
    const type = "azure-native:network:VirtualNetwork";
    clouds.faults.add({ operation: "create", type, effect: commonFaults.unavailable, times: 1 });
    expect(await refusal(() => stack.up())).to.match(
      /creating VirtualNetwork \(net\): 503 Service Unavailable/,
    );
    await stack.up();
    const urns = clouds.world.inventory().map(({ urn }) => urn);
    expect(new Set(urns).size).to.equal(urns.length);

    const group = clouds.world
      .inventory()
      .find((item) => item.type === "aws:ec2/securityGroup:SecurityGroup");
    const open = { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] };
    clouds.world.change(group?.id ?? "", { ingress: [open] });
    const refresh = await stack.refresh();
    expect(refresh.summary.resourceChanges?.update).to.equal(1);
    const up = await stack.up();
    expect(up.summary.resourceChanges?.update).to.equal(1);

    await stack.destroy();
    expect(clouds.world.inventory()).to.be.empty;
  });
});

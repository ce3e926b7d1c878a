import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import * as semver from "semver";
import { LaunchTemplate } from "@pulumi/aws/ec2";
import { Role } from "@pulumi/aws/iam";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import { Vpc } from "@pulumi/awsx/ec2";
import { Provider as AwsxProvider } from "@pulumi/awsx/provider";
import { Addon, Cluster, ManagedNodeGroup } from "@pulumi/eks";
import { Provider as EksProvider } from "@pulumi/eks/provider";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { startLocalClouds, type LocalClouds } from "../../local/index";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const caller = "arn:aws:iam::123456789012:user/local";

/** A network, a cluster of the component, a node group with a launch template, an add-on. */
function program(): Promise<Record<string, unknown>> {
  const aws = new AwsProvider("aws", { region: "eu-west-1" });
  const awsx = [aws, new AwsxProvider("awsx")];
  const providers = [aws, new EksProvider("eks")];
  const net = new Vpc(
    "net",
    { cidrBlock: "10.0.0.0/16", numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } },
    { providers: awsx },
  );
  const cluster = new Cluster(
    "ml",
    {
      vpcId: net.vpcId,
      privateSubnetIds: net.privateSubnetIds,
      publicSubnetIds: net.publicSubnetIds,
      version: "1.35",
      authenticationMode: "API",
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      createOidcProvider: true,
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      corednsAddonOptions: {},
      vpcCniOptions: { enableNetworkPolicy: true, enablePrefixDelegation: true },
      accessEntries: {
        deployer: {
          principalArn: caller,
          accessPolicies: {
            admin: {
              accessScope: { type: "cluster" },
              policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            },
          },
        },
      },
      tags: { Owner: "tests" },
    },
    {
      providers,
      transforms: [
        ({ type, props, opts }) =>
          type === "aws:eks/cluster:Cluster"
            ? {
                props: {
                  ...props,
                  accessConfig: {
                    authenticationMode: "API",
                    bootstrapClusterCreatorAdminPermissions: false,
                  },
                },
                opts,
              }
            : undefined,
      ],
    },
  );
  const nodeRole = new Role("nodes", { assumeRolePolicy: trust }, { provider: aws });
  const template = new LaunchTemplate(
    "nodes",
    { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } },
    { provider: aws },
  );
  const nodes = new ManagedNodeGroup(
    "general",
    {
      cluster,
      nodeRole,
      subnetIds: net.privateSubnetIds,
      instanceTypes: ["m7i.large"],
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
      launchTemplate: {
        id: template.id,
        version: template.latestVersion.apply((version) => version.toString()),
      },
    },
    { providers },
  );
  new ManagedNodeGroup("core", { cluster: cluster.core, nodeRoleArn: nodeRole.arn }, { providers });
  new Addon("metrics", { cluster, addonName: "metrics-server" }, { providers });
  return Promise.resolve({
    name: cluster.eksCluster.name,
    coreName: cluster.core.apply((core) => core.cluster.name),
    issuer: cluster.oidcIssuer,
    oidcProviderArn: cluster.oidcProviderArn,
    kubeconfig: cluster.kubeconfigJson,
    clusterSecurityGroupId: cluster.clusterSecurityGroupId,
    nodeGroup: nodes.nodeGroup.nodeGroupName,
    vpcConfig: cluster.eksCluster.vpcConfig,
  });
}

const engineVersion = "3.255.0";

describe("the models of the EKS components under the real engine", function () {
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
      { stackName: "dev", projectName: "local-eks", program },
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
    const output = (name: string): string => String(up.outputs[name]?.value);
    expect(output("name")).to.match(/^ml-eksCluster-[0-9a-f]{7}$/);
    expect(output("coreName")).to.equal(output("name"));
    expect(output("issuer")).to.match(/^oidc\.eks\.eu-west-1\.amazonaws\.com\/id\//);
    expect(output("oidcProviderArn")).to.equal(`arn:aws:iam::123456789012:oidc-provider/${output("issuer")}`);
    expect(output("kubeconfig")).to.include(`"get-token","--cluster-name","${output("name")}"`);
    expect(up.outputs["vpcConfig"]?.value).to.include({
      clusterSecurityGroupId: output("clusterSecurityGroupId"),
    });
    expect(output("nodeGroup")).to.match(/^general-[0-9a-f]{7}$/);
    const [cluster] = clouds.world.ofType("aws:eks/cluster:Cluster");
    expect(cluster?.inputs["accessConfig"]).to.include({ bootstrapClusterCreatorAdminPermissions: false });
    expect(clouds.world.ofType("aws:eks/nodeGroup:NodeGroup")).to.have.length(2);
    expect(clouds.world.ofType("aws:eks/addon:Addon")).to.have.length(4);

    const again = await stack.up();
    expect(again.summary.resourceChanges).to.have.all.keys("same");

    const refresh = await stack.refresh();
    expect(refresh.summary.resourceChanges).to.have.all.keys("same");

    await stack.destroy();
    expect(clouds.world.inventory()).to.be.empty;
  });
});

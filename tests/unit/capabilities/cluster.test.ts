import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { type Cloud, clouds, environments } from "../../../components/core/cloud";
import { cloudResources, record, valueOf } from "../../support/mocks";
import { builtPlatform } from "../../support/platforms";
import { platform } from "../../support/program";
import { childrenOf, only } from "../../support/shape";
import { stackConfig, stacks } from "../../support/targets";

type Json = Record<string, unknown>;

const clusterTypes: Readonly<Record<Cloud, string>> = {
  aws: "eks:index:Cluster",
  gcp: "gcp:container/cluster:Cluster",
  azure: "azure-native:containerservice:ManagedCluster",
};

const clusterOf = async (cloud: Cloud, environment: "dev" | "staging" | "prod") =>
  only(await childrenOf("cluster", cloud, environment), clusterTypes[cloud]).inputs;

async function builtWith(cloud: Cloud, kubernetes: object): Promise<Json> {
  const built = await record(platform, { config: stackConfig(cloud, { kubernetes }) });
  return only(cloudResources(built), clusterTypes[cloud]).inputs;
}

const part = (inputs: Json, ...path: string[]) =>
  path.reduce<unknown>((value, key) => (value as Json)[key], inputs);

describe("Cluster", () => {
  for (const { cloud, environment } of stacks) {
    it(`hands out a secret kubeconfig without a token on ${cloud} in ${environment}`, async () => {
      const { result } = await builtPlatform(cloud, environment);
      expect(await pulumi.isSecret(result.kubeconfig)).to.equal(true);
      const config = JSON.parse(await valueOf(result.kubeconfig)) as {
        clusters: { cluster: Json }[];
        users: { user: Json }[];
      };
      expect(config.clusters[0]?.cluster).to.deep.equal({
        server: await valueOf(result.clusterEndpoint),
        "certificate-authority-data": "Y2VydGlmaWNhdGU=",
      });
      expect(Object.keys(config.users[0]?.user ?? {})).to.deep.equal(["exec"]);
      expect(await valueOf(result.clusterEndpoint)).to.match(/^https:\/\//);
      expect(await valueOf(result.oidcIssuer)).to.match(/^https:\/\//);
      expect(await valueOf(result.kubectlSetup)).to.match(/^(aws eks|gcloud container|az aks) /);
    });
  }

  it("encrypts its secrets with the stack's key on every cloud", async () => {
    expect((await clusterOf("aws", "dev"))["encryptionConfigKeyArn"]).to.equal("encryption-key-arn");
    expect((await clusterOf("gcp", "dev"))["databaseEncryption"]).to.deep.equal({
      state: "ENCRYPTED",
      keyName: "encryption-key-id",
    });
    expect(part(await clusterOf("azure", "dev"), "securityProfile", "azureKeyVaultKms")).to.deep.equal({
      enabled: true,
      keyId: "https://encryption-key.vault.azure.net/keys/platform/1",
      keyVaultNetworkAccess: "Private",
      keyVaultResourceId: "/encryption-key-vault-id",
    });
  });

  it("has a private API server unless ranges are named, and then lets in no others", async () => {
    for (const environment of environments) {
      expect(await clusterOf("aws", environment)).to.include({
        endpointPublicAccess: false,
        endpointPrivateAccess: true,
      });
      expect(await clusterOf("aws", environment)).not.to.have.property("publicAccessCidrs");
      expect(
        part(await clusterOf("gcp", environment), "privateClusterConfig", "enablePrivateEndpoint"),
      ).to.equal(true);
      expect(part(await clusterOf("azure", environment), "apiServerAccessProfile")).to.deep.include({
        enablePrivateCluster: true,
        enablePrivateClusterPublicFQDN: false,
      });
    }
    const open = { endpointAccess: ["203.0.113.0/24"] };
    expect(await builtWith("aws", open)).to.deep.include({
      endpointPublicAccess: true,
      publicAccessCidrs: open.endpointAccess,
    });
    expect(part(await builtWith("gcp", open), "masterAuthorizedNetworksConfig", "cidrBlocks")).to.deep.equal([
      { cidrBlock: "10.2.0.0/16", displayName: "network" },
      { cidrBlock: "203.0.113.0/24", displayName: "range-1" },
    ]);
    expect(part(await builtWith("azure", open), "apiServerAccessProfile")).to.deep.include({
      enablePrivateCluster: false,
      authorizedIPRanges: open.endpointAccess,
    });
  });

  it("cannot be deleted in prod, and runs the version that was asked for", async () => {
    for (const [environment, locked] of [
      ["dev", false],
      ["prod", true],
    ] as const) {
      expect(await clusterOf("aws", environment)).to.include({ deletionProtection: locked, version: "1.35" });
      expect(await clusterOf("gcp", environment)).to.include({
        deletionProtection: locked,
        minMasterVersion: "1.35",
      });
    }
    expect((await builtWith("azure", { version: "1.36" }))["kubernetesVersion"]).to.equal("1.36");
  });

  it("is administered by whoever deploys, or by exactly those who are named", async () => {
    const entries = part(await clusterOf("aws", "dev"), "accessEntries") as Record<string, Json>;
    expect(Object.keys(entries)).to.deep.equal(["deployer"]);
    expect(entries["deployer"]?.["principalArn"]).to.equal("arn:aws:iam::123456789012:role/deployer");
    const admin = "arn:aws:iam::123456789012:role/ml-admins";
    const named = part(await builtWith("aws", { admins: [admin] }), "accessEntries") as Record<string, Json>;
    expect(Object.values(named).map(({ principalArn }) => principalArn)).to.deep.equal([admin]);
    const group = "44444444-4444-4444-8444-444444444444";
    const azure = await builtWith("azure", { admins: [group] });
    expect(azure["aadProfile"]).to.deep.equal({
      managed: true,
      enableAzureRBAC: true,
      adminGroupObjectIDs: [group],
    });
    const gcp = await builtWith("gcp", { admins: ["group:ml-admins@example.com"] });
    expect(gcp["authenticatorGroupsConfig"]).to.deep.equal({
      securityGroup: "gke-security-groups@example.com",
    });
  });

  it("on Azure has a system pool that is never on spot machines and takes nothing else", async () => {
    for (const environment of environments) {
      const pools = (await clusterOf("azure", environment))["agentPoolProfiles"] as Json[];
      expect(pools).to.have.lengthOf(1);
      expect(pools[0]).to.deep.include({
        name: "system",
        mode: "System",
        nodeTaints: ["CriticalAddonsOnly=true:NoSchedule"],
      });
      expect(pools[0]).not.to.have.property("scaleSetPriority");
    }
  });

  it("on Google Cloud counts every pool in the limits of automatic pools", async () => {
    const limits = part(await clusterOf("gcp", "prod"), "clusterAutoscaling", "resourceLimits");
    // General 5 to 20 and inference 1 to 20 nodes; five training nodes of 4 cores, 15 GiB and a T4 each.
    expect(limits).to.deep.equal([
      { resourceType: "cpu", minimum: 12, maximum: 180 },
      { resourceType: "memory", minimum: 24, maximum: 715 },
      { resourceType: "nvidia-tesla-t4", minimum: 0, maximum: 5 },
    ]);
  });

  it("on Google Cloud keeps its control plane's addresses apart from every other range", async () => {
    const config = (await clusterOf("gcp", "dev"))["privateClusterConfig"] as Json;
    expect(config["masterIpv4CidrBlock"]).to.equal("10.2.104.0/28");
  });

  it("on AWS gives no controller an action on everything that could be narrowed", async () => {
    const children = await childrenOf("cluster", "aws", "prod");
    const policies = children.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
    expect(policies).to.have.lengthOf(3);
    for (const { name, inputs } of policies) {
      const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Json[] };
      for (const { Action, Resource, Condition } of Statement) {
        for (const action of [Action].flat()) expect(String(action), name).not.to.contain("*");
        if (Resource === "*") {
          expect(Condition, name).to.deep.equal({ StringEquals: { "aws:RequestedRegion": "us-east-1" } });
          for (const action of [Action].flat()) {
            expect(String(action), name).to.match(/:(Describe|List|Get)/);
          }
        }
      }
    }
  });

  it("on AWS starts nodes with an encrypted disk, without a public address, and with guarded metadata", async () => {
    const templates = (await childrenOf("cluster", "aws", "dev")).filter(
      ({ type }) => type === "aws:ec2/launchTemplate:LaunchTemplate",
    );
    expect(templates).to.have.lengthOf(3);
    for (const { inputs } of templates) {
      expect(inputs["metadataOptions"]).to.include({ httpTokens: "required", httpPutResponseHopLimit: 1 });
      expect(part(inputs, "blockDeviceMappings", "0", "ebs")).to.include({
        encrypted: "true",
        kmsKeyId: "encryption-key-arn",
        volumeType: "gp3",
        volumeSize: 100,
      });
      const [networkInterface] = inputs["networkInterfaces"] as Json[];
      expect(networkInterface).to.deep.include({
        associatePublicIpAddress: "false",
        securityGroups: ["cluster-group", "network-nodes-id"],
      });
    }
  });

  it("takes every cloud's own way to log in", async () => {
    const commands = await Promise.all(
      clouds.map(async (cloud) => {
        const { result } = await builtPlatform(cloud, "dev");
        const config = JSON.parse(await valueOf(result.kubeconfig)) as {
          users: { user: { exec: { command: string } } }[];
        };
        return config.users[0]?.user.exec.command;
      }),
    );
    expect(commands).to.deep.equal(["aws", "gke-gcloud-auth-plugin", "kubelogin"]);
  });
});

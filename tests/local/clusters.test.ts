import { expect } from "chai";
import { invoke } from "../../local/invokes/index";
import { mergedQuotas, quotasFromEnvironment, type Quotas } from "../../local/quotas";
import type { PackageName } from "../../local/schema";
import type { Properties } from "../../local/values";
import { refusal, TestCloud, type Made } from "./cloud";
import { eksLandscape } from "./landscape-eks";
import { gkeLandscape } from "./landscape-gke";
import { aksLandscape } from "./landscape-aks";
import type { Passing } from "./rule-tables";

const config: Readonly<Partial<Record<PackageName, Properties>>> = {
  aws: { region: "us-east-1" },
  gcp: { project: "acme-ml-dev", region: "us-central1" },
  "azure-native": { subscriptionId: "00000000-1111-2222-3333-444444444444", location: "eastus" },
};

interface Built {
  readonly cloud: TestCloud;
  readonly made: Readonly<Record<string, Made>>;
}

const open: TestCloud[] = [];

async function build(name: PackageName, landscape: readonly Passing[], quotas: Quotas = {}): Promise<Built> {
  const cloud = new TestCloud(name, config[name] ?? {}, quotas);
  open.push(cloud);
  const made: Record<string, Made> = {};
  for (const [each, type, inputs] of landscape)
    made[each] = await cloud.create(type, each, typeof inputs === "function" ? inputs(made) : inputs);
  return { cloud, made };
}

function update({ cloud, made }: Built, name: string, change: Properties): Promise<Properties> {
  const { urn, id, inputs, state } = made[name]!;
  const target = { urn, scope: cloud.scope };
  return cloud.provider.update(target, id, state, { ...inputs, ...change }, false);
}

function replaces({ cloud, made }: Built, name: string, change: Properties): readonly string[] {
  const { urn, inputs } = made[name]!;
  return cloud.provider.diff({ urn, scope: cloud.scope }, inputs, { ...inputs, ...change }).replaces;
}

describe("Kubernetes clusters of the local clouds", () => {
  afterEach(() => open.splice(0).forEach((cloud) => cloud.close()));

  const versions: readonly [PackageName, readonly Passing[], string][] = [
    ["aws", eksLandscape, "version"],
    ["gcp", gkeLandscape, "minMasterVersion"],
    ["azure-native", aksLandscape, "kubernetesVersion"],
  ];
  for (const [name, landscape, key] of versions) {
    it(`upgrades one minor at a time on ${name}`, async () => {
      const built = await build(name, landscape);
      const state = await update(built, "cluster", { [key]: "1.36" });
      expect(
        String(state["masterVersion"] ?? state["currentKubernetesVersion"] ?? state["version"]),
      ).to.match(/^1\.36/);
    });
  }

  it("refuses upgrades over two minors, and ways back where the cloud does", async () => {
    const old = (landscape: readonly Passing[], key: string): readonly Passing[] =>
      landscape
        .slice(0, landscape.findIndex(([name]) => name === "cluster") + 1)
        .map(([name, type, inputs]) => [
          name,
          type,
          (made) => ({
            ...(typeof inputs === "function" ? inputs(made) : inputs),
            ...(name === "cluster" ? { [key]: "1.34" } : {}),
          }),
        ]);
    const eks = await build("aws", old(eksLandscape, "version"));
    expect(await refusal(() => update(eks, "cluster", { version: "1.36" }))).to.match(/from 1\.34 to 1\.36/);
    expect(await refusal(() => update(eks, "cluster", { version: "1.33" }))).to.match(/never back/);
    const gke = await build("gcp", old(gkeLandscape, "minMasterVersion"));
    expect(await refusal(() => update(gke, "cluster", { minMasterVersion: "1.36" }))).to.match(
      /from 1\.34 to 1\.36/,
    );
    const aks = await build("azure-native", old(aksLandscape, "kubernetesVersion"));
    expect(await refusal(() => update(aks, "cluster", { kubernetesVersion: "1.36" }))).to.match(
      /one minor at a time/,
    );
    const newer = await build("azure-native", aksLandscape);
    expect(await refusal(() => update(newer, "cluster", { kubernetesVersion: "1.34" }))).to.match(
      /OperationNotAllowed.*never moves back/,
    );
  });

  it("keeps protected clusters, and EKS clusters that have node groups", async () => {
    const eks = await build("aws", eksLandscape);
    expect(await refusal(() => eks.cloud.delete(eks.made["cluster"]!))).to.match(/has nodegroups attached/);
    await update(eks, "cluster", { deletionProtection: true });
    await eks.cloud.delete(eks.made["general"]!);
    expect(await refusal(() => eks.cloud.delete(eks.made["cluster"]!))).to.match(/deletion protection/);
    await update(eks, "cluster", { deletionProtection: false });
    await eks.cloud.delete(eks.made["cluster"]!);
    // Entries, associations and add-ons go with the cluster.
    const left = eks.cloud.world.inventory().map(({ type }) => type);
    expect(left.filter((type) => type.startsWith("aws:eks/"))).to.deep.equal([]);
  });

  it("lets GKE's provider guard clusters unless it is told otherwise, and takes pools along", async () => {
    const gke = await build("gcp", gkeLandscape);
    await update(gke, "cluster", { deletionProtection: undefined });
    expect(await refusal(() => gke.cloud.delete(gke.made["cluster"]!))).to.match(
      /deletionProtection is set to true/,
    );
    await update(gke, "cluster", { deletionProtection: false });
    await gke.cloud.delete(gke.made["cluster"]!);
    expect(gke.cloud.world.ofType("gcp:container/nodePool:NodePool")).to.deep.equal([]);
  });

  it("knows what makes a new cluster or pool, and what Azure never changes", async () => {
    const eks = await build("aws", eksLandscape);
    expect(replaces(eks, "cluster", { roleArn: "arn:x" })).to.deep.equal(["roleArn"]);
    expect(replaces(eks, "cluster", { version: "1.36", deletionProtection: true })).to.deep.equal([]);
    expect(replaces(eks, "general", { instanceTypes: ["m7i.xlarge"] })).to.deep.equal(["instanceTypes"]);
    expect(
      replaces(eks, "general", { launchTemplate: { id: eks.made["template"]!.id, version: "2" } }),
    ).to.deep.equal([]);
    const gke = await build("gcp", gkeLandscape);
    expect(replaces(gke, "gpu", { nodeConfig: { machineType: "n1-standard-4", spot: true } })).to.include(
      "nodeConfig.spot",
    );
    const aks = await build("azure-native", aksLandscape);
    expect(await refusal(() => update(aks, "gpu", { vmSize: "Standard_NC8as_T4_v3" }))).to.match(
      /PropertyChangeNotAllowed.*vmSize/,
    );
    expect(await refusal(() => update(aks, "cluster", { dnsPrefix: "other" }))).to.match(/dnsPrefix/);
  });

  it("makes a new version of a launch template at every change", async () => {
    const eks = await build("aws", eksLandscape);
    expect(eks.made["template"]!.state).to.include({ latestVersion: 1, defaultVersion: 1 });
    const state = await update(eks, "template", { description: "two", updateDefaultVersion: true });
    expect(state).to.include({ latestVersion: 2, defaultVersion: 2 });
  });

  it("works out what kubeconfigs and identities need", async () => {
    const { made, cloud } = await build("aws", eksLandscape);
    const { endpoint, certificateAuthority, identities } = made["cluster"]!.state;
    expect(endpoint).to.match(/^https:\/\/[0-9A-F]{32}\.gr7\.us-east-1\.eks\.amazonaws\.com$/);
    const { data } = certificateAuthority as { data: string };
    expect(Buffer.from(data, "base64").toString()).to.match(/^-----BEGIN CERTIFICATE-----/);
    expect(JSON.stringify(identities)).to.match(
      /https:\/\/oidc\.eks\.us-east-1\.amazonaws\.com\/id\/[0-9A-F]{32}/,
    );
    // Others may let traffic in from the group that EKS made.
    const own = (made["cluster"]!.state["vpcConfig"] as Properties)["clusterSecurityGroupId"];
    const group = await cloud.create("aws:ec2/securityGroup:SecurityGroup", "db", { vpcId: made["net"]!.id });
    const rule = { securityGroupId: group.id, sourceSecurityGroupId: own, type: "ingress", protocol: "tcp" };
    await cloud.create("aws:ec2/securityGroupRule:SecurityGroupRule", "in", {
      ...rule,
      fromPort: 5432,
      toPort: 5432,
    });
    const gke = await build("gcp", gkeLandscape);
    expect(gke.made["cluster"]!.state["endpoint"]).to.equal("172.16.0.2");
    const aks = await build("azure-native", aksLandscape);
    const { fqdn, privateFQDN, identityProfile } = aks.made["cluster"]!.state;
    expect(fqdn).to.match(/^ml-[0-9a-f]{8}\.hcp\.eastus\.azmk8s\.io$/);
    expect(privateFQDN).to.match(/\.privatelink\.eastus\.azmk8s\.io$/);
    expect(identityProfile).to.have.nested.property("kubeletidentity.objectId");
  });

  it("offers add-on versions for the minors that EKS has", () => {
    const cloud = new TestCloud("aws", config["aws"] ?? {});
    open.push(cloud);
    const ask = (kubernetesVersion: string): Properties =>
      invoke("aws:eks/getAddonVersion:getAddonVersion", {
        inputs: { addonName: "kube-proxy", kubernetesVersion, mostRecent: true },
        scope: cloud.scope,
        world: cloud.world,
      });
    expect(ask("1.35")["version"]).to.match(/^v1\.35\.\d+-eksbuild\.\d+$/);
    expect(() => ask("1.20")).to.throw(/not offered for Kubernetes 1\.20/);
  });
});

describe("quotas of the local clouds", () => {
  afterEach(() => open.splice(0).forEach((cloud) => cloud.close()));

  it("count what runs, by family, and refuse what goes over", async () => {
    const eks = await build("aws", eksLandscape, {
      aws: { "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances": 6 },
    });
    const { scalingConfig } = eks.made["general"]!.inputs as { scalingConfig: Properties };
    await update(eks, "general", { scalingConfig: { ...scalingConfig, desiredSize: 3 } });
    const four = { ...scalingConfig, desiredSize: 4, maxSize: 4 };
    expect(await refusal(() => update(eks, "general", { scalingConfig: four }))).to.match(
      /VcpuLimitExceeded.*limit of 6.*8 requested/,
    );
    await update(eks, "general", { scalingConfig: four, capacityType: "SPOT" });
    const gke = await build("gcp", gkeLandscape, {
      gcp: { NVIDIA_T4_GPUS: 3, PREEMPTIBLE_NVIDIA_T4_GPUS: 9 },
    });
    // Two nodes in each of two zones.
    expect(await refusal(() => update(gke, "gpu", { initialNodeCount: 2 }))).to.match(
      /resource "NVIDIA_T4_GPUS": request requires '4\.0' and is short '1\.0'/,
    );
    const aks = await build("azure-native", aksLandscape, {
      "azure-native": { "Standard NCASv3_T4 Family": 4, lowPriorityCores: 0 },
    });
    await update(aks, "gpu", { count: 1 });
    expect(await refusal(() => update(aks, "gpu", { count: 2 }))).to.match(
      /requested 8, remaining 4 for family Standard NCASv3_T4 Family for region eastus/,
    );
  });

  it("are read from the environment, and their errors name the form", () => {
    const given = '{"aws":{"x":1},"gcp":{"NVIDIA_L4_GPUS":0}}';
    expect(mergedQuotas({ aws: { x: 5, y: 2 } }, quotasFromEnvironment(given))).to.deep.equal({
      aws: { x: 1, y: 2 },
      gcp: { NVIDIA_L4_GPUS: 0 },
      "azure-native": {},
    });
    expect(quotasFromEnvironment(undefined)).to.deep.equal({});
    for (const wrong of ["{", "[]", '{"ibm":{}}', '{"aws":{"x":-1}}', '{"aws":{"x":"1"}}'])
      expect(() => quotasFromEnvironment(wrong), wrong).to.throw(
        /MLP_LOCAL_QUOTAS is .* it must be a JSON object/,
      );
  });
});

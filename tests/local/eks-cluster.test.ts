import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { constructEksCluster } from "../../local/components/eks-cluster";
import { unknownValue, type Properties } from "../../local/values";
import { refusal } from "./cloud";
import { construct, named, reference, type Outcome } from "./construct";
import { canonical, type Recorded } from "./registrations";

const fixture = JSON.parse(readFileSync(join(__dirname, "fixtures", "eks-cluster.json"), "utf8")) as {
  readonly cases: Readonly<Record<string, readonly Recorded[]>>;
};

const admins = {
  principalArn: "arn:aws:iam::123456789012:role/admins",
  accessPolicies: {
    admin: {
      accessScope: { type: "cluster" },
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    },
  },
};
const plain = {
  vpcId: "vpc-1",
  publicSubnetIds: ["subnet-d", "subnet-e", "subnet-f"],
  privateSubnetIds: ["subnet-a", "subnet-b", "subnet-c"],
  authenticationMode: "API",
  createOidcProvider: true,
  skipDefaultNodeGroup: true,
  version: "1.35",
};

/** The settings that the fixture's cases were recorded with. */
const settings: Readonly<Record<string, Properties>> = {
  "plain, API authentication": plain,
  "private, encrypted, logs, access entry": {
    ...plain,
    accessEntries: { admins },
    corednsAddonOptions: { enabled: true },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    encryptionConfigKeyArn: "arn:aws:kms:us-east-1:123456789012:key/x",
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
  },
};

const cluster = (inputs: Properties, preview = false): Promise<Outcome> =>
  construct("eks:index:Cluster", constructEksCluster, inputs, { preview });

describe("the model of eks:index:Cluster", () => {
  for (const [name, recorded] of Object.entries(fixture.cases)) {
    it(`registers what the real component registers: ${name}`, async () => {
      const { monitor } = await cluster(settings[name] ?? {});
      expect(canonical(monitor.registrations)).to.deep.equal(recorded);
    });
  }

  it("makes no security groups when the program wants EKS's own", async () => {
    const outcome = await cluster({ ...plain, skipDefaultSecurityGroups: true });
    const types = outcome.monitor.registrations.map(({ type }) => type);
    expect(types.filter((type) => type.includes("ecurityGroup"))).to.deep.equal([]);
    expect(named(outcome, "c-eksCluster")?.inputs?.["vpcConfig"]).not.to.have.property("securityGroupIds");
  });

  it("hands on every setting of the cluster, and ignores later changes of two", async () => {
    const outcome = await cluster({
      ...plain,
      name: "ml",
      clusterTags: { Tier: "core" },
      tags: { Project: "ml" },
      deletionProtection: true,
      publicAccessCidrs: ["198.51.100.0/24"],
      upgradePolicy: { supportType: "STANDARD" },
      kubernetesServiceIpAddressRange: "172.20.0.0/16",
      bootstrapSelfManagedAddons: false,
    });
    const made = named(outcome, "c-eksCluster");
    expect(made?.inputs).to.deep.include({
      name: "ml",
      bootstrapSelfManagedAddons: false,
      deletionProtection: true,
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
      tags: { Name: "c-eksCluster", Project: "ml", Tier: "core" },
      upgradePolicy: { supportType: "STANDARD" },
    });
    expect(made?.inputs?.["vpcConfig"]).to.deep.include({ publicAccessCidrs: ["198.51.100.0/24"] });
    expect(made?.ignoreChanges).to.deep.equal([
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
    ]);
    expect(made?.dependencies.join()).to.match(/RolePolicyAttachment/);
  });

  it("writes the options of the network plugin into its configuration", async () => {
    const outcome = await cluster({
      ...plain,
      vpcCniOptions: { enableNetworkPolicy: true, enablePrefixDelegation: true, warmPrefixTarget: 1 },
    });
    const json = String(named(outcome, "c-vpc-cni")?.inputs?.["configurationValues"]);
    const parsed = JSON.parse(json) as Properties;
    expect(parsed["enableNetworkPolicy"]).to.equal("true");
    expect(parsed["env"]).to.include({ ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" });
    expect(Object.keys(parsed)).to.deep.equal(["enableNetworkPolicy", "env", "init"]);
  });

  it("gives out references, the issuer and a kubeconfig that logs in through AWS", async () => {
    const { state, monitor } = await cluster(plain);
    expect(state["eksCluster"]).to.include(
      reference(
        "urn:pulumi:dev::p::aws:eks/cluster:Cluster::c-eksCluster",
        String((state["eksCluster"] as Properties)["id"]),
      ),
    );
    expect(state["core"]).to.include({ vpcId: "vpc-1", endpoint: "https://X.eks" });
    expect(state["oidcProviderUrl"]).to.equal("https://oidc.eks/id/X");
    expect(state["oidcIssuer"]).to.equal("oidc.eks/id/X");
    expect(state["oidcProviderArn"]).to.equal("arn:aws:x:::c-oidcProvider");
    expect(state["instanceRoles"]).to.deep.equal([]);
    expect(JSON.parse(String(state["kubeconfigJson"]))).to.deep.equal(state["kubeconfig"]);
    expect(String(state["kubeconfigJson"])).to.match(/"get-token","--cluster-name","c-eksCluster"/);
    expect(monitor.outputs["kubeconfigJson"]).to.equal(state["kubeconfigJson"]);
  });

  it("leaves in a preview unknown what only the cloud will know", async () => {
    const outcome = await cluster({ ...plain, privateSubnetIds: unknownValue }, true);
    for (const key of [
      "kubeconfig",
      "kubeconfigJson",
      "oidcIssuer",
      "oidcProviderArn",
      "nodeSecurityGroupId",
    ])
      expect(outcome.state[key], key).to.equal(unknownValue);
    expect(named(outcome, "c-eksCluster")?.inputs?.["vpcConfig"]).to.include({ subnetIds: unknownValue });
    expect(named(outcome, "c-kube-proxy")?.inputs?.["clusterName"]).to.equal(unknownValue);
  });

  const wrong: readonly [what: string, change: Properties, expected: RegExp][] = [
    ["an unknown mode", { authenticationMode: "OIDC" }, /Invalid value for authenticationMode: OIDC/],
    [
      "instance roles with API",
      { instanceRoles: [reference("urn:role")] },
      /'instanceRoles' property does not support non-empty values/,
    ],
    [
      "role mappings with API",
      { roleMappings: [{ roleArn: "arn", username: "u", groups: [] }] },
      /'roleMappings' property/,
    ],
    [
      "access entries with a config map",
      { authenticationMode: "CONFIG_MAP", accessEntries: { admins } },
      /'accessEntries' property is not supported when 'authenticationMode' is set to 'CONFIG_MAP'/,
    ],
    [
      "one role and many",
      { instanceRole: reference("urn:role"), instanceRoles: [] },
      /instanceRole and instanceRoles are mutually exclusive/,
    ],
    ["subnets twice", { subnetIds: ["subnet-a"] }, /subnetIds, and the use of publicSubnetIds/],
    [
      "node group options twice",
      { nodeGroupOptions: {}, instanceType: "m6i.large" },
      /\(instanceType\), is mutually exclusive/,
    ],
    [
      "public blocks of a private endpoint",
      { endpointPublicAccess: false, publicAccessCidrs: ["198.51.100.0/24"] },
      /`publicAccessCidrs` can only be set when `endpointPublicAccess` is true/,
    ],
    [
      "address translation twice",
      { vpcCniOptions: { externalSnat: true, cniExternalSnat: true } },
      /one of `cniExternalSnat` or `externalSnat`/,
    ],
    ["a default node group", { skipDefaultNodeGroup: false }, /skipDefaultNodeGroup true/],
    ["Fargate", { fargate: true }, /do not model fargate/],
  ];
  for (const [what, change, expected] of wrong) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => cluster({ ...plain, ...change }))).to.match(expected);
    });
  }
});

import { expect } from "chai";
import { clouds } from "../../../components/core/cloud";
import { firewallRoles, ingressRules } from "../../../components/network/firewall";
import { valueOf } from "../../support/mocks";
import { builtPlatform } from "../../support/platforms";
import { childrenOf, only } from "../../support/shape";

type Json = Record<string, unknown>;

describe("Network: who may reach whom", () => {
  it("lets databases and caches be reached by training, serving and nodes only, on their ports only", () => {
    const to = (role: string) =>
      ingressRules.filter((rule) => rule.to === role).map(({ from, ports }) => [from, ports]);
    const clients = ["training", "serving", "nodes"];
    expect(to("database")).to.deep.equal(clients.map((from) => [from, { from: 5432, to: 5432 }]));
    expect(to("cache")).to.deep.equal(clients.map((from) => [from, { from: 6379, to: 6380 }]));
  });

  it("lets the internet reach the load balancer only, on 443 and on 80 to be redirected", () => {
    const open = ingressRules.filter(({ from }) => from === "internet");
    expect(open.map(({ to, ports }) => [to, ports])).to.deep.equal([
      ["load-balancer", { from: 443, to: 443 }],
      ["load-balancer", { from: 80, to: 80 }],
    ]);
  });

  it("has a firewall for every role on every cloud", async () => {
    for (const cloud of clouds) {
      const { result } = await builtPlatform(cloud, "dev");
      expect(Object.keys(await valueOf(result.firewallIds)), cloud).to.have.members([...firewallRoles]);
    }
  });
});

describe("Network on AWS", () => {
  it("hands awsx a tier each of public, private and isolated subnets, with the tags that controllers look for", async () => {
    const { resources } = await builtPlatform("aws", "prod");
    const { inputs } = only(resources, "awsx:ec2:Vpc");
    expect(inputs).to.deep.include({
      cidrBlock: "10.0.0.0/16",
      numberOfAvailabilityZones: 3,
      natGateways: { strategy: "OnePerAz" },
    });
    const specs = inputs["subnetSpecs"] as Json[];
    expect(
      specs.map(({ type, name, cidrBlocks }) => [type, name, (cidrBlocks as string[]).length]),
    ).to.deep.equal([
      ["Public", "public", 3],
      ["Private", "private", 3],
      ["Isolated", "data", 3],
    ]);
    expect(Object.keys(specs[0]?.["tags"] as Json).sort()).to.match(
      /^kubernetes.io\/cluster\/ml-platform-prod-cluster-[0-9a-f]{8},kubernetes.io\/role\/elb$/,
    );
    expect(Object.keys(specs[1]?.["tags"] as Json)).to.include.members([
      "kubernetes.io/role/internal-elb",
      "karpenter.sh/discovery",
    ]);
  });

  it("reaches S3 by a gateway endpoint always, and other services by interface endpoints in prod", async () => {
    const services = async (environment: "dev" | "staging" | "prod") =>
      (await childrenOf("network", "aws", environment))
        .filter(({ type }) => type === "aws:ec2/vpcEndpoint:VpcEndpoint")
        .map(({ inputs }) => [
          inputs["vpcEndpointType"],
          String(inputs["serviceName"]).split(".").slice(3).join("."),
        ]);
    expect(await services("dev")).to.deep.equal([["Gateway", "s3"]]);
    expect(await services("staging")).to.deep.equal([["Gateway", "s3"]]);
    expect(await services("prod")).to.have.deep.members([
      ["Gateway", "s3"],
      ...["ecr.api", "ecr.dkr", "sts", "secretsmanager", "logs"].map((service) => ["Interface", service]),
    ]);
  });

  it("lets each security group send what the other side takes, and nothing to the world but HTTPS", async () => {
    const children = await childrenOf("network", "aws", "dev");
    const rules = (kind: "Ingress" | "Egress") =>
      children
        .filter(({ type }) => type === `aws:vpc/securityGroup${kind}Rule:SecurityGroup${kind}Rule`)
        .map(({ inputs }) => inputs);
    const pairs = (list: Json[], own: string, other: string) =>
      list
        .filter((rule) => rule[other] !== undefined)
        .map((rule) => [rule[own], rule[other], rule["fromPort"], rule["toPort"], rule["ipProtocol"]]);
    expect(
      pairs(rules("Egress"), "referencedSecurityGroupId", "securityGroupId").filter(
        ([to]) => to !== undefined,
      ),
    ).to.have.deep.members(pairs(rules("Ingress"), "securityGroupId", "referencedSecurityGroupId"));
    const toWorld = rules("Egress").filter(({ cidrIpv4 }) => cidrIpv4 !== undefined);
    expect(toWorld).to.have.lengthOf(4);
    for (const rule of toWorld) expect(rule).to.include({ ipProtocol: "tcp", fromPort: 443, toPort: 443 });
  });

  it("writes flow logs as a role that may write to their group only", async () => {
    const children = await childrenOf("network", "aws", "prod");
    expect(only(children, "aws:ec2/flowLog:FlowLog").inputs).to.include({
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
    });
    expect(only(children, "aws:cloudwatch/logGroup:LogGroup").inputs).to.include({
      retentionInDays: 365,
      kmsKeyId: "encryption-key-arn",
    });
    const policy = JSON.parse(String(only(children, "aws:iam/rolePolicy:RolePolicy").inputs["policy"])) as {
      Statement: Json[];
    };
    for (const { Resource } of policy.Statement) expect(Resource).not.to.equal("*");
  });
});

describe("Network on Google Cloud", () => {
  it("has regional subnets with flow logs, private access, and ranges for pods and services", async () => {
    const subnets = (await childrenOf("network", "gcp", "dev")).filter(({ type }) =>
      type.endsWith(":Subnetwork"),
    );
    expect(subnets.map(({ name, inputs }) => [name, inputs["ipCidrRange"]])).to.have.deep.members([
      ["network-public", "10.2.96.0/22"],
      ["network-private", "10.2.0.0/18"],
      ["network-data", "10.2.100.0/22"],
    ]);
    for (const { inputs } of subnets) {
      expect(inputs["privateIpGoogleAccess"]).to.equal(true);
      expect(inputs["logConfig"]).to.include({ metadata: "INCLUDE_ALL_METADATA" });
    }
    expect(
      only(subnets, "gcp:compute/subnetwork:Subnetwork", "network-private").inputs["secondaryIpRanges"],
    ).to.deep.equal([
      { rangeName: "pods", ipCidrRange: "10.2.128.0/17" },
      { rangeName: "services", ipCidrRange: "10.2.64.0/20" },
    ]);
  });

  it("keeps the flow logs of its subnets for as long as it is told", async () => {
    const children = await childrenOf("network", "gcp", "prod");
    expect(only(children, "gcp:logging/projectBucketConfig:ProjectBucketConfig").inputs).to.include({
      retentionDays: 365,
    });
    const { inputs } = only(children, "gcp:logging/projectSink:ProjectSink");
    expect(inputs["destination"]).to.equal("logging.googleapis.com/network-flow-logs-id");
    expect(inputs["filter"]).to.equal(
      'log_id("compute.googleapis.com/vpc_flows") AND ' +
        'resource.labels.subnetwork_name=("network-public-name" OR "network-private-name" OR "network-data-name")',
    );
  });

  it("reserves one address for NAT in dev and one for each zone in prod", async () => {
    const count = async (environment: "dev" | "prod") =>
      (await childrenOf("network", "gcp", environment)).filter(
        ({ type }) => type === "gcp:compute/address:Address",
      ).length;
    expect([await count("dev"), await count("prod")]).to.deep.equal([1, 3]);
  });

  it("denies all ingress last, and all egress to managed services but from the named roles", async () => {
    const children = await childrenOf("network", "gcp", "dev");
    const firewall = "gcp:compute/firewall:Firewall";
    expect(only(children, firewall, "network-deny-ingress").inputs).to.deep.include({
      direction: "INGRESS",
      priority: 65534,
      sourceRanges: ["0.0.0.0/0"],
      denies: [{ protocol: "all" }],
    });
    expect(only(children, firewall, "network-deny-managed-services").inputs).to.deep.include({
      direction: "EGRESS",
      destinationRanges: ["10.2.80.0/20"],
    });
    const allowed = children.filter(
      ({ type, inputs }) => type === firewall && inputs["direction"] === "EGRESS" && "allows" in inputs,
    );
    expect(allowed).to.have.lengthOf(6);
    for (const { inputs } of allowed) expect(inputs["targetTags"]).to.have.lengthOf(1);
  });
});

describe("Network on Azure", () => {
  const rulesOf = async (group: string) =>
    only(await childrenOf("network", "azure", "dev"), "azure-native:network:NetworkSecurityGroup", group)
      .inputs["securityRules"] as Json[];

  it("guards every subnet by a security group that ends in a denial", async () => {
    const children = await childrenOf("network", "azure", "dev");
    for (const { name, inputs } of children.filter(({ type }) => type.endsWith(":Subnet"))) {
      expect(inputs["networkSecurityGroup"], name).to.have.property("id");
      expect(inputs["defaultOutboundAccess"], name).to.equal(false);
    }
    for (const role of firewallRoles) {
      const inbound = (await rulesOf(`network-${role}`)).filter(({ direction }) => direction === "Inbound");
      expect(inbound.at(-1), role).to.include({ access: "Deny", priority: 4096, sourceAddressPrefix: "*" });
      expect(new Set(inbound.map(({ priority }) => priority)).size, role).to.equal(inbound.length);
    }
  });

  it("gives the load balancer's subnet what Application Gateway needs, and the bastion's its fixed name", async () => {
    const gateway = (await rulesOf("network-load-balancer")).find(({ name }) => name === "gateway-manager");
    expect(gateway).to.include({
      sourceAddressPrefix: "GatewayManager",
      destinationPortRange: "65200-65535",
    });
    const bastion = only(
      await childrenOf("network", "azure", "dev"),
      "azure-native:network:Subnet",
      "network-bastion",
    );
    expect(bastion.inputs["subnetName"]).to.equal("AzureBastionSubnet");
  });

  it("spreads NAT over the zones in prod and leaves the zone open in dev", async () => {
    const zones = async (environment: "dev" | "prod") =>
      (await childrenOf("network", "azure", environment))
        .filter(({ type }) => type === "azure-native:network:NatGateway")
        .map(({ inputs }) => inputs["zones"]);
    expect(await zones("dev")).to.deep.equal([undefined]);
    expect(await zones("prod")).to.deep.equal([["1"], ["2"], ["3"]]);
  });

  it("keeps flow logs for as long as it is told", async () => {
    const log = only(await childrenOf("network", "azure", "prod"), "azure-native:network:FlowLog").inputs;
    expect(log["retentionPolicy"]).to.deep.equal({ enabled: true, days: 365 });
    expect(log["networkWatcherName"]).to.equal("NetworkWatcher_eastus");
  });
});

import { unknown } from "../../support/policy";
import { configMap, fails, passes, production, resource, type RuleCases } from "./case";
import {
  adminPortsAreClosed,
  egressIsNarrow,
  firewall,
  firewallRulesAreDescribed,
  ingressIsNarrow,
} from "./firewalls";

const account = "azure-native:storage:StorageAccount";
const vault = "azure-native:keyvault:Vault";
const subnetwork = "gcp:compute/subnetwork:Subnetwork";

const vpc = resource("aws:ec2/vpc:Vpc", {}, { name: "net", outputs: { id: "vpc-1" } });
const unknownVpc = resource("aws:ec2/vpc:Vpc", {}, { name: "net", outputs: { id: unknown } });
const inVpc = (type: string, inputs: object = {}, name = "") =>
  resource(type, { vpcId: "vpc-1", ...inputs }, name === "" ? {} : { name });

const closed = {
  publicNetworkAccess: "Disabled",
  networkRuleSet: { defaultAction: "Deny", bypass: "AzureServices" },
};
const closedVault = { publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Deny" } };

const dataServicesRefuseTheInternet: RuleCases = {
  fails: [
    fails("public storage", ["AZ-ST-04"], resource(account, { ...closed, publicNetworkAccess: "Enabled" })),
    fails(
      "open by default",
      ["AZ-ST-04", "AZ-ST-04"],
      resource(account, { ...closed, networkRuleSet: { defaultAction: "Allow" } }),
    ),
    fails(
      "a public vault",
      ["AZ-KV-02"],
      resource(vault, { properties: { ...closedVault, publicNetworkAccess: "Enabled" } }),
    ),
    fails(
      "a vault open by default",
      ["AZ-KV-02"],
      resource(vault, { properties: { publicNetworkAccess: "Disabled" } }),
    ),
  ],
  passes: [passes("closed", [resource(account, closed), resource(vault, { properties: closedVault })])],
  foreign: [configMap],
};

const endpoint = (service: string) =>
  inVpc("aws:ec2/vpcEndpoint:VpcEndpoint", { serviceName: `com.amazonaws.us-east-1.${service}` }, service);
const services = ["ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager"];
const lake = resource(account, {}, { name: "lake", outputs: { id: "/subscriptions/s/lake" } });
const link = (privateLinkServiceId: unknown) => ({
  privateLinkServiceConnections: [{ privateLinkServiceId }],
});
const privateEndpoint = "azure-native:network:PrivateEndpoint";

const servicesAreReachedPrivately: RuleCases = {
  fails: [
    fails("no gateway for S3", ["AWS-NET-10"], [vpc, endpoint("sts")]),
    fails("a gateway alone in production", Array(5).fill("AWS-NET-10"), [vpc, endpoint("s3")], production),
    fails("Google's services by the internet", ["GCP-NET-03"], resource(subnetwork)),
    fails(
      "storage without endpoint",
      ["AZ-ST-05"],
      [lake, resource(privateEndpoint, link("/subscriptions/s/else"))],
    ),
    fails("a vault without endpoint", ["AZ-KV-02"], resource(vault)),
    fails("a registry without endpoint", ["AZ-ACR-02"], resource("azure-native:containerregistry:Registry")),
  ],
  passes: [
    passes("a gateway alone in dev", [vpc, endpoint("s3")]),
    passes("all of them", [vpc, ...["s3", ...services].map(endpoint)], production),
    passes("private access", resource(subnetwork, { privateIpGoogleAccess: true })),
    passes("a subnetwork of proxies", resource(subnetwork, { purpose: "REGIONAL_MANAGED_PROXY" })),
    passes("an endpoint", [lake, resource(privateEndpoint, link("/subscriptions/s/lake"))]),
    passes("an endpoint in a preview", [
      resource(account, {}, { name: "lake", outputs: {} }),
      resource(privateEndpoint, link(unknown), {
        propertyDependencies: { privateLinkServiceConnections: ["lake"] },
      }),
    ]),
  ],
  foreign: [configMap],
};

const emptied = { ingress: [], egress: [] };
const defaultGroup = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";

const defaultsOfTheNetworkAreUnused: RuleCases = {
  fails: [
    fails("the default group left alone", ["AWS-NET-02"], vpc),
    fails("rules in it", ["AWS-NET-02"], inVpc(defaultGroup, { ...emptied, ingress: [{ protocol: "-1" }] })),
    fails("nothing said about egress", ["AWS-NET-02"], inVpc(defaultGroup, { ingress: [] })),
    fails("subnetworks by themselves", ["GCP-NET-01"], resource("gcp:compute/network:Network")),
  ],
  passes: [
    passes("emptied", [vpc, inVpc(defaultGroup, emptied)]),
    passes("custom mode", resource("gcp:compute/network:Network", { autoCreateSubnetworks: false })),
    passes("a remote component's network in a preview", [
      resource("awsx:ec2:Vpc", {}, { name: "component" }),
      { ...unknownVpc, parent: "component" },
      resource(
        defaultGroup,
        { ...emptied, vpcId: unknown },
        { propertyDependencies: { vpcId: ["component"] } },
      ),
    ]),
  ],
  foreign: [configMap],
};

const azureSubnet = "azure-native:network:Subnet";
const azureNetwork = "azure-native:network:VirtualNetwork";

const subnetsAreGuarded: RuleCases = {
  fails: [
    fails("a subnet", ["AZ-NET-01"], resource(azureSubnet, { subnetName: "nodes" })),
    fails(
      "a subnet inside a network",
      ["AZ-NET-01"],
      resource(azureNetwork, { subnets: [{ name: "nodes" }] }),
    ),
  ],
  passes: [
    passes("guarded", resource(azureSubnet, { networkSecurityGroup: { id: unknown } })),
    passes(
      "guarded by a group that is not known yet",
      resource(azureSubnet, { networkSecurityGroup: unknown }),
    ),
    passes("subnets that cannot be", [
      resource(azureSubnet, { subnetName: "GatewaySubnet" }),
      resource(azureNetwork, { subnets: [{ name: "AzureFirewallSubnet" }] }),
    ]),
    passes("a network without subnets of its own", resource(azureNetwork)),
  ],
  foreign: [configMap, resource("aws:ec2/subnet:Subnet")],
};

const awsSubnet = "aws:ec2/subnet:Subnet";

const privateIn = (zone: string) =>
  inVpc(awsSubnet, { availabilityZone: zone, tags: { SubnetType: "Private" } }, zone);

const networksSpanZones: RuleCases = {
  fails: [
    fails(
      "one zone",
      ["AWS-NET-11"],
      [vpc, privateIn("a"), inVpc(awsSubnet, { availabilityZone: "b", tags: { SubnetType: "Public" } })],
    ),
    fails("two zones in production", ["AWS-NET-11"], [vpc, privateIn("a"), privateIn("b")], production),
    fails(
      "public subnets by their addresses",
      ["AWS-NET-11"],
      [
        vpc,
        inVpc(awsSubnet, { availabilityZone: "a" }, "a"),
        inVpc(awsSubnet, { availabilityZone: "b", mapPublicIpOnLaunch: true }, "b"),
      ],
    ),
  ],
  passes: [
    passes("two zones in dev", [vpc, privateIn("a"), privateIn("b")]),
    passes("three zones in production", [vpc, ...["a", "b", "c"].map(privateIn)], production),
  ],
  foreign: [configMap, resource(subnetwork)],
};

const flowLog = "azure-native:network:FlowLog";
const logged = { enabled: true, retentionPolicy: { enabled: true, days: 90 } };
const allows = { allows: [{ protocol: "tcp" }] };
const vnet = resource(azureNetwork, {}, { name: "net", outputs: { id: "/subscriptions/s/net" } });

const networkTrafficIsLogged: RuleCases = {
  fails: [
    fails("no flow log", ["AWS-NET-01"], vpc),
    fails(
      "rejected traffic only",
      ["AWS-NET-01"],
      [vpc, inVpc("aws:ec2/flowLog:FlowLog", { trafficType: "REJECT" })],
    ),
    fails("no flow log in a preview", ["AWS-NET-01"], unknownVpc),
    fails("no log of a subnetwork", ["GCP-NET-02"], resource(subnetwork)),
    fails("no log of a firewall rule", ["GCP-NET-05"], resource(firewall, allows)),
    fails("no flow log on Azure", ["AZ-NET-04"], vnet),
    fails("off", ["AZ-NET-04"], resource(flowLog, { ...logged, enabled: false })),
    fails("kept for ever, or not at all", ["AZ-NET-04", "AZ-NET-04"], resource(flowLog, { enabled: true })),
    fails(
      "kept a month",
      ["AZ-NET-04"],
      resource(flowLog, { enabled: true, retentionPolicy: { enabled: true, days: 30 } }),
    ),
  ],
  passes: [
    passes("all traffic", [vpc, inVpc("aws:ec2/flowLog:FlowLog", { trafficType: "ALL" })]),
    passes("logged on Google Cloud", [
      resource(subnetwork, { logConfig: { flowSampling: 0.5 } }),
      resource(firewall, { ...allows, logConfig: { metadata: "INCLUDE_ALL_METADATA" } }),
    ]),
    passes("proxies and denies", [
      resource(subnetwork, { purpose: "GLOBAL_MANAGED_PROXY" }),
      resource(firewall, { denies: [{ protocol: "all" }] }),
    ]),
    passes("logged on Azure", [
      vnet,
      resource(flowLog, { ...logged, targetResourceId: "/subscriptions/s/net" }),
    ]),
  ],
  foreign: [configMap],
};

export const networkCases = {
  "data-services-refuse-the-internet": dataServicesRefuseTheInternet,
  "services-are-reached-privately": servicesAreReachedPrivately,
  "admin-ports-are-closed": adminPortsAreClosed,
  "ingress-is-narrow": ingressIsNarrow,
  "egress-is-narrow": egressIsNarrow,
  "firewall-rules-are-described": firewallRulesAreDescribed,
  "defaults-of-the-network-are-unused": defaultsOfTheNetworkAreUnused,
  "subnets-are-guarded": subnetsAreGuarded,
  "networks-span-zones": networksSpanZones,
  "network-traffic-is-logged": networkTrafficIsLogged,
};

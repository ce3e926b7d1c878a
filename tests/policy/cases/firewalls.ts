import type { ControlId } from "../../../policy/controls";
import { configMap, fails, passes, resource, type RuleCases } from "./case";
import { nodeGroup } from "./nodes";

export const group = "aws:ec2/securityGroup:SecurityGroup";
export const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const oldRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
const acl = "aws:ec2/networkAcl:NetworkAcl";
const aclRule = "aws:ec2/networkAclRule:NetworkAclRule";
export const firewall = "gcp:compute/firewall:Firewall";
const nsg = "azure-native:network:NetworkSecurityGroup";
const nsgRule = "azure-native:network:SecurityRule";

const world = "0.0.0.0/0";
const port = (from: number, to = from, protocol = "tcp") => ({ fromPort: from, toPort: to, protocol });
const inline = (ports: object, rest: object = {}) =>
  resource(group, { ingress: [{ ...ports, cidrBlocks: [world] }], ...rest });
const separate = (from: number, to = from) => ({ ipProtocol: "tcp", fromPort: from, toPort: to });
const allow = (protocol: string, ...ports: string[]) => ({
  allows: [{ protocol, ...(ports.length > 0 ? { ports } : {}) }],
});
const inbound = (ports: string, rest: object = {}) => ({
  name: "rule",
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "Internet",
  destinationPortRange: ports,
  ...rest,
});
const inGroup = (rule: object, tags: object = {}) => resource(nsg, { securityRules: [rule], tags });

const admin = (because: string, control: ControlId, type: string, inputs: object) =>
  fails(because, [control], resource(type, { ...inputs }));

export const adminPortsAreClosed: RuleCases = {
  fails: [
    fails("SSH", ["AWS-NET-04"], inline(port(22))),
    fails("a range over Remote Desktop", ["AWS-NET-04"], inline(port(3000, 4000))),
    fails("every port", ["AWS-NET-04"], inline({ fromPort: 0, toPort: 0, protocol: "-1" })),
    fails(
      "half of the internet",
      ["AWS-NET-04"],
      resource(group, { ingress: [{ ...port(22), cidrBlocks: ["128.0.0.0/1"] }] }),
    ),
    admin("SSH over IPv6 in a rule of its own", "AWS-NET-04", ingressRule, {
      ...separate(22),
      cidrIpv6: "::/0",
    }),
    admin("every protocol in a rule of its own", "AWS-NET-04", ingressRule, {
      ipProtocol: "-1",
      cidrIpv4: world,
    }),
    admin("an older rule", "AWS-NET-04", oldRule, { type: "ingress", ...port(22), cidrBlocks: [world] }),
    admin("a network ACL", "AWS-NET-09", acl, {
      ingress: [{ action: "allow", cidrBlock: world, ...port(0, 65535, "6") }],
    }),
    admin("an ACL rule", "AWS-NET-09", aclRule, { ruleAction: "allow", cidrBlock: world, ...port(3389) }),
    admin("SSH on Google Cloud", "GCP-NET-04", firewall, { ...allow("tcp", "22"), sourceRanges: [world] }),
    admin("no source at all", "GCP-NET-04", firewall, allow("tcp", "20-30")),
    admin("every protocol on Google Cloud", "GCP-NET-04", firewall, {
      ...allow("all"),
      sourceRanges: ["10.0.0.0/8", "::/0"],
    }),
    fails("SSH on Azure", ["AZ-NET-02"], inGroup(inbound("22"))),
    fails(
      "one of several ports",
      ["AZ-NET-02"],
      inGroup({ ...inbound("443"), destinationPortRanges: ["80", "3380-3390"] }),
    ),
    admin(
      "every port on Azure",
      "AZ-NET-02",
      nsgRule,
      inbound("*", { sourceAddressPrefix: "*", protocol: "*" }),
    ),
    admin(
      "a list of sources",
      "AZ-NET-02",
      nsgRule,
      inbound("22", { sourceAddressPrefix: undefined, sourceAddressPrefixes: ["10.0.0.0/8", world] }),
    ),
    fails(
      "SSH to nodes",
      ["AWS-EKS-07"],
      resource(nodeGroup, { remoteAccess: { ec2SshKey: "key", sourceSecurityGroupIds: [] } }),
    ),
  ],
  passes: [
    passes("nodes that take no SSH, or from a group", [
      resource(nodeGroup),
      resource(nodeGroup, { remoteAccess: { ec2SshKey: "key", sourceSecurityGroupIds: ["sg-1"] } }),
    ]),
    passes("HTTPS", inline(port(443))),
    passes(
      "SSH from a network of ours",
      resource(group, { ingress: [{ ...port(22), cidrBlocks: ["10.0.0.0/16"] }] }),
    ),
    passes("SSH over UDP", inline(port(22, 22, "udp"))),
    passes("an egress rule", resource(oldRule, { type: "egress", ...port(22), cidrBlocks: [world] })),
    passes("ACL entries that deny or let out", [
      resource(acl, { ingress: [{ action: "deny", cidrBlock: world, ...port(22) }] }),
      resource(aclRule, { ruleAction: "allow", egress: true, cidrBlock: world, ...port(22) }),
    ]),
    passes("IAP's range", resource(firewall, { ...allow("tcp", "22"), sourceRanges: ["35.235.240.0/20"] })),
    passes("from tagged machines", resource(firewall, { ...allow("tcp", "22"), sourceTags: ["bastion"] })),
    passes("egress, disabled and deny rules", [
      resource(firewall, { ...allow("tcp", "22"), direction: "EGRESS" }),
      resource(firewall, { ...allow("tcp", "22"), disabled: true }),
      resource(firewall, { denies: [{ protocol: "all" }], sourceRanges: [world] }),
    ]),
    passes("denied and outbound on Azure", [
      inGroup(inbound("22", { access: "Deny" })),
      inGroup(inbound("22", { direction: "Outbound" })),
      inGroup(inbound("22", { sourceAddressPrefix: "VirtualNetwork" })),
    ]),
  ],
  foreign: [configMap],
};

const balancer = resource(
  group,
  { tags: { Role: "load-balancer" } },
  { name: "lb", outputs: { id: "sg-lb" } },
);
const nodes = resource(group, { tags: { Role: "nodes" } }, { name: "nodes", outputs: { id: "sg-nodes" } });
const rule = (port_: number, securityGroupId: string) =>
  resource(ingressRule, { ...separate(port_), cidrIpv4: world, securityGroupId });
const azureBalancer = resource(
  nsg,
  { tags: { Role: "load-balancer" } },
  { name: "lb", outputs: { id: "/nsg/lb", name: "lb" } },
);
const roleTag = (Role: string) => ({ tags: { Role } });

export const ingressIsNarrow: RuleCases = {
  fails: [
    fails(
      "every port",
      ["AWS-NET-05"],
      inline({ fromPort: 0, toPort: 0, protocol: "-1" }, roleTag("load-balancer")),
    ),
    fails(
      "every port in a rule of its own",
      ["AWS-NET-05"],
      resource(ingressRule, { ipProtocol: "-1", cidrIpv4: world }),
    ),
    fails(
      "every port in an older rule",
      ["AWS-NET-05"],
      resource(oldRule, { type: "ingress", ...port(0, 65535), cidrBlocks: [world] }),
    ),
    fails("HTTP to nodes", ["AWS-NET-06"], inline(port(80), roleTag("nodes"))),
    fails("another port of the load balancer", ["AWS-NET-06"], inline(port(8080), roleTag("load-balancer"))),
    fails("HTTP to nodes in a rule of its own", ["AWS-NET-06"], [balancer, nodes, rule(80, "sg-nodes")]),
    fails("a group outside of the stack", ["AWS-NET-06"], [balancer, rule(443, "sg-else")]),
    fails(
      "HTTPS in an older rule",
      ["AWS-NET-06"],
      resource(oldRule, { type: "ingress", ...port(443), cidrBlocks: [world] }),
    ),
    fails(
      "HTTP on Google Cloud",
      ["GCP-NET-05"],
      resource(firewall, { ...allow("tcp", "80"), sourceRanges: [world], targetTags: ["load-balancer"] }),
    ),
    fails(
      "HTTPS to every machine",
      ["GCP-NET-05"],
      resource(firewall, { ...allow("tcp", "443"), sourceRanges: [world] }),
    ),
    fails("HTTP to nodes on Azure", ["AZ-NET-03"], inGroup(inbound("80"), { Role: "nodes" })),
    fails(
      "UDP on Azure",
      ["AZ-NET-03"],
      inGroup(inbound("443", { protocol: "Udp" }), { Role: "load-balancer" }),
    ),
    fails("HTTP to the bastion", ["AZ-NET-03"], inGroup(inbound("80"), { Role: "bastion" })),
    fails(
      "a rule of its own on Azure",
      ["AZ-NET-03"],
      [azureBalancer, resource(nsgRule, inbound("8080", { networkSecurityGroupName: "lb" }))],
    ),
  ],
  passes: [
    passes("the load balancer's ports", [
      balancer,
      rule(443, "sg-lb"),
      inline(port(80), roleTag("load-balancer")),
    ]),
    passes("a group that a preview knows by its dependency", [
      resource(group, roleTag("load-balancer"), { name: "lb", outputs: {} }),
      resource(
        ingressRule,
        { ...separate(443), cidrIpv4: world },
        { propertyDependencies: { securityGroupId: ["lb"] } },
      ),
    ]),
    passes("echo requests", inline({ fromPort: -1, toPort: -1, protocol: "icmp" })),
    passes(
      "HTTPS to the load balancer on Google Cloud",
      resource(firewall, { ...allow("tcp", "443"), sourceRanges: [world], targetTags: ["load-balancer"] }),
    ),
    passes("HTTPS to the bastion", inGroup(inbound("443"), { Role: "bastion" })),
    passes("the load balancer's ports on Azure", [
      azureBalancer,
      resource(nsgRule, inbound("443", { networkSecurityGroupName: "lb" })),
    ]),
  ],
  foreign: [configMap, resource(acl, { ingress: [{ action: "allow", cidrBlock: world, ...port(8080) }] })],
};

export const egressIsNarrow: RuleCases = {
  fails: [
    fails("inline", ["AWS-NET-07"], resource(group, { egress: [{ protocol: "-1", cidrBlocks: [world] }] })),
    fails(
      "in a rule of its own",
      ["AWS-NET-07"],
      resource(egressRule, { ipProtocol: "-1", cidrIpv6: "::/0" }),
    ),
    fails(
      "in an older rule",
      ["AWS-NET-07"],
      resource(oldRule, { type: "egress", protocol: "-1", cidrBlocks: [world] }),
    ),
  ],
  passes: [
    passes("HTTPS out", [
      resource(group, { egress: [{ ...port(443), cidrBlocks: [world] }] }),
      resource(egressRule, { ...separate(443), cidrIpv4: world }),
    ]),
    passes("everything, to our network", resource(egressRule, { ipProtocol: "-1", cidrIpv4: "10.0.0.0/16" })),
    passes("an ingress rule", resource(oldRule, { type: "ingress", protocol: "-1", cidrBlocks: [world] })),
  ],
  foreign: [configMap, resource(firewall, allow("all"))],
};

export const firewallRulesAreDescribed: RuleCases = {
  fails: [
    fails("a group", ["AWS-NET-08"], resource(group)),
    fails("an inline rule", ["AWS-NET-08"], resource(group, { description: "Nodes", ingress: [port(443)] })),
    fails(
      "an inline way out",
      ["AWS-NET-08"],
      resource(group, { description: "Nodes", egress: [{ description: "" }] }),
    ),
    ...[ingressRule, egressRule, oldRule].map((type) => fails(type, ["AWS-NET-08"], resource(type))),
  ],
  passes: [
    passes("described", [
      resource(group, { description: "Nodes", ingress: [{ description: "HTTPS" }], egress: [] }),
      resource(ingressRule, { description: "HTTPS" }),
    ]),
  ],
  foreign: [configMap, resource(firewall)],
};

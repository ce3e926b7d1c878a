import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import {
  type AllowRule,
  type FirewallRole,
  firewallRoles,
  ingressRules,
  internetClients,
  ruleName,
} from "./firewall";

type Groups = { readonly [R in FirewallRole]: ec2.SecurityGroup };

const anywhere = "0.0.0.0/0";

/** A security group for each role. A group without a rule lets nothing through, in or out. */
export function createFirewalls(
  context: DriverContext<"aws">,
  vpcId: pulumi.Output<string>,
): { readonly [R in FirewallRole]: pulumi.Output<string> } {
  const { name, tags, child } = context;
  const make = (role: FirewallRole) =>
    new ec2.SecurityGroup(
      `${name}-${role}`,
      { description: `ML platform: ${role}`, vpcId, tags: { ...tags, Role: role } },
      child,
    );
  const groups = Object.fromEntries(firewallRoles.map((role) => [role, make(role)])) as unknown as Groups;
  for (const rule of ingressRules) openIngress(context, groups, rule);
  for (const role of internetClients) openInternet(context, groups[role], role);
  return Object.fromEntries(firewallRoles.map((role) => [role, groups[role].id])) as Record<
    FirewallRole,
    pulumi.Output<string>
  >;
}

/** Security groups are checked on both sides: what one may receive, the other must be able to send. */
function openIngress({ name, tags, child }: DriverContext<"aws">, groups: Groups, rule: AllowRule): void {
  const { to, from, description } = rule;
  const span = portSpan(rule);
  const target = groups[to].id;
  if (from === "internet") {
    new vpc.SecurityGroupIngressRule(
      `${name}-${ruleName(rule)}`,
      { securityGroupId: target, cidrIpv4: anywhere, ...span, description, tags },
      child,
    );
    return;
  }
  const source = groups[from].id;
  new vpc.SecurityGroupIngressRule(
    `${name}-${ruleName(rule)}`,
    { securityGroupId: target, referencedSecurityGroupId: source, ...span, description, tags },
    child,
  );
  new vpc.SecurityGroupEgressRule(
    `${name}-${ruleName(rule)}-out`,
    { securityGroupId: source, referencedSecurityGroupId: target, ...span, description, tags },
    child,
  );
}

function openInternet(
  { name, tags, child }: DriverContext<"aws">,
  group: ec2.SecurityGroup,
  role: FirewallRole,
): void {
  new vpc.SecurityGroupEgressRule(
    `${name}-${role}-to-internet`,
    {
      securityGroupId: group.id,
      cidrIpv4: anywhere,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "HTTPS to the internet and to private endpoints",
      tags,
    },
    child,
  );
}

function portSpan({ ports }: AllowRule) {
  return ports === "all"
    ? { ipProtocol: "-1" }
    : { ipProtocol: "tcp", fromPort: ports.from, toPort: ports.to };
}

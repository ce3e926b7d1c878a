import { CloudError } from "../cloud-error";
import { number, text, type Properties } from "../values";
import { ec2Arn, hasDependencies, inVpc } from "./aws-network";
import { between, blocks, exactlyOne, form, refuseWhen } from "./checks";
import type { Check, Reference, RuleTable, TypeRule, WorldCheck } from "./contract";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
/** EKS gives each cluster a security group of its own, which others may name. */
const eksClusterType = "aws:eks/cluster:Cluster";
const rulesPerGroup = 60;

const described = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;
const describedAs = "at most 255 letters, digits, spaces or ._-:/()#,@[]+=&;{}!$*";

/** A security group that a thing belongs to or lets traffic through from. */
export function securityGroup(path: string): Reference {
  const sentence = "The security group '{value}' does not exist";
  return {
    path,
    to: [groupType, defaultGroupType, eksClusterType],
    missing: "InvalidGroup.NotFound",
    sentence,
  };
}

/** Ports of a rule: a range for TCP and UDP, none for "all protocols", types and codes for ICMP. */
function portProblem(rule: Properties, protocol: string | undefined): string | undefined {
  const [from, to] = [number(rule, "fromPort"), number(rule, "toPort")];
  if (protocol === "-1" || protocol === "all") {
    const given = (from ?? 0) > 0 || (to ?? 0) > 0;
    return given
      ? "InvalidParameterValue: fromPort and toPort must be left out (or 0) when the protocol is -1 (all)"
      : undefined;
  }
  if (protocol !== "tcp" && protocol !== "udp" && protocol !== "6" && protocol !== "17") return undefined;
  if (rule["fromPort"] === undefined || rule["toPort"] === undefined) {
    return `InvalidParameterValue: Invalid value for portRange: protocol ${protocol} needs fromPort and toPort`;
  }
  if (from === undefined || to === undefined) return undefined;
  if (from >= 0 && to <= 65535 && from <= to) return undefined;
  return `InvalidParameterValue: Invalid value '${from}-${to}' for portRange: ports are 0 to 65535, the first not over the last`;
}

const ports: Check = function* (inputs) {
  const reason = portProblem(inputs, text(inputs, "ipProtocol"));
  if (reason !== undefined) yield { property: "fromPort", reason };
};

const inlineRules: Check = function* (inputs) {
  for (const direction of ["ingress", "egress"]) {
    const rules: unknown = inputs[direction];
    for (const rule of Array.isArray(rules) ? (rules as Properties[]) : []) {
      const reason = portProblem(rule, text(rule, "protocol"));
      if (reason !== undefined) yield { property: direction, reason };
      const sources = ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups", "self"];
      if (!sources.some((source) => rule[source] !== undefined)) {
        yield {
          property: direction,
          reason: `InvalidParameterValue: the rule names no source; give one of ${sources.join(", ")}`,
        };
      }
    }
  }
};

const withinQuota: WorldCheck = ({ type, inputs, id }, world) => {
  const group = text(inputs, "securityGroupId");
  const rules = world
    .ofType(type)
    .filter((item) => item.inputs["securityGroupId"] === group && item.id !== id);
  if (rules.length < rulesPerGroup) return undefined;
  return new CloudError(
    "RulesPerSecurityGroupLimitExceeded",
    `The maximum number of rules per security group has been reached: ${rulesPerGroup} in ${String(group)}.`,
  );
};

const sources = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];

const groupRule: TypeRule = {
  id: "sgr-0{hex:16}",
  checks: [
    exactlyOne(sources, "InvalidParameterCombination"),
    blocks("cidrIpv4"),
    form("cidrIpv6", /^[0-9a-f:]+\/\d{1,3}$/i, "an IPv6 block such as ::/0"),
    form(
      "ipProtocol",
      /^(-1|tcp|udp|icmp|icmpv6|all|\d{1,3})$/,
      "tcp, udp, icmp, icmpv6, -1 or a protocol number",
    ),
    form("description", described, describedAs),
    ports,
  ],
  // The rules go with their group; the group that a rule names as its source must stay.
  references: [
    { ...securityGroup("securityGroupId"), held: false },
    securityGroup("referencedSecurityGroupId"),
  ],
  refuses: [withinQuota],
  claims: [
    {
      key: "{securityGroupId} {ipProtocol} {fromPort} {toPort} {cidrIpv4}{cidrIpv6}{prefixListId}{referencedSecurityGroupId}",
      code: "InvalidPermission.Duplicate",
      sentence:
        'the specified rule "peer: {cidrIpv4}{cidrIpv6}{prefixListId}{referencedSecurityGroupId}, {ipProtocol}, from port: {fromPort}, to port: {toPort}, ALLOW" already exists in {securityGroupId}',
    },
  ],
  replaceOn: ["securityGroupId"],
  // The kind of the other side (a range, a group, a prefix list) is part of what the rule is.
  replaceWhen: (olds, news) =>
    sources.filter((source) => (olds[source] === undefined) !== (news[source] === undefined)),
  outputs: { securityGroupRuleId: "{id}", arn: ec2Arn("security-group-rule") },
};

/** Security groups and their rules. Source: Amazon EC2 API reference and VPC quotas, 2026-11-21. */
export const awsFirewall: RuleTable = {
  [groupType]: {
    id: "sg-0{hex:16}",
    autoName: "name",
    checks: [
      form(
        "name",
        /^(?!sg-)(?!default$)[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/,
        "1 to 255 characters, not 'default', not starting with 'sg-'",
      ),
      form("description", described, describedAs),
      refuseWhen(
        "vpcId",
        (inputs) => inputs["vpcId"] === undefined,
        "VPCIdNotSpecified: No default VPC for this user; name one",
      ),
      inlineRules,
      blocks("ingress[].cidrBlocks[]"),
      blocks("egress[].cidrBlocks[]"),
    ],
    references: [
      inVpc,
      securityGroup("ingress[].securityGroups[]"),
      securityGroup("egress[].securityGroups[]"),
    ],
    claims: [
      {
        key: "{vpcId} {name}",
        code: "InvalidGroup.Duplicate",
        sentence: "The security group '{name}' already exists for VPC '{vpcId}'",
      },
    ],
    replaceOn: ["description", "name", "namePrefix", "vpcId"],
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    outputs: { arn: ec2Arn("security-group") },
    inUse: { code: "DependencyViolation", sentence: "resource {id} has a dependent object" },
  },
  [defaultGroupType]: {
    // Every network has one from the start; the resource takes it over and empties it.
    id: ({ inputs, scope }, world) =>
      text(
        world.find(["aws:ec2/vpc:Vpc"], text(inputs, "vpcId") ?? "", scope.key)?.outputs ?? {},
        "defaultSecurityGroupId",
      ) ?? "sg-default",
    adopts: true,
    checks: [inlineRules, blocks("ingress[].cidrBlocks[]"), blocks("egress[].cidrBlocks[]")],
    references: [{ ...inVpc, held: false }],
    replaceOn: ["vpcId"],
    outputs: {
      arn: ec2Arn("security-group"),
      name: () => "default",
      description: () => "default VPC security group",
    },
    inUse: hasDependencies("security group"),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": groupRule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": groupRule,
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: "sgrule-{hex:10}",
    checks: [
      between("fromPort", -1, 65535),
      between("toPort", -1, 65535),
      blocks("cidrBlocks[]"),
      refuseWhen(
        "cidrBlocks",
        (inputs) =>
          !["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "sourceSecurityGroupId", "self"].some(
            (key) => inputs[key] !== undefined,
          ),
        "InvalidParameterCombination: one of cidrBlocks, ipv6CidrBlocks, prefixListIds, self, sourceSecurityGroupId is needed",
      ),
    ],
    references: [
      { ...securityGroup("securityGroupId"), held: false },
      securityGroup("sourceSecurityGroupId"),
    ],
    replaceOn: [
      "cidrBlocks",
      "fromPort",
      "ipv6CidrBlocks",
      "prefixListIds",
      "protocol",
      "securityGroupId",
      "self",
      "sourceSecurityGroupId",
      "toPort",
      "type",
    ],
  },
};

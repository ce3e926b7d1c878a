import type { Check } from "../check";
import { type Inputs, recordsOf, stringsOf } from "../path";
import type { Rule } from "../rule";

const everywhere = ["0.0.0.0/0", "::/0"];

const requirement = {
  control: "AWS-NET-07",
  allowed: "egress to the internet for named protocols and ports",
  fix: "Replace protocol -1 by the ports that are needed, such as tcp 443.",
} as const;

const isEveryProtocol = (protocol: unknown) => String(protocol) === "-1" || protocol === "all";

function letsEverythingOut(rule: Inputs, protocol: string): boolean {
  const cidrs = [
    ...stringsOf(rule["cidrBlocks"]),
    ...stringsOf(rule["ipv6CidrBlocks"]),
    ...[rule["cidrIpv4"], rule["cidrIpv6"]],
  ];
  return isEveryProtocol(rule[protocol]) && cidrs.some((cidr) => everywhere.some((world) => world === cidr));
}

const inlineRules: Check = {
  ...requirement,
  reads: ["egress"],
  findings: ({ inputs }) =>
    recordsOf(inputs["egress"]).flatMap((rule, position) =>
      letsEverythingOut(rule, "protocol")
        ? [{ property: `egress[${position}].protocol`, given: rule["protocol"] }]
        : [],
    ),
};

const ownRule = (protocol: string, isEgress: (inputs: Inputs) => boolean): Check => ({
  ...requirement,
  reads: [protocol],
  findings: ({ inputs }) =>
    isEgress(inputs) && letsEverythingOut(inputs, protocol)
      ? [{ property: protocol, given: inputs[protocol] }]
      : [],
});

export const egressIsNarrow: Rule = {
  name: "egress-is-narrow",
  description: "No firewall group lets every protocol out to the whole internet.",
  concern: "network",
  note: "The control table asks for it on AWS only.",
  resources: {
    "aws:ec2/securityGroup:SecurityGroup": [inlineRules],
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [ownRule("ipProtocol", () => true)],
    "aws:ec2/securityGroupRule:SecurityGroupRule": [
      ownRule("protocol", (inputs) => inputs["type"] === "egress"),
    ],
  },
};

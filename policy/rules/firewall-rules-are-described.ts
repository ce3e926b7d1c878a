import { type Check, property } from "../check";
import { isSet } from "../condition";
import { recordsOf } from "../path";
import type { Rule } from "../rule";

const requirement = {
  control: "AWS-NET-08",
  fix: "Set description to what the rule is for and who asked for it.",
} as const;

/** The rules inside a group; an empty list needs no description. */
const inlineDescriptions = (list: "ingress" | "egress"): Check => ({
  ...requirement,
  reads: [`${list}[].description`],
  allowed: isSet.allowed,
  findings: ({ inputs }) =>
    recordsOf(inputs[list]).flatMap((rule, position) =>
      isSet.holds(rule["description"])
        ? []
        : [{ property: `${list}[${position}].description`, given: rule["description"] }],
    ),
});

const ownDescription = [property("description", isSet, requirement)];

export const firewallRulesAreDescribed: Rule = {
  name: "firewall-rules-are-described",
  description: "Every firewall group and rule says what it is for.",
  concern: "governance",
  note: "The control table asks for it on AWS only.",
  resources: {
    "aws:ec2/securityGroup:SecurityGroup": [
      ...ownDescription,
      inlineDescriptions("ingress"),
      inlineDescriptions("egress"),
    ],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ownDescription,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ownDescription,
    "aws:ec2/securityGroupRule:SecurityGroupRule": ownDescription,
  },
};

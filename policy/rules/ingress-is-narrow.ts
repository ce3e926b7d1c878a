import type { PolicyResource } from "@pulumi/policy";
import type { Check } from "../check";
import type { ControlId } from "../controls";
import { hasPorts, type Opening, openingCheck, openingsOf, opensEverything, roleOf } from "../ingress";
import { stringsOf } from "../path";
import type { Rule, StackCheck } from "../rule";
import type { StackView } from "../stack-view";

/** What each role may open to the internet. HTTP is there only to be redirected to HTTPS. */
const publicPorts: Readonly<Record<string, readonly number[]>> = { "load-balancer": [443, 80] };

/** Azure Bastion must accept HTTPS from the internet: https://learn.microsoft.com/azure/bastion/bastion-nsg, 2026-11-21. */
const azurePublicPorts = { ...publicPorts, bastion: [443] };

const narrow = {
  fix: 'Narrow the source to a network of yours, or tag the group Role: "load-balancer" and open 443 and 80 only.',
};

const awsAllowed = "443 and 80 on a group tagged Role: load-balancer, nothing else";
const azureAllowed =
  "443 and 80 over TCP on a group tagged Role: load-balancer, 443 on Role: bastion, nothing else";
const googleAllowed = "443 over TCP to the target tag load-balancer, nothing else";

function isForbidden(opening: Opening, roles: readonly string[], ports: typeof publicPorts): boolean {
  if (!hasPorts(opening)) return false;
  const { protocol, from, to } = opening;
  const allowed = roles.flatMap((role) => ports[role] ?? []);
  return protocol !== "tcp" || from !== to || !allowed.includes(from);
}

const everythingCheck = (type: string): Check =>
  openingCheck(type, opensEverything, {
    ...narrow,
    control: "AWS-NET-05",
    allowed: "no source on the internet for all ports",
  });

/** Rules that are resources of their own: the role stands on the group that they name. */
function ruleOfGroup(given: {
  on: string;
  group: string;
  by: string;
  control: ControlId;
  allowed: string;
  ports: typeof publicPorts;
}): StackCheck {
  const { on, group, by, control, allowed, ports } = given;
  const rolesOf = (rule: PolicyResource, stack: StackView) =>
    stack.referents(rule, by, group).map((found) => roleOf(found.props));
  return {
    ...narrow,
    on,
    control,
    allowed,
    findings: (rule, stack) =>
      openingsOf(rule.type, rule.props).filter(
        (opening) => !opensEverything(opening) && isForbidden(opening, rolesOf(rule, stack), ports),
      ),
  };
}

const awsGroup = "aws:ec2/securityGroup:SecurityGroup";
const awsRules = [
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
];
const azureGroup = "azure-native:network:NetworkSecurityGroup";

export const ingressIsNarrow: Rule = {
  name: "ingress-is-narrow",
  description: "The internet reaches the load balancer's HTTPS port, and nothing else.",
  concern: "network",
  note: "A firewall group says what it is for in its tag Role; on Google Cloud the rule's target tags do.",
  resources: {
    [awsGroup]: [
      everythingCheck(awsGroup),
      openingCheck(
        awsGroup,
        (opening, { inputs }) =>
          !opensEverything(opening) && isForbidden(opening, [roleOf(inputs)], publicPorts),
        { ...narrow, control: "AWS-NET-06", allowed: awsAllowed },
      ),
    ],
    ...Object.fromEntries(awsRules.map((type) => [type, [everythingCheck(type)]])),
    "gcp:compute/firewall:Firewall": [
      openingCheck(
        "gcp:compute/firewall:Firewall",
        (opening, { inputs }) =>
          isForbidden(opening, stringsOf(inputs["targetTags"]), { "load-balancer": [443] }),
        {
          control: "GCP-NET-05",
          allowed: googleAllowed,
          fix: "Narrow sourceRanges to a network of yours or to Google's load balancer ranges.",
        },
      ),
    ],
    [azureGroup]: [
      openingCheck(
        azureGroup,
        (opening, { inputs }) => isForbidden(opening, [roleOf(inputs)], azurePublicPorts),
        { ...narrow, control: "AZ-NET-03", allowed: azureAllowed },
      ),
    ],
  },
  stack: [
    ...awsRules.map((on) =>
      ruleOfGroup({
        on,
        group: awsGroup,
        by: "securityGroupId",
        control: "AWS-NET-06",
        allowed: awsAllowed,
        ports: publicPorts,
      }),
    ),
    ruleOfGroup({
      on: "azure-native:network:SecurityRule",
      group: azureGroup,
      by: "networkSecurityGroupName",
      control: "AZ-NET-03",
      allowed: azureAllowed,
      ports: azurePublicPorts,
    }),
  ],
};

import { type Check, property } from "../check";
import { textOf } from "../path";
import { isUnconditional, type Statement, statementCheck } from "../policy-document";
import type { Rule } from "../rule";

/**
 * AWS actions that work on no single resource, so that Resource "*" is the only way to allow them. From the service
 * authorization reference (https://docs.aws.amazon.com/service-authorization/latest/reference/), read 2026-11-21.
 */
const unrestrictable = [
  /^autoscaling:Describe/,
  /^cloudwatch:(PutMetricData|GetMetricData|ListMetrics|DescribeAlarms)$/,
  /^ec2:(Describe|CreateNetworkInterface$)/,
  /^ecr:GetAuthorizationToken$/,
  /^elasticloadbalancing:Describe/,
  /^kms:(CreateKey|GenerateRandom|ListAliases|ListKeys)$/,
  /^logs:(DescribeLogGroups|CreateLogDelivery|.*LogDelivery|.*ResourcePolicies|PutResourcePolicy)$/,
  /^s3:(ListAllMyBuckets|GetAccountPublicAccessBlock)$/,
  /^ssm:DescribeParameters$/,
  /^(ssmmessages|ec2messages):/,
  /^sts:GetCallerIdentity$/,
  /^xray:Put/,
];

/** Actions with which an identity can give itself more rights than it has. */
const escalating = [
  /^iam:(\*|Put|Attach|Add|Create(PolicyVersion|AccessKey|LoginProfile|\*)|SetDefaultPolicyVersion|Update|PassRole)/,
  /^sts:(AssumeRole|\*)$/,
  /^lambda:(UpdateFunctionCode|\*)$/,
];

const matches = (patterns: readonly RegExp[]) => (action: string) =>
  patterns.some((pattern) => pattern.test(action));

const isOnEverything = ({ effect, resources }: Statement) => effect === "Allow" && resources.includes("*");

const isTooWide = (statement: Statement): boolean =>
  isOnEverything(statement) &&
  isUnconditional(statement) &&
  statement.actions.some((action) => action !== "*" && !matches(unrestrictable)(action));

const canEscalate = (statement: Statement): boolean =>
  isOnEverything(statement) && statement.actions.some(matches(escalating));

const documentCheck = (path: string): Check =>
  statementCheck(path, (statement) => isTooWide(statement) || canEscalate(statement), {
    control: "AWS-IAM-02",
    allowed: 'Resource "*" only for actions that AWS cannot restrict, and never for rights on identities',
    fix: "Name the ARNs that the statement is for, or narrow it by a Condition.",
  });

/** Roles that let their holder act as any service account of a project. */
const impersonation = ["roles/iam.serviceAccountUser", "roles/iam.serviceAccountTokenCreator"];

const noImpersonation = property(
  "role",
  {
    allowed: `project roles other than ${impersonation.join(" and ")}`,
    holds: (role) => !impersonation.includes(textOf(role)),
  },
  {
    control: "GCP-IAM-02",
    fix: "Grant the role on the one service account instead (serviceaccount.IAMMember).",
  },
);

/** Accounts that Google Cloud makes for whoever runs in a project without one of its own. */
const isDefaultAccount = (member: string) =>
  /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/.test(member);

const ownAccount = (path: "member" | "members[]") =>
  property(
    path,
    {
      allowed: "a service account made for the workload",
      holds: (member) => !isDefaultAccount(textOf(member)),
    },
    {
      control: "GCP-IAM-02",
      fix: "Make a serviceaccount.Account for the workload and grant the role to it.",
    },
  );

export const grantsAreNarrow: Rule = {
  name: "grants-are-narrow",
  description: "A grant names the resources it is for, and gives no way to more rights.",
  concern: "identity",
  note: "On Azure see no-administrator-grants: role assignments always have a scope.",
  resources: {
    "aws:iam/policy:Policy": [documentCheck("policy")],
    "aws:iam/rolePolicy:RolePolicy": [documentCheck("policy")],
    "aws:iam/role:Role": [documentCheck("inlinePolicies[].policy")],
    "gcp:projects/iAMMember:IAMMember": [noImpersonation, ownAccount("member")],
    "gcp:projects/iAMBinding:IAMBinding": [noImpersonation, ownAccount("members[]")],
  },
};

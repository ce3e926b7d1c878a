import { type Check, property } from "../check";
import type { Condition } from "../condition";
import { listOf, recordsOf, stringsOf, textOf } from "../path";
import { type Statement, statementCheck } from "../policy-document";
import type { Rule } from "../rule";

const allowsEverything = ({ effect, actions, notActions, resources }: Statement): boolean =>
  effect === "Allow" &&
  (actions.some((action) => action === "*" || action === "*:*") || notActions.length > 0) &&
  resources.includes("*");

const documentCheck = (path: string): Check =>
  statementCheck(path, allowsEverything, {
    control: "AWS-IAM-01",
    allowed: 'named actions on named resources, never Action "*" or NotAction on Resource "*"',
    fix: "List the actions and the ARNs that the workload needs.",
  });

const administratorPolicies = ["AdministratorAccess", "IAMFullAccess"];

const noAdministratorPolicy: Condition = {
  allowed: `any policy but ${administratorPolicies.join(" and ")}`,
  holds: (arn) => !administratorPolicies.some((name) => textOf(arn).endsWith(`/${name}`)),
};

const attachment = (path: string): Check =>
  property(path, noAdministratorPolicy, {
    control: "AWS-IAM-03",
    fix: "Attach a policy with the actions that are needed.",
  });

/** Google Cloud's basic roles reach every service of a project. */
const basicRoles = ["roles/owner", "roles/editor", "roles/viewer"];

const noBasicRole = property(
  "role",
  {
    allowed: `a predefined or custom role, not ${basicRoles.join(", ")}`,
    holds: (role) => !basicRoles.includes(textOf(role)),
  },
  { control: "GCP-IAM-01", fix: "Set role to the predefined role of the service that is used." },
);

/**
 * Azure roles that can hand out any role: Owner, User Access Administrator, Role Based Access Control Administrator.
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles, read 2026-11-21.
 */
const azureAdministrators = [
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
];

/** The tenant's root, a management group, or a whole subscription. */
const isWideScope = (scope: string) =>
  /^\/?$|^\/subscriptions\/[^/]+\/?$|^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+\/?$/i.test(
    scope,
  );

const noAzureAdministrator: Check = {
  control: "AZ-IAM-01",
  reads: ["roleDefinitionId", "scope"],
  allowed: "Owner and access administrators on single resources or resource groups only",
  fix: "Set roleDefinitionId to a role of the service that is used, or scope to the resource.",
  findings: ({ inputs }) => {
    const role = textOf(inputs["roleDefinitionId"]).toLowerCase();
    if (!azureAdministrators.some((id) => role.endsWith(id))) return [];
    const scope = textOf(inputs["scope"]);
    return isWideScope(scope) ? [{ property: "scope", given: scope }] : [];
  },
};

const noCustomOwner: Check = {
  control: "AZ-IAM-01",
  reads: ["permissions[].actions"],
  allowed: 'permissions[].actions without "*"',
  fix: "List the actions that the role needs.",
  findings: ({ inputs }) =>
    recordsOf(inputs["permissions"]).flatMap((permission, position) =>
      stringsOf(permission["actions"]).includes("*")
        ? [{ property: `permissions[${position}].actions`, given: listOf(permission["actions"]) }]
        : [],
    ),
};

export const noAdministratorGrants: Rule = {
  name: "no-administrator-grants",
  description: "No workload is an administrator of the account, project or subscription.",
  concern: "identity",
  resources: {
    "aws:iam/policy:Policy": [documentCheck("policy")],
    "aws:iam/rolePolicy:RolePolicy": [documentCheck("policy")],
    "aws:iam/role:Role": [documentCheck("inlinePolicies[].policy"), attachment("managedPolicyArns[]")],
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [attachment("policyArn")],
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": [attachment("policyArn")],
    "gcp:projects/iAMMember:IAMMember": [noBasicRole],
    "gcp:projects/iAMBinding:IAMBinding": [noBasicRole],
    "azure-native:authorization:RoleAssignment": [noAzureAdministrator],
    "azure-native:authorization:RoleDefinition": [noCustomOwner],
  },
};

import { configMap, fails, passes, resource, type RuleCases } from "./case";
import { template } from "./nodes";

const policy = "aws:iam/policy:Policy";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const role = "aws:iam/role:Role";
const member = "gcp:projects/iAMMember:IAMMember";
const binding = "gcp:projects/iAMBinding:IAMBinding";
const assignment = "azure-native:authorization:RoleAssignment";
const definition = "azure-native:authorization:RoleDefinition";

const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string | string[], Resource: string | string[] = "*", rest: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...rest,
});
const inRole = (statement: object) => resource(role, { inlinePolicies: [{ policy: document(statement) }] });

const owner = "/providers/Microsoft.Authorization/roleDefinitions/8E3AF657-a8ff-443c-a75c-2fe8c4bcb635";
const reader = "/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7";

const noAdministratorGrants: RuleCases = {
  fails: [
    fails("everything on everything", ["AWS-IAM-01"], resource(policy, { policy: document(allow("*")) })),
    fails(
      "all but one action",
      ["AWS-IAM-01"],
      resource(rolePolicy, {
        policy: { Statement: [{ Effect: "Allow", NotAction: "iam:*", Resource: ["*"] }] },
      }),
    ),
    fails("everything, inline", ["AWS-IAM-01"], inRole(allow(["s3:GetObject", "*"]))),
    fails(
      "the administrator policy",
      ["AWS-IAM-03"],
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      }),
    ),
    fails(
      "full access to identities",
      ["AWS-IAM-03"],
      resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", {
        policyArn: "arn:aws-cn:iam::aws:policy/IAMFullAccess",
      }),
    ),
    fails(
      "among the role's policies",
      ["AWS-IAM-03"],
      resource(role, { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
    ),
    fails("an editor", ["GCP-IAM-01"], resource(member, { role: "roles/editor", member: "user:a@b.c" })),
    fails("viewers", ["GCP-IAM-01"], resource(binding, { role: "roles/viewer", members: [] })),
    fails(
      "an owner of the subscription",
      ["AZ-IAM-01"],
      resource(assignment, { roleDefinitionId: owner, scope: "/subscriptions/1" }),
    ),
    fails(
      "an owner of the tenant",
      ["AZ-IAM-01"],
      resource(assignment, { roleDefinitionId: owner, scope: "/" }),
    ),
    fails(
      "an owner by another name",
      ["AZ-IAM-01"],
      resource(definition, { permissions: [{ actions: ["*"] }] }),
    ),
  ],
  passes: [
    passes("named rights", [
      resource(policy, {
        policy: document(allow("s3:GetObject", "arn:aws:s3:::b/*"), {
          Effect: "Deny",
          Action: "*",
          Resource: "*",
        }),
      }),
      resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
        policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      }),
    ]),
    passes("a role without inline policies", resource(role, { assumeRolePolicy: "{}" })),
    passes(
      "a predefined role",
      resource(member, { role: "roles/storage.objectViewer", member: "user:a@b.c" }),
    ),
    passes(
      "an owner of one group",
      resource(assignment, { roleDefinitionId: owner, scope: "/subscriptions/1/resourceGroups/g" }),
    ),
    passes(
      "a reader of the subscription",
      resource(assignment, { roleDefinitionId: reader, scope: "/subscriptions/1" }),
    ),
    passes(
      "a custom role",
      resource(definition, { permissions: [{ actions: ["Microsoft.Storage/*/read"] }] }),
    ),
  ],
  foreign: [configMap, resource("aws:s3/bucketPolicy:BucketPolicy", { policy: document(allow("*")) })],
};

const grantsAreNarrow: RuleCases = {
  fails: [
    fails("every bucket", ["AWS-IAM-02"], resource(policy, { policy: document(allow("s3:GetObject")) })),
    fails(
      "one of several actions",
      ["AWS-IAM-02"],
      resource(rolePolicy, { policy: document(allow(["ec2:DescribeSubnets", "ec2:RunInstances"])) }),
    ),
    fails(
      "any role may be passed on",
      ["AWS-IAM-02"],
      inRole(allow("iam:PassRole", "*", { Condition: { Bool: { a: "b" } } })),
    ),
    fails(
      "impersonation in the project",
      ["GCP-IAM-02"],
      resource(member, { role: "roles/iam.serviceAccountTokenCreator", member: "user:a@b.c" }),
    ),
    fails(
      "impersonation by a binding",
      ["GCP-IAM-02"],
      resource(binding, { role: "roles/iam.serviceAccountUser", members: ["user:a@b.c"] }),
    ),
    fails(
      "the default account",
      ["GCP-IAM-02"],
      resource(member, { role: "roles/x", member: "serviceAccount:1-compute@developer.gserviceaccount.com" }),
    ),
    fails(
      "the default account in a binding",
      ["GCP-IAM-02"],
      resource(binding, { role: "roles/x", members: ["serviceAccount:p@appspot.gserviceaccount.com"] }),
    ),
  ],
  passes: [
    passes(
      "what cannot be narrowed",
      resource(policy, {
        policy: document(
          allow(["ecr:GetAuthorizationToken", "ec2:DescribeSubnets", "cloudwatch:PutMetricData"]),
        ),
      }),
    ),
    passes(
      "narrowed by a condition",
      resource(policy, {
        policy: document(
          allow("ec2:RunInstances", "*", { Condition: { StringEquals: { "aws:RequestTag/Project": "p" } } }),
        ),
      }),
    ),
    passes(
      "one bucket",
      resource(rolePolicy, { policy: document(allow("s3:*", ["arn:aws:s3:::b", "arn:aws:s3:::b/*"])) }),
    ),
    passes(
      "an account of its own",
      resource(member, {
        role: "roles/logging.logWriter",
        member: "serviceAccount:nodes@p.iam.gserviceaccount.com",
      }),
    ),
  ],
  foreign: [configMap, resource(assignment, { role: "roles/iam.serviceAccountUser" })],
};

const trust = (statement: object) => resource(role, { assumeRolePolicy: document(statement) });
const oidc = "arn:aws:iam::1:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC";
const web = (Condition: object) =>
  trust({
    Effect: "Allow",
    Principal: { Federated: oidc },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition,
  });

const trustNamesItsPrincipals: RuleCases = {
  fails: [
    fails("everybody", ["AWS-IAM-04"], trust({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" })),
    fails(
      "every AWS account",
      ["AWS-IAM-04"],
      trust({ Effect: "Allow", Principal: { AWS: ["*"] }, Action: "sts:AssumeRole" }),
    ),
    fails(
      "any service account of the cluster",
      ["AWS-IAM-04"],
      web({ StringEquals: { "oidc.eks:aud": "sts.amazonaws.com" } }),
    ),
    fails(
      "service accounts by a pattern",
      ["AWS-IAM-04"],
      web({
        StringEquals: { "oidc.eks:aud": "sts.amazonaws.com" },
        StringLike: { "oidc.eks:sub": "system:*" },
      }),
    ),
  ],
  passes: [
    passes(
      "a service",
      trust({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
    ),
    passes(
      "one service account",
      web({
        StringEquals: { "oidc.eks:aud": "sts.amazonaws.com", "oidc.eks:sub": "system:serviceaccount:a:b" },
      }),
    ),
    passes("a Deny for everybody", trust({ Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" })),
  ],
  foreign: [configMap, resource(policy, { assumeRolePolicy: document({ Effect: "Allow", Principal: "*" }) })],
};

const script = (userData: string) => resource(template, { userData });
const base64 = (text: string) => Buffer.from(text).toString("base64");

const noStaticCredentials: RuleCases = {
  fails: [
    fails("a key", ["GCP-IAM-03"], resource("gcp:serviceaccount/key:Key", { serviceAccountId: "a" })),
    fails("a password in a start script", ["AWS-EKS-09"], script("export DB_PASSWORD=correct-horse")),
    fails("the same in Base64", ["AWS-EKS-09"], script(base64("token: 'abcdefgh12345678'"))),
    fails("an access key", ["AWS-EKS-09"], script(`echo AKIA${"A".repeat(16)}`)),
  ],
  passes: [
    passes("an account", resource("gcp:serviceaccount/account:Account", { accountId: "a" })),
    passes("a script without", [script(base64("#!/bin/sh\nTOKEN=$(fetch-token)")), resource(template)]),
  ],
  foreign: [configMap, resource("gcp:kms/cryptoKey:CryptoKey")],
};

export const identityCases = {
  "no-administrator-grants": noAdministratorGrants,
  "grants-are-narrow": grantsAreNarrow,
  "trust-names-its-principals": trustNamesItsPrincipals,
  "no-static-credentials": noStaticCredentials,
};

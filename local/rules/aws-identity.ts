import { CloudError } from "../cloud-error";
import { hex, number, text } from "../values";
import { statementsOf, policyDocument } from "./aws-policy";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { Reference, RuleTable, WorldCheck } from "./contract";
import { fill } from "./template";

const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/policy:Policy";
const keyType = "aws:kms/key:Key";
const aliasType = "aws:kms/alias:Alias";

const iamName = /^[\w+=,.@-]{1,64}$/;
const iamNameAllowed = "1 to 64 letters, digits or _+=,.@-";

const role: Reference = {
  path: "role",
  to: [roleType],
  missing: "NoSuchEntity",
  sentence: "The role with name {value} cannot be found.",
};

/** The key that something is encrypted with. Keys may be scheduled for deletion while in use. */
export function kmsKey(path: string): Reference {
  return {
    path,
    to: [keyType, aliasType],
    missing: "NotFoundException",
    sentence: "Key '{value}' does not exist",
    held: false,
  };
}

/** Someone must stay able to change a key's policy, or only AWS support could. */
const noLockout: WorldCheck = ({ inputs, scope }) => {
  const policy = text(inputs, "policy");
  if (policy === undefined || inputs["bypassPolicyLockoutSafetyCheck"] === true) return undefined;
  const account = scope.facts["account"] ?? "";
  const administers = statementsOf(policy).some(
    ({ effect, actions, principals }) =>
      effect === "Allow" &&
      actions.some((action) => /^(\*|kms:(\*|Put\*?|Put.*Policy))$/.test(action)) &&
      principals.some(
        (principal) =>
          principal === "*" ||
          principal === account ||
          principal.startsWith(`arn:${scope.facts["partition"] ?? ""}:iam::${account}:`),
      ),
  );
  if (administers) return undefined;
  return new CloudError(
    "MalformedPolicyDocumentException",
    "The new key policy will not allow you to update the key policy in the future.",
  );
};

/** CloudWatch Logs may use a key only if the key's policy says so. */
const logsMayUseKey: WorldCheck = ({ inputs, id, scope }, world) => {
  const keyId = text(inputs, "kmsKeyId");
  if (keyId === undefined) return undefined;
  const policy = text(world.find([keyType], keyId, scope.key)?.inputs ?? {}, "policy");
  if (
    statementsOf(policy).some(
      ({ effect, principals }) =>
        effect === "Allow" && principals.some((principal) => /^logs\..*amazonaws\.com$/.test(principal)),
    )
  ) {
    return undefined;
  }
  const arn = fill("arn:{partition}:logs:{region}:{account}:log-group:", { ...blank, scope }) + id;
  return new CloudError(
    "AccessDeniedException",
    `The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`,
  );
};

const blank = { type: "", urn: "", name: "", inputs: {}, id: "", seed: "" };

const retentions = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Roles, policies, keys, log groups. Source: IAM, KMS and CloudWatch Logs API references, 2026-11-21. */
export const awsIdentity: RuleTable = {
  [roleType]: {
    id: "{name}",
    autoName: "name",
    exists: { code: "EntityAlreadyExists", sentence: "Role with name {name} already exists." },
    checks: [
      form("name", iamName, iamNameAllowed, "ValidationError"),
      form("description", /^[\s\S]{0,1000}$/, "at most 1000 characters", "ValidationError"),
      between("maxSessionDuration", 3600, 43200, "ValidationError"),
      policyDocument("assumeRolePolicy", {
        code: "MalformedPolicyDocument",
        principals: "required",
        quota: 2048,
      }),
    ],
    claims: [
      {
        key: "{account} {name}",
        code: "EntityAlreadyExists",
        sentence: "Role with name {name} already exists.",
      },
    ],
    replaceOn: ["name", "namePrefix", "path"],
    defaults: { path: "/", maxSessionDuration: 3600, forceDetachPolicies: false },
    outputs: {
      arn: (subject) =>
        fill(`arn:{partition}:iam::{account}:role${text(subject.inputs, "path") ?? "/"}{name}`, subject),
      uniqueId: (subject) => `AROA${hex(subject.seed, 17).toUpperCase()}`,
      createDate: () => "2026-01-01T00:00:00Z",
    },
    inUse: { code: "DeleteConflict", sentence: "Cannot delete entity {id}, must detach all policies first." },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    id: "{role}:{name}",
    autoName: "name",
    checks: [
      form("name", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits or _+=,.@-", "ValidationError"),
      policyDocument("policy", { code: "MalformedPolicyDocument", principals: "forbidden", quota: 10_240 }),
    ],
    references: [role],
    adopts: true,
    replaceOn: ["name", "namePrefix", "role"],
  },
  [policyType]: {
    id: "arn:{partition}:iam::{account}:policy/{name}",
    autoName: "name",
    exists: {
      code: "EntityAlreadyExists",
      sentence: "A policy called {name} already exists. Duplicate names are not allowed.",
    },
    checks: [
      form("name", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits or _+=,.@-", "ValidationError"),
      policyDocument("policy", { code: "MalformedPolicyDocument", principals: "forbidden", quota: 6144 }),
    ],
    replaceOn: ["name", "namePrefix", "path", "description"],
    defaults: { path: "/" },
    outputs: {
      arn: "{id}",
      policyId: (subject) => `ANPA${hex(subject.seed, 17).toUpperCase()}`,
      attachmentCount: () => 0,
    },
    inUse: { code: "DeleteConflict", sentence: "Cannot delete a policy attached to entities." },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: "{role}-{hex:26}",
    references: [
      role,
      {
        path: "policyArn",
        to: [policyType],
        missing: "NoSuchEntity",
        sentence: "Policy {value} does not exist or is not attachable.",
        provided: /^arn:[\w-]+:iam::aws:policy\//,
      },
    ],
    replaceOn: ["role", "policyArn"],
  },
  [keyType]: {
    id: "{uuid}",
    checks: [
      between("deletionWindowInDays", 7, 30, "ValidationException"),
      between("rotationPeriodInDays", 90, 2560, "ValidationException"),
      oneOf(
        "keyUsage",
        ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"],
        "ValidationException",
      ),
      policyDocument("policy", {
        code: "MalformedPolicyDocumentException",
        principals: "required",
        quota: 32_768,
      }),
      refuseWhen(
        "enableKeyRotation",
        (inputs) =>
          inputs["enableKeyRotation"] === true &&
          !/^SYMMETRIC/.test(text(inputs, "customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT"),
        "UnsupportedOperationException: only symmetric encryption keys rotate by themselves",
      ),
    ],
    refuses: [noLockout],
    replaceOn: ["customerMasterKeySpec", "keyUsage", "multiRegion", "customKeyStoreId", "xksKeyId"],
    defaults: {
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      keyUsage: "ENCRYPT_DECRYPT",
      isEnabled: true,
      multiRegion: false,
      enableKeyRotation: false,
    },
    outputs: { keyId: "{id}", arn: "arn:{partition}:kms:{region}:{account}:key/{id}" },
    buried: ({ inputs }) => `scheduled for deletion in ${number(inputs, "deletionWindowInDays") ?? 30} days`,
  },
  [aliasType]: {
    id: "{name}",
    autoName: "name",
    nameForm: (name) => `alias/${name}`,
    exists: { code: "AlreadyExistsException", sentence: "An alias with the name {name} already exists" },
    checks: [
      form(
        "name",
        /^alias\/(?!aws\/)[\w/-]{1,250}$/,
        "alias/ and letters, digits or /_-, not alias/aws/…",
        "ValidationException",
      ),
    ],
    references: [{ ...kmsKey("targetKeyId"), to: [keyType] }],
    replaceOn: ["name", "namePrefix"],
    outputs: {
      arn: "arn:{partition}:kms:{region}:{account}:{id}",
      targetKeyArn: ({ inputs, scope }, world) =>
        world.find([keyType], text(inputs, "targetKeyId") ?? "", scope.key)?.outputs["arn"],
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    id: "{name}",
    autoName: "name",
    exists: {
      code: "ResourceAlreadyExistsException",
      sentence: "The specified log group already exists: {name}",
    },
    checks: [
      form("name", /^[.\-_/#A-Za-z0-9]{1,512}$/, "1 to 512 letters, digits or .-_/#"),
      oneOf("retentionInDays", retentions, "InvalidParameterException"),
      oneOf("logGroupClass", ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"], "InvalidParameterException"),
      form("kmsKeyId", /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\//, "the ARN of a key"),
    ],
    references: [kmsKey("kmsKeyId")],
    refuses: [logsMayUseKey],
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    defaults: {
      retentionInDays: 0,
      skipDestroy: false,
      logGroupClass: "STANDARD",
      deletionProtectionEnabled: false,
    },
    outputs: { arn: "arn:{partition}:logs:{region}:{account}:log-group:{id}" },
    handles: ["arn:{partition}:logs:{region}:{account}:log-group:{id}:*"],
  },
};

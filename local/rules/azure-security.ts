import { hex, number, object, text, uuid, valuesAt, type Properties } from "../values";
import { byId } from "./azure-network";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { Check, Reference, RuleTable, Subject } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
export const vaultType = "azure-native:keyvault:Vault";
export const keyType = "azure-native:keyvault:Key";
export const identityType = "azure-native:managedidentity:UserAssignedIdentity";
export const assignmentType = "azure-native:authorization:RoleAssignment";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A scope that a lock or an assignment holds for: any resource, a group, the subscription. */
const onScope: Reference = {
  path: "scope",
  to: [],
  missing: "ResourceNotFound",
  sentence: "The scope '{value}' was not found.",
  held: false,
  provided: /^\/?(subscriptions\/[^/]+|providers\/Microsoft\.Management\/.*)\/?$/i,
};

const days = (period: string): number => {
  const [, years = "0", months = "0", weeks = "0", rest = "0"] =
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(period) ?? [];
  return 365 * Number(years) + 30 * Number(months) + 7 * Number(weeks) + Number(rest);
};

/** Key Vault rotates no more often than every 28 days, and before the key expires. */
const rotation: Check = function* (inputs) {
  const expiry = text(
    object(object(object(inputs, "properties"), "rotationPolicy"), "attributes"),
    "expiryTime",
  );
  const problem = (reason: string) => ({
    property: "properties.rotationPolicy",
    reason: `InvalidKeyRotationPolicy: ${reason}`,
  });
  if (expiry !== undefined && days(expiry) < 28) yield problem(`expiryTime ${expiry} must be at least P28D`);
  for (const action of valuesAt(
    inputs,
    "properties.rotationPolicy.lifetimeActions[]",
  ) as readonly Properties[]) {
    const [trigger, type] = [object(action, "trigger"), text(object(action, "action"), "type") ?? ""];
    if (!/^(rotate|notify)$/i.test(type)) yield problem(`action '${type}' must be rotate or notify`);
    const after = text(trigger, "timeAfterCreate");
    if (after !== undefined && days(after) < 28)
      yield problem(`timeAfterCreate ${after} must be at least P28D`);
    if (after !== undefined && expiry !== undefined && days(after) > days(expiry) - 7)
      yield problem(`timeAfterCreate ${after} must be at least 7 days before expiryTime ${expiry}`);
  }
};

const vaultUri = (subject: Subject): string =>
  `https://${text(subject.inputs, "vaultName") ?? ""}.vault.azure.net`;
const keyUri = (subject: Subject): string =>
  `${vaultUri(subject)}/keys/${text(subject.inputs, "keyName") ?? ""}`;
const fromProperties =
  (key: string) =>
  (subject: Subject): unknown =>
    object(subject.inputs, "properties")[key];

const vaultName: Check = form(
  "vaultName",
  /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
  "3 to 24 letters, digits or single dashes, starting with a letter",
  "VaultNameNotValid",
);

/** Source: Resource Manager, Key Vault, managed identity and RBAC references, 2026-11-21. */
export const azureSecurity: RuleTable = {
  "azure-native:resources:ResourceGroup": {
    id: group,
    autoName: "resourceGroupName",
    checks: [
      form(
        "resourceGroupName",
        /^[-\w.()]{0,89}[-\w()]$/,
        "1 to 90 letters, digits or -_.(), not ending with a dot",
        "InvalidResourceGroupName",
      ),
    ],
    replaceOn: ["location"],
    outputs: { type: () => "Microsoft.Resources/resourceGroups" },
    inUse: {
      code: "ResourceGroupNotEmpty",
      sentence: "The resource group '{id}' still contains resources; delete them first.",
    },
  },
  [vaultType]: {
    id: `${group}/providers/Microsoft.KeyVault/vaults/{vaultName}`,
    autoName: "vaultName",
    checks: [
      vaultName,
      between("properties.softDeleteRetentionInDays", 7, 90, "BadRequest"),
      form("properties.tenantId", guid, "a UUID", "BadRequest"),
      oneOf("properties.sku.name", ["standard", "premium"], "BadRequest"),
      refuseWhen(
        "properties",
        (inputs) => object(inputs, "properties")["enablePurgeProtection"] === false,
        'BadRequest: The property "enablePurgeProtection" cannot be set to false. Leave it out to have none.',
      ),
      refuseWhen(
        "properties",
        (inputs) => object(inputs, "properties")["enableSoftDelete"] === false,
        'BadRequest: The property "enableSoftDelete" cannot be set to false: every vault has soft delete.',
      ),
    ],
    // Vault names are taken worldwide: they are host names.
    claims: [
      {
        key: "{vaultName}",
        code: "VaultAlreadyExists",
        sentence:
          "The vault name '{vaultName}' is already in use. Vault names are globally unique so it is possible that the name is already taken, or that a deleted vault still holds it.",
      },
    ],
    references: [
      byId("properties.networkAcls.virtualNetworkRules[].id", ["azure-native:network:Subnet"], false),
    ],
    replaceOn: ["location", "properties.softDeleteRetentionInDays"],
    outputs: {
      properties: (subject) => ({
        softDeleteRetentionInDays: 90,
        enableSoftDelete: true,
        publicNetworkAccess: "Enabled",
        ...object(subject.inputs, "properties"),
        vaultUri: `${vaultUri(subject)}/`,
        provisioningState: "Succeeded",
      }),
    },
    buried: ({ inputs }) =>
      object(inputs, "properties")["enablePurgeProtection"] === true
        ? `a vault of that name is soft-deleted and protected from purge for ${String(number(object(inputs, "properties"), "softDeleteRetentionInDays") ?? 90)} days; recover it with createMode recover`
        : undefined,
  },
  [keyType]: {
    id: `${group}/providers/Microsoft.KeyVault/vaults/{vaultName}/keys/{keyName}`,
    autoName: "keyName",
    checks: [
      form("keyName", /^[a-zA-Z0-9-]{1,127}$/, "1 to 127 letters, digits or dashes", "BadParameter"),
      oneOf("properties.kty", ["RSA", "RSA-HSM", "EC", "EC-HSM"], "BadParameter"),
      oneOf("properties.keySize", [2048, 3072, 4096], "BadParameter"),
      oneOf(
        "properties.keyOps[]",
        ["decrypt", "encrypt", "import", "release", "sign", "unwrapKey", "verify", "wrapKey"],
        "BadParameter",
      ),
      rotation,
    ],
    replaceOn: ["properties.kty", "properties.keySize", "properties.curveName", "properties.keyOps"],
    outputs: {
      keyUri,
      keyUriWithVersion: (subject) => `${keyUri(subject)}/${hex(`version ${subject.seed}`, 32)}`,
      kty: fromProperties("kty"),
      keySize: fromProperties("keySize"),
      keyOps: fromProperties("keyOps"),
      curveName: fromProperties("curveName"),
      rotationPolicy: fromProperties("rotationPolicy"),
    },
  },
  [identityType]: {
    id: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`,
    autoName: "resourceName",
    checks: [
      form(
        "resourceName",
        /^[a-zA-Z0-9][\w-]{2,127}$/,
        "3 to 128 letters, digits, _ or -",
        "InvalidResourceName",
      ),
    ],
    replaceOn: ["location"],
    outputs: {
      principalId: ({ seed }) => uuid(`principal ${seed}`),
      clientId: ({ seed }) => uuid(`client ${seed}`),
      tenantId: "{tenantId}",
    },
    inUse: { code: "IdentityInUse", sentence: "The identity {id} is in use." },
  },
  [assignmentType]: {
    id: "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    autoName: "roleAssignmentName",
    nameForm: uuid,
    checks: [
      form("roleAssignmentName", guid, "a UUID", "InvalidRoleAssignmentId"),
      form("principalId", guid, "the object id (UUID) of a principal", "InvalidPrincipalId"),
      form(
        "roleDefinitionId",
        /\/?providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
        "the id of a role definition",
        "RoleDefinitionDoesNotExist",
      ),
      oneOf(
        "principalType",
        ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"],
        "InvalidPrincipalType",
      ),
      refuseWhen(
        "conditionVersion",
        (inputs) => inputs["condition"] !== undefined && inputs["conditionVersion"] !== "2.0",
        "InvalidConditionVersion: a condition needs conditionVersion 2.0",
      ),
      form("description", /^[\s\S]{0,1024}$/, "at most 1024 characters", "InvalidDescription"),
    ],
    references: [onScope],
    claims: [
      {
        key: "{scope} {principalId} {roleDefinitionId}",
        code: "RoleAssignmentExists",
        sentence: "The role assignment already exists: {principalId} has {roleDefinitionId} on {scope}.",
      },
    ],
    replaceOn: ["principalId", "principalType", "roleDefinitionId", "scope"],
  },
  "azure-native:authorization:ManagementLockByScope": {
    id: ({ inputs }) =>
      `${(text(inputs, "scope") ?? "").replace(/^\/?/, "/").replace(/\/$/, "")}/providers/Microsoft.Authorization/locks/${text(inputs, "lockName") ?? ""}`,
    autoName: "lockName",
    checks: [
      oneOf("level", ["CanNotDelete", "ReadOnly"], "InvalidLockLevel"),
      form("lockName", /^[^<>%&\\?/]{1,260}$/, "1 to 260 characters, none of <>%&\\?/", "InvalidLockName"),
      form("notes", /^[\s\S]{0,512}$/, "at most 512 characters", "InvalidLockNotes"),
    ],
    references: [onScope],
    replaceOn: ["scope", "lockName"],
  },
};

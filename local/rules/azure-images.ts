import { CloudError } from "../cloud-error";
import { object, objects, text, type Properties } from "../values";
import type { World } from "../world";
import { byId, subnetType } from "./azure-network";
import { vaultType } from "./azure-security";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { Check, Problem, RuleTable, WorldCheck } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
export const registryType = "azure-native:containerregistry:Registry";
const poolType = "azure-native:containerregistry:AgentPool";
const registry = `${group}/providers/Microsoft.ContainerRegistry/registries/{registryName}`;

const statusOf = (inputs: Properties, policy: string): unknown =>
  object(object(inputs, "policies"), policy)["status"];
const isEncrypted = (inputs: Properties): boolean => object(inputs, "encryption")["status"] === "enabled";

/** What only the Premium tier has. Source: Azure Container Registry service tiers, 2026-11-21. */
const premium: Readonly<Record<string, (inputs: Properties) => boolean>> = {
  publicNetworkAccess: (inputs) => inputs["publicNetworkAccess"] === "Disabled",
  networkRuleSet: (inputs) => inputs["networkRuleSet"] !== undefined,
  dataEndpointEnabled: (inputs) => inputs["dataEndpointEnabled"] === true,
  encryption: isEncrypted,
  "policies.retentionPolicy": (inputs) => statusOf(inputs, "retentionPolicy") === "enabled",
  "policies.trustPolicy": (inputs) => statusOf(inputs, "trustPolicy") === "enabled",
};

const tierFits: Check = function* (inputs) {
  const tier = text(object(inputs, "sku"), "name");
  if (tier === undefined || tier === "Premium") return;
  for (const [property, uses] of Object.entries(premium)) {
    if (uses(inputs)) {
      yield {
        property: property.split(".")[0] ?? property,
        reason: `SkuNotSupported: ${property} is not supported for registries of the tier ${tier}; Premium has it`,
      };
    }
  }
};

/**
 * A registry reaches a vault behind a firewall with its system-assigned identity only, which it does not have before it
 * exists; a key of one's own is given when it is made, or never.
 */
const keyReachable: WorldCheck = ({ inputs }, world) => {
  if (!isEncrypted(inputs)) return undefined;
  const uri = text(object(object(inputs, "encryption"), "keyVaultProperties"), "keyIdentifier") ?? "";
  const vault = vaultOf(uri, world);
  if (vault === undefined)
    return new CloudError("CmkError", `Failed to access KeyId '${uri}': no such vault.`);
  const closed =
    vault["publicNetworkAccess"] === "Disabled" ||
    text(object(vault, "networkAcls"), "defaultAction") === "Deny";
  if (!closed) return undefined;
  return new CloudError(
    "CmkError",
    `Failed to access KeyId '${uri}'. Client address is not authorized and caller is not a trusted service: a registry passes a vault's firewall with its system-assigned identity only.`,
  );
};

function vaultOf(uri: string, world: World): Properties | undefined {
  const properties = world.ofType(vaultType).map(({ outputs }) => object(outputs, "properties"));
  return properties.find((each) => uri.startsWith(text(each, "vaultUri") ?? "\0"));
}

const tierOfRegistry = (id: string, world: World): string | undefined =>
  text(object(world.withId(id.replace(/\/agentPools\/.*$/, ""))?.inputs ?? {}, "sku"), "name");

/** Source: "Run an ACR task on a dedicated agent pool", preview limitations, 2026-11-21. */
const poolLocations =
  /^(canadacentral|centralus|eastasia|eastus2?|northeurope|southcentralus|switzerlandnorth|usgov(arizona|texas|virginia)|westeurope|westus2)$/;

const task = (sentence: string): Problem => ({ property: "step", reason: `InvalidTaskStep: ${sentence}` });

/** The task's own file: base64, and a list of steps. */
const taskFile: Check = function* (inputs) {
  const content = text(object(inputs, "step"), "encodedTaskContent");
  if (content === undefined) return;
  const file = Buffer.from(content, "base64").toString("utf8");
  if (Buffer.from(file).toString("base64") !== content) yield task("encodedTaskContent must be base64");
  else if (!/^steps:/m.test(file)) yield task("a task's file must have steps");
};

const timers: Check = function* (inputs) {
  const triggers = objects(object(inputs, "trigger"), "timerTriggers");
  const names = triggers.map((trigger) => text(trigger, "name"));
  for (const name of names.filter((each, i) => names.indexOf(each) !== i)) {
    yield { property: "trigger", reason: `InvalidTrigger: the timer '${String(name)}' is given twice` };
  }
  for (const schedule of triggers.map((trigger) => text(trigger, "schedule") ?? "")) {
    if (!/^[\d*/,-]+( [\dA-Za-z*/,?-]+){4}$/.test(schedule)) {
      yield {
        property: "trigger",
        reason: `InvalidTrigger: schedule '${schedule}' must be a cron expression of five parts`,
      };
    }
  }
};

const poolExists: WorldCheck = ({ inputs, id }, world) => {
  const pool = text(inputs, "agentPoolName");
  if (pool === undefined) return undefined;
  const poolId = id.replace(/\/tasks\/.*$/, `/agentPools/${pool}`);
  if (world.withId(poolId) !== undefined) return undefined;
  return new CloudError("AgentPoolNotFound", `The agent pool '${pool}' does not exist in this registry.`);
};

/** Registries, their tasks, and GitHub's way in. Source: Container Registry and managed identity references, 2026-11-21. */
export const azureImages: RuleTable = {
  [registryType]: {
    id: registry,
    autoName: "registryName",
    nameForm: (name) => name.replace(/[^a-zA-Z0-9]/g, "").slice(-50),
    checks: [
      form("registryName", /^[a-zA-Z0-9]{5,50}$/, "5 to 50 letters and digits", "InvalidResourceName"),
      oneOf("sku.name", ["Basic", "Standard", "Premium"], "InvalidSku"),
      oneOf("publicNetworkAccess", ["Enabled", "Disabled"], "InvalidRequestContent"),
      oneOf("zoneRedundancy", ["Enabled", "Disabled"], "InvalidRequestContent"),
      oneOf("networkRuleBypassOptions", ["AzureServices", "None"], "InvalidRequestContent"),
      oneOf("networkRuleSet.defaultAction", ["Allow", "Deny"], "InvalidRequestContent"),
      between("policies.retentionPolicy.days", 0, 365, "InvalidRetentionPolicy"),
      tierFits,
      refuseWhen(
        "policies",
        (inputs) => isEncrypted(inputs) && statusOf(inputs, "trustPolicy") === "enabled",
        "BlockedForEncryptionEnabledRegistry: content trust is not supported with a key of one's own",
      ),
      refuseWhen(
        "policies",
        (inputs) =>
          statusOf(inputs, "softDeletePolicy") === "enabled" &&
          statusOf(inputs, "retentionPolicy") === "enabled",
        "InvalidPolicy: soft delete and the retention of untagged manifests cannot both be enabled",
      ),
    ],
    // Registry names are taken worldwide: they are host names.
    claims: [
      {
        key: "{registryName}",
        code: "AlreadyInUse",
        sentence: "The registry DNS name {registryName}.azurecr.io is already in use.",
      },
    ],
    refuses: [keyReachable],
    replaceOn: ["location", "zoneRedundancy", "encryption.status"],
    defaults: { adminUserEnabled: false, publicNetworkAccess: "Enabled" },
    outputs: {
      loginServer: ({ inputs }) => `${(text(inputs, "registryName") ?? "").toLowerCase()}.azurecr.io`,
      dataEndpointHostNames: ({ inputs, scope }) =>
        inputs["dataEndpointEnabled"] === true
          ? [
              `${(text(inputs, "registryName") ?? "").toLowerCase()}.${text(inputs, "location") ?? scope.facts["location"] ?? ""}.data.azurecr.io`,
            ]
          : [],
      creationDate: () => "2026-01-01T00:00:00.0000000Z",
      sku: ({ inputs }) => ({ ...object(inputs, "sku"), tier: text(object(inputs, "sku"), "name") }),
      privateEndpointConnections: () => [],
    },
  },
  [poolType]: {
    id: `${registry}/agentPools/{agentPoolName}`,
    autoName: "agentPoolName",
    checks: [
      form(
        "agentPoolName",
        /^[a-zA-Z][a-zA-Z0-9-]{2,19}$/,
        "3 to 20 letters, digits or dashes, starting with a letter",
        "InvalidResourceName",
      ),
      oneOf("tier", ["S1", "S2", "S3", "I6"], "InvalidAgentPoolTier"),
      oneOf("os", ["Linux"], "InvalidAgentPoolOS"),
      between("count", 0, 8, "AgentPoolQuotaExceeded"),
      form(
        "location",
        poolLocations,
        "one in which agent pools are offered: eastus, westeurope, …",
        "LocationNotAvailableForResourceType",
      ),
    ],
    references: [byId("virtualNetworkSubnetResourceId", [subnetType])],
    refuses: [
      ({ id }, world) =>
        tierOfRegistry(id, world) === "Premium"
          ? undefined
          : new CloudError("SkuNotSupported", "Agent pools are not supported: the registry is not Premium."),
    ],
    replaceOn: ["location", "tier", "os", "virtualNetworkSubnetResourceId"],
  },
  "azure-native:containerregistry:Task": {
    id: `${registry}/tasks/{taskName}`,
    autoName: "taskName",
    checks: [
      form("taskName", /^[a-zA-Z0-9_-]{5,50}$/, "5 to 50 letters, digits, _ or -", "InvalidResourceName"),
      oneOf("platform.os", ["Linux", "Windows"], "InvalidPlatform"),
      oneOf("platform.architecture", ["amd64", "x86", "386", "arm", "arm64"], "InvalidPlatform"),
      oneOf("status", ["Enabled", "Disabled"], "InvalidRequestContent"),
      oneOf("credentials.sourceRegistry.loginMode", ["None", "Default"], "InvalidRequestContent"),
      between("timeout", 300, 28_800, "InvalidTimeout"),
      taskFile,
      timers,
    ],
    refuses: [poolExists],
    replaceOn: ["location"],
    outputs: { creationDate: () => "2026-01-01T00:00:00.0000000Z" },
  },
};

import { minorOf, minors } from "../catalog/kubernetes";
import { isUnknown, object, objects, text, texts, type Properties } from "../values";
import { poolProblems } from "./azure-pool-checks";
import { blocks, form, oneOf, refuseWhen } from "./checks";
import type { Check, Problem } from "./contract";

const invalid = "InvalidParameter";

/** The plugin, and the policy engine, that Azure makes itself. */
const own = "azure";

const version: Check = function* (inputs) {
  const given = text(inputs, "kubernetesVersion");
  if (given !== undefined && !minors.aks.includes(minorOf(given) ?? ""))
    yield {
      property: "kubernetesVersion",
      reason: `K8sVersionNotSupported: Managed cluster is on version ${given}, which is not supported; minors offered: ${minors.aks.join(", ")}`,
    };
};

const pools: Check = function* (inputs) {
  const given: unknown = inputs["agentPoolProfiles"];
  const problem = (reason: string): Problem => ({
    property: "agentPoolProfiles",
    reason: `${invalid}: ${reason}`,
  });
  if (isUnknown(given)) return;
  const profiles = objects(inputs, "agentPoolProfiles");
  if (profiles.length === 0 && text(object(inputs, "sku"), "name") !== "Automatic")
    yield problem("at least one agent pool is needed");
  if (profiles.length > 0 && !profiles.some((pool) => text(pool, "mode") === "System"))
    yield problem("there must be at least one system agent pool (mode System)");
  for (const pool of profiles) {
    const name = text(pool, "name");
    if (name !== undefined && !/^[a-z][a-z0-9]{0,11}$/.test(name))
      yield problem(
        `pool name '${name}' must be 1 to 12 lower-case letters or digits, starting with a letter`,
      );
    yield* poolProblems(pool);
  }
};

function* networkProblems(inputs: Properties): Iterable<Problem> {
  const profile = object(inputs, "networkProfile");
  const [plugin, policy] = [text(profile, "networkPlugin"), text(profile, "networkPolicy")];
  const [dataplane, mode] = [text(profile, "networkDataplane"), text(profile, "networkPluginMode")];
  const problem = (reason: string): Problem => ({
    property: "networkProfile",
    reason: `${invalid}: ${reason}`,
  });
  if (policy === "cilium" && dataplane !== "cilium")
    yield problem("networkPolicy cilium needs networkDataplane cilium");
  if (dataplane === "cilium" && policy !== undefined && !["cilium", "none"].includes(policy))
    yield problem(`networkDataplane cilium needs networkPolicy cilium, not ${policy}`);
  if (dataplane === "cilium" && plugin !== own)
    yield problem("networkDataplane cilium needs networkPlugin azure");
  if (mode === "overlay" && plugin !== own)
    yield problem("networkPluginMode overlay needs networkPlugin azure");
  if (policy === own && plugin === "kubenet") yield problem("networkPolicy azure needs networkPlugin azure");
  if (text(profile, "podCidr") !== undefined && plugin === own && mode !== "overlay")
    yield problem("podCidr is for networkPluginMode overlay");
}

const identities: Check = function* (inputs) {
  const identity = object(inputs, "identity");
  const assigned = identity["userAssignedIdentities"];
  const type = text(identity, "type");
  const problem = (property: string, reason: string): Problem => ({
    property,
    reason: `${invalid}: ${reason}`,
  });
  if (type === "UserAssigned" && assigned === undefined)
    yield problem("identity", "identity type UserAssigned needs userAssignedIdentities");
  if (object(inputs, "identityProfile")["kubeletidentity"] !== undefined && type !== "UserAssigned")
    yield problem("identityProfile", "a kubelet identity of your own needs identity type UserAssigned");
  const zone = text(object(inputs, "apiServerAccessProfile"), "privateDNSZone");
  if (zone !== undefined && !/^(system|none)$/i.test(zone) && type !== "UserAssigned")
    yield problem(
      "apiServerAccessProfile",
      "a private DNS zone of your own needs identity type UserAssigned",
    );
};

const access: Check = function* (inputs) {
  const profile = object(inputs, "apiServerAccessProfile");
  const problem = (reason: string): Problem => ({ property: "apiServerAccessProfile", reason });
  const ranges = texts(profile, "authorizedIPRanges");
  if (profile["enablePrivateCluster"] === true && ranges.length > 0)
    yield problem(`${invalid}: Authorized IP ranges is not supported for private cluster`);
  if (profile["enablePrivateCluster"] !== true && profile["privateDNSZone"] !== undefined)
    yield problem(`${invalid}: privateDNSZone is for private clusters`);
  const aad = object(inputs, "aadProfile");
  if (inputs["disableLocalAccounts"] === true && aad["managed"] !== true)
    yield {
      property: "disableLocalAccounts",
      reason: `${invalid}: disableLocalAccounts needs aadProfile.managed`,
    };
  if (aad["enableAzureRBAC"] === true && aad["managed"] !== true)
    yield { property: "aadProfile", reason: `${invalid}: enableAzureRBAC needs aadProfile.managed` };
};

/** What AKS refuses of a cluster whatever else there is. */

/** Source: the SDK's documentation of the autoscaler profile, 2026-11-21. */
const inMinutes = [
  "maxNodeProvisionTime",
  "scaleDownDelayAfterAdd",
  "scaleDownDelayAfterDelete",
  "scaleDownDelayAfterFailure",
  "scaleDownUnneededTime",
  "scaleDownUnreadyTime",
].map((property) => form(`autoScalerProfile.${property}`, /^\d+m$/, "whole minutes, such as 10m", invalid));

export const aksChecks: readonly Check[] = [
  ...inMinutes,
  form(
    "resourceName",
    /^[a-zA-Z0-9]([\w-]{0,61}[a-zA-Z0-9])?$/,
    "1 to 63 letters, digits, _ or -",
    "InvalidResourceName",
  ),
  form(
    "dnsPrefix",
    /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,52}[a-zA-Z0-9])?$/,
    "1 to 54 letters, digits or dashes",
    "InvalidDnsPrefix",
  ),
  form("nodeResourceGroup", /^[-\w.()]{0,79}[-\w()]$/, "1 to 80 letters, digits or -_.()", invalid),
  oneOf("sku.tier", ["Free", "Standard", "Premium"], invalid),
  oneOf("sku.name", ["Base", "Automatic"], invalid),
  oneOf("supportPlan", ["KubernetesOfficial", "AKSLongTermSupport"], invalid),
  oneOf("identity.type", ["SystemAssigned", "UserAssigned", "None"], invalid),
  oneOf("autoUpgradeProfile.upgradeChannel", ["rapid", "stable", "patch", "node-image", "none"], invalid),
  oneOf(
    "autoUpgradeProfile.nodeOSUpgradeChannel",
    ["None", "Unmanaged", "NodeImage", "SecurityPatch"],
    invalid,
  ),
  oneOf("networkProfile.networkPlugin", ["azure", "kubenet", "none"], invalid),
  oneOf("networkProfile.networkPolicy", ["azure", "calico", "cilium", "none"], invalid),
  oneOf("networkProfile.networkDataplane", ["azure", "cilium"], invalid),
  oneOf("networkProfile.loadBalancerSku", ["standard"], invalid),
  oneOf(
    "networkProfile.outboundType",
    ["loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none", "block"],
    invalid,
  ),
  blocks("networkProfile.serviceCidr", 8, 28, invalid),
  blocks("networkProfile.podCidr", 8, 28, invalid),
  blocks("apiServerAccessProfile.authorizedIPRanges[]", 0, 32, invalid),
  refuseWhen(
    "securityProfile",
    (inputs) =>
      object(object(inputs, "securityProfile"), "workloadIdentity")["enabled"] === true &&
      object(inputs, "oidcIssuerProfile")["enabled"] !== true,
    `${invalid}: workload identity needs oidcIssuerProfile.enabled`,
  ),
  refuseWhen(
    "supportPlan",
    (inputs) =>
      text(inputs, "supportPlan") === "AKSLongTermSupport" &&
      text(object(inputs, "sku"), "tier") !== "Premium",
    `${invalid}: supportPlan AKSLongTermSupport needs sku.tier Premium`,
  ),
  refuseWhen(
    "identity",
    (inputs) => inputs["identity"] === undefined && inputs["servicePrincipalProfile"] === undefined,
    `${invalid}: a cluster needs an identity or a service principal`,
  ),
  version,
  pools,
  networkProblems,
  identities,
  access,
];

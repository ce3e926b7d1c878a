import { contains, overlaps, parseBlock } from "../cidr";
import { defaultMinors, minorOf, minorsBetween } from "../catalog/kubernetes";
import { CloudError } from "../cloud-error";
import { hex, list, object, objects, text, texts, uuid, type Properties } from "../values";
import { keyOf, type World } from "../world";
import { aksChecks } from "./azure-aks-checks";
import { byId } from "./azure-network";
import { aksType, locationOf, quotaRefusal, skuRefusal, subnetsOf, unchangeable } from "./azure-pools";
import { identityType } from "./azure-security";
import type { RuleTable, Subject, WorldCheck } from "./contract";

const subnetType = "azure-native:network:Subnet";
const workspaceType = "azure-native:operationalinsights:Workspace";

const poolsOf = (inputs: Properties): readonly Properties[] => objects(inputs, "agentPoolProfiles");

const upgradesByOne: WorldCheck = (subject, world) => {
  const before = world.get(keyOf({ type: subject.type, scope: subject.scope.key, id: subject.id }));
  const from = minorOf(text(before?.outputs ?? {}, "currentKubernetesVersion") ?? "");
  const to = minorOf(text(subject.inputs, "kubernetesVersion") ?? "");
  if (from === undefined || to === undefined) return undefined;
  const step = minorsBetween(from, to);
  if (step === 0 || step === 1) return undefined;
  const back = step < 0;
  return new CloudError(
    back ? "OperationNotAllowed" : "AgentPoolUpgradeVersionNotAllowed",
    `Upgrading Kubernetes version ${from} to ${to} is not allowed: a cluster ${back ? "never moves back" : "moves up one minor at a time"}.`,
  );
};

const oneNetwork: WorldCheck = ({ inputs }) => {
  const networks = subnetsOf(poolsOf(inputs)).map((id) => id.replace(/\/subnets\/[^/]+$/i, "").toLowerCase());
  if (new Set(networks).size <= 1) return undefined;
  return new CloudError(
    "InvalidParameter",
    "All agent pools of a cluster must lie in the same virtual network.",
  );
};

const servicesApart: WorldCheck = ({ inputs }, world) => {
  const services = parseBlock(text(object(inputs, "networkProfile"), "serviceCidr") ?? "10.0.0.0/16");
  for (const id of subnetsOf(poolsOf(inputs))) {
    const subnet = world.withId(id)?.inputs ?? {};
    const range = parseBlock(text(subnet, "addressPrefix") ?? texts(subnet, "addressPrefixes")[0] ?? "");
    if (services === undefined || range === undefined || !overlaps(services, range)) continue;
    return new CloudError(
      "ServiceCidrOverlapExistingSubnetsCidr",
      `The specified service CIDR ${services.cidr} is conflicted with an existing subnet CIDR ${range.cidr}.`,
    );
  }
  return undefined;
};

/** Outbound traffic over the subnet's own gateway needs a gateway there. */
const gatewayPresent: WorldCheck = ({ inputs }, world) => {
  if (text(object(inputs, "networkProfile"), "outboundType") !== "userAssignedNATGateway") return undefined;
  const without = subnetsOf(poolsOf(inputs)).find(
    (id) => object(world.withId(id)?.inputs ?? {}, "natGateway")["id"] === undefined,
  );
  if (without === undefined && subnetsOf(poolsOf(inputs)).length > 0) return undefined;
  return new CloudError(
    "OutboundTypeNATGatewaySubnet",
    `outboundType userAssignedNATGateway needs a NAT gateway on the subnet of every pool; ${without ?? "the cluster's own network"} has none.`,
  );
};

const dnsInside: WorldCheck = ({ inputs }) => {
  const profile = object(inputs, "networkProfile");
  const [services, dns] = [parseBlock(text(profile, "serviceCidr") ?? ""), text(profile, "dnsServiceIP")];
  const address = parseBlock(`${dns ?? ""}/32`);
  if (services === undefined || address === undefined || contains(services, address)) return undefined;
  return new CloudError(
    "ServiceCidrInvalid",
    `dnsServiceIP ${String(dns)} must lie in serviceCidr ${services.cidr}.`,
  );
};

function patchOf({ inputs, type, scope, id }: Subject, world: World): string {
  const wanted = text(inputs, "kubernetesVersion");
  if (wanted !== undefined && /^\d+\.\d+\.\d+$/.test(wanted)) return wanted;
  const before = text(
    world.get(keyOf({ type, scope: scope.key, id }))?.outputs ?? {},
    "currentKubernetesVersion",
  );
  const minor = wanted ?? minorOf(before ?? "") ?? defaultMinors.aks;
  return minorOf(before ?? "") === minor ? (before ?? "") : `${minor}.3`;
}

const nodeGroupName = (subject: Subject, world: World): string =>
  text(subject.inputs, "nodeResourceGroup") ??
  `MC_${text(subject.inputs, "resourceGroupName") ?? ""}_${text(subject.inputs, "resourceName") ?? ""}_${locationOf(subject, world)}`;

function hostOf(subject: Subject, world: World): string {
  const prefix = text(subject.inputs, "dnsPrefix") ?? text(subject.inputs, "resourceName") ?? "";
  return `${prefix}-${hex(subject.seed, 8)}.hcp.${locationOf(subject, world)}.azmk8s.io`;
}

function principal(seed: string, what: string): Properties {
  return { clientId: uuid(`client ${what} ${seed}`), objectId: uuid(`object ${what} ${seed}`) };
}

function identityProfileOf(subject: Subject, world: World): Properties {
  const given = text(object(object(subject.inputs, "identityProfile"), "kubeletidentity"), "resourceId");
  const item = given === undefined ? undefined : world.withId(given);
  if (item !== undefined) {
    const { clientId, principalId } = item.outputs;
    return { kubeletidentity: { resourceId: given, clientId, objectId: principalId } };
  }
  const { subscriptionId = "" } = subject.scope.facts;
  const name = `${text(subject.inputs, "resourceName") ?? ""}-agentpool`;
  const resourceId = `/subscriptions/${subscriptionId}/resourceGroups/${nodeGroupName(subject, world)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  return { kubeletidentity: { resourceId, ...principal(subject.seed, "kubelet") } };
}

/** Identities that a cluster's own add-ons get. */
function addonsOf({ inputs, seed }: Subject): Properties {
  const addons = Object.entries(object(inputs, "addonProfiles")).map(([name, value]) => {
    const addon = value as Properties;
    return [name, addon["enabled"] === true ? { ...addon, identity: principal(seed, name) } : addon] as const;
  });
  return Object.fromEntries(addons);
}

function identityOf({ inputs, scope, seed }: Subject): unknown {
  if (inputs["identity"] === undefined) return undefined;
  const given = object(inputs, "identity");
  const system = text(given, "type") === "SystemAssigned";
  const own = { principalId: uuid(`principal ${seed}`), tenantId: scope.facts["tenantId"] };
  return system ? { ...given, ...own } : given;
}

/** AKS clusters. Source: AKS REST API reference and documentation, 2026-11-21. */
export const azureAks: RuleTable = {
  [aksType]: {
    id: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters/{resourceName}",
    autoName: "resourceName",
    checks: aksChecks,
    references: [
      byId("agentPoolProfiles[].vnetSubnetID", [subnetType]),
      byId("agentPoolProfiles[].podSubnetID", [subnetType]),
      byId("diskEncryptionSetID", ["azure-native:compute:DiskEncryptionSet"]),
      byId("identityProfile.kubeletidentity.resourceId", [identityType]),
      byId("identity.userAssignedIdentities[]", [identityType]),
      byId("addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID", [workspaceType], false),
      byId("securityProfile.defender.logAnalyticsWorkspaceResourceId", [workspaceType], false),
      byId("securityProfile.azureKeyVaultKms.keyVaultResourceId", ["azure-native:keyvault:Vault"], false),
      {
        ...byId("apiServerAccessProfile.privateDNSZone", ["azure-native:privatedns:PrivateZone"], false),
        provided: /^(system|none)$/i,
      },
    ],
    refuses: [
      upgradesByOne,
      oneNetwork,
      servicesApart,
      gatewayPresent,
      dnsInside,
      unchangeable([
        "dnsPrefix",
        "nodeResourceGroup",
        "diskEncryptionSetID",
        "networkProfile.serviceCidr",
        "networkProfile.dnsServiceIP",
        "apiServerAccessProfile.enablePrivateCluster",
        "enableRBAC",
      ]),
      (subject, world) => skuRefusal(poolsOf(subject.inputs), locationOf(subject, world)),
      (subject, world) => quotaRefusal(subject, poolsOf(subject.inputs), world),
    ],
    replaceOn: ["location", "extendedLocation"],
    defaults: {
      enableRBAC: true,
      supportPlan: "KubernetesOfficial",
      sku: { name: "Base", tier: "Free" },
    },
    outputs: {
      kubernetesVersion: (subject, world) => subject.inputs["kubernetesVersion"] ?? patchOf(subject, world),
      currentKubernetesVersion: patchOf,
      fqdn: (subject, world) =>
        object(subject.inputs, "apiServerAccessProfile")["enablePrivateClusterPublicFQDN"] === false
          ? ""
          : hostOf(subject, world),
      privateFQDN: (subject, world) =>
        object(subject.inputs, "apiServerAccessProfile")["enablePrivateCluster"] === true
          ? hostOf(subject, world).replace(".hcp.", `.${uuid(`zone ${subject.seed}`)}.privatelink.`)
          : "",
      azurePortalFQDN: (subject, world) => hostOf(subject, world).replace(".hcp.", ".portal.hcp."),
      nodeResourceGroup: nodeGroupName,
      maxAgentPools: () => 100,
      powerState: () => ({ code: "Running" }),
      resourceUID: ({ seed }) => hex(`uid ${seed}`, 24),
      addonProfiles: addonsOf,
      identity: identityOf,
      identityProfile: identityProfileOf,
      agentPoolProfiles: (subject, world) =>
        list(subject.inputs, "agentPoolProfiles").map((pool) => ({
          ...(pool as Properties),
          currentOrchestratorVersion: patchOf(subject, world),
          provisioningState: "Succeeded",
        })),
      oidcIssuerProfile: (subject, world) => {
        const given = object(subject.inputs, "oidcIssuerProfile");
        if (given["enabled"] !== true) return { enabled: false };
        const tenant = subject.scope.facts["tenantId"] ?? "";
        const issuerURL = `https://${locationOf(subject, world)}.oic.prod-aks.azure.com/${tenant}/${uuid(`issuer ${subject.seed}`)}/`;
        return { ...given, issuerURL };
      },
    },
    // Azure deletes the pools and schedules of a cluster with it.
    takesAlong: [
      "azure-native:containerservice:AgentPool",
      "azure-native:containerservice:MaintenanceConfiguration",
    ],
  },
};

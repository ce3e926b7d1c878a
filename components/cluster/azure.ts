import * as containerservice from "@pulumi/azure-native/containerservice";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { overlay } from "../network/plan";
import { createIdentities, type Identities, letDeployerIn } from "./azure-access";
import { clusterKey, type ClusterKey, createDiskEncryption } from "./azure-key";
import { known } from "../core/known";
import { createLogs, createNodeLogs, createWorkspace } from "./azure-logs";
import { createNodePools, spotTaint, systemPool } from "./azure-nodes";
import { createMaintenance } from "./azure-maintenance";
import type { ClusterArgs, ClusterDrivers } from "./contract";
import { kubeconfig } from "./kubeconfig";

/** Azure Kubernetes Service, with a system pool that holds only what the cluster itself needs. */
export const azure: ClusterDrivers["azure"] = (context, args) => {
  const { name, settings, tags, child, physicalName } = context;
  const { name: resourceGroupName } = new resources.ResourceGroup(
    `${name}-group`,
    {
      resourceGroupName: physicalName("cluster", nameRules.azureResourceGroup),
      location: settings.location,
      tags,
    },
    child,
  );
  const subnetId = args.network.privateSubnetIds.apply(([first]) => first ?? "");
  const controlPlaneSubnetId = known(
    args.network.controlPlaneSubnetId,
    "an Azure cluster needs a subnet for its API server (network.existing.controlPlaneSubnetId)",
  );
  const key = clusterKey(args.key);
  const diskEncryptionSetId = createDiskEncryption(context, resourceGroupName, key);
  const places = { resourceGroupName, subnetId, controlPlaneSubnetId, key, diskEncryptionSetId };
  const identities = createIdentities(context, places);
  const workspaceId = createWorkspace(context, resourceGroupName, args.logDays);
  const cluster = createCluster(context, { ...args, ...places, workspaceId, identities });
  createNodePools(context, { ...args, resourceGroupName, subnetId, cluster });
  createMaintenance(context, resourceGroupName, cluster.name);
  createLogs(context, cluster.id, workspaceId);
  createNodeLogs(context, { resourceGroupName, clusterId: cluster.id, workspaceId });
  if (args.admins.length === 0) letDeployerIn(context, cluster.id);
  return {
    ...access(context, cluster, resourceGroupName),
    nodeIdentityId: identities.nodes.principalId,
    pools: pools(args),
  };
};

interface Parts extends Omit<ClusterArgs, "key"> {
  readonly key: ClusterKey;
  readonly controlPlaneSubnetId: pulumi.Output<string>;
  readonly resourceGroupName: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  readonly diskEncryptionSetId: pulumi.Output<string>;
  readonly workspaceId: pulumi.Output<string>;
  readonly identities: Identities;
}

function createCluster(context: DriverContext<"azure">, parts: Parts): containerservice.ManagedCluster {
  const { name, settings, environment, tags, stateful, physicalName } = context;
  const { identities, resourceGroupName } = parts;
  const clusterName = physicalName("cluster", nameRules.aksCluster);
  return new containerservice.ManagedCluster(
    name,
    {
      resourceName: clusterName,
      resourceGroupName,
      location: settings.location,
      dnsPrefix: clusterName.apply((text) => text.slice(0, 54)),
      nodeResourceGroup: pulumi.interpolate`${resourceGroupName}-nodes`,
      kubernetesVersion: parts.version,
      sku: { name: "Base", tier: "Standard" },
      supportPlan: "KubernetesOfficial",
      identity: { type: "UserAssigned", userAssignedIdentities: [identities.controlPlane.id] },
      identityProfile: {
        kubeletidentity: {
          resourceId: identities.nodes.id,
          clientId: identities.nodes.clientId,
          objectId: identities.nodes.principalId,
        },
      },
      agentPoolProfiles: [systemPool(environment, { ...parts, tags })],
      autoScalerProfile,
      networkProfile,
      apiServerAccessProfile: apiServerAccess(parts),
      ...securitySettings(parts),
      tags,
    },
    // Pools that are resources of their own show up in the cluster's list as well, and its counts are the autoscaler's.
    { ...stateful, ignoreChanges: ["agentPoolProfiles"], dependsOn: [...identities.ready] },
  );
}

/**
 * For batch work: packed tightly, patient with training jobs, and never stuck on local storage. Azure takes whole minutes
 * only, but for the scan and the delay of new pods.
 */
const autoScalerProfile = {
  balanceSimilarNodeGroups: "true",
  expander: "least-waste",
  maxGracefulTerminationSec: "600",
  maxNodeProvisionTime: "15m",
  newPodScaleUpDelay: "0s",
  scaleDownDelayAfterAdd: "10m",
  scaleDownDelayAfterDelete: "10m",
  scaleDownDelayAfterFailure: "10m",
  scaleDownUnneededTime: "10m",
  scaleDownUnreadyTime: "20m",
  scaleDownUtilizationThreshold: "0.5",
  scanInterval: "10s",
  skipNodesWithLocalStorage: "false",
  skipNodesWithSystemPods: "true",
};

/** Out goes what must by the NAT gateways that hang on the network's own subnets. */
const networkProfile = {
  networkPlugin: "azure",
  networkPluginMode: "overlay",
  networkDataplane: "cilium",
  networkPolicy: "cilium",
  loadBalancerSku: "standard",
  outboundType: "userAssignedNATGateway",
  podCidr: overlay.pods,
  serviceCidr: overlay.services,
  dnsServiceIP: overlay.dns,
};

/**
 * The API server has its address in the network, where it reaches the key's vault too. Azure takes a private cluster or
 * a list of ranges that may reach it over the internet, never both.
 */
function apiServerAccess({ endpointAccess, controlPlaneSubnetId }: Parts) {
  const inside = { enableVnetIntegration: true, subnetId: controlPlaneSubnetId, disableRunCommand: true };
  return endpointAccess.length > 0
    ? { ...inside, enablePrivateCluster: false, authorizedIPRanges: endpointAccess }
    : {
        ...inside,
        enablePrivateCluster: true,
        enablePrivateClusterPublicFQDN: false,
        privateDNSZone: "system",
      };
}

function securitySettings({ admins, key, diskEncryptionSetId, workspaceId }: Parts) {
  return {
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: admins },
    oidcIssuerProfile: { enabled: true },
    diskEncryptionSetID: diskEncryptionSetId,
    securityProfile: {
      azureKeyVaultKms: {
        enabled: true,
        keyId: key.versionId,
        keyVaultNetworkAccess: "Private",
        keyVaultResourceId: key.vaultId,
      },
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 168 },
      defender: { logAnalyticsWorkspaceResourceId: workspaceId, securityMonitoring: { enabled: true } },
    },
    addonProfiles: {
      azurepolicy: { enabled: true },
      omsagent: {
        enabled: true,
        config: { logAnalyticsWorkspaceResourceID: workspaceId, useAADAuth: "true" },
      },
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
      },
    },
    autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      blobCSIDriver: { enabled: true },
      snapshotController: { enabled: true },
    },
  };
}

/** Application id of Azure's own Entra server for AKS, the same in every tenant (kubelogin documentation, 2026-11-21). */
const serverId = "6dae42f8-4368-4678-94ff-3960e28e3630";

function access(
  { child, settings }: DriverContext<"azure">,
  cluster: containerservice.ManagedCluster,
  resourceGroupName: pulumi.Output<string>,
) {
  const { name: clusterName } = cluster;
  const host = pulumi
    .all([
      cluster.privateFQDN as pulumi.Output<string | undefined>,
      cluster.fqdn as pulumi.Output<string | undefined>,
    ])
    .apply(([inside, outside]) => inside ?? outside ?? "");
  const endpoint = pulumi.interpolate`https://${host}:443`;
  const issuer = cluster.oidcIssuerProfile.apply((profile) => profile?.issuerURL ?? "");
  const credentials = containerservice.listManagedClusterUserCredentialsOutput(
    { resourceGroupName, resourceName: clusterName, format: "exec" },
    child,
  );
  return {
    clusterName,
    endpoint,
    version: cluster.currentKubernetesVersion,
    kubeconfig: kubeconfig({
      clusterName,
      endpoint,
      certificateAuthority: credentials.kubeconfigs.apply(([first]) => authorityOf(first?.value ?? "")),
      login: {
        command: "kubelogin",
        args: ["get-token", "--login", "azurecli", "--server-id", serverId],
        installHint: "Install kubelogin with `az aks install-cli`.",
      },
    }),
    setupCommand: pulumi.interpolate`az aks get-credentials --subscription ${settings.subscriptionId} --resource-group ${resourceGroupName} --name ${clusterName} && kubelogin convert-kubeconfig -l azurecli`,
    oidcIssuer: issuer,
    identityRealm: issuer,
  };
}

interface Kubeconfig {
  readonly clusters?: readonly { readonly cluster?: Readonly<Record<string, string>> }[];
}

/** The authority's certificate in a kubeconfig as Azure hands it out, base64 around YAML. */
function authorityOf(encoded: string): string {
  const config = parse(Buffer.from(encoded, "base64").toString("utf8")) as Kubeconfig | null;
  return config?.clusters?.[0]?.cluster?.["certificate-authority-data"] ?? "";
}

function pools({ pools: plans }: ClusterArgs) {
  return plans.map(({ name, labels, taints, capacity }) => ({
    name,
    labels,
    taints: capacity === "spot" ? [...taints, spotTaint] : taints,
  }));
}

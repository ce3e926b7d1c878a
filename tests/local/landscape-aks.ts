import type { Properties } from "../../local/values";
import type { Passing } from "./rule-tables";

const inGroup = { resourceGroupName: "ml" };
const tenantId = "11111111-2222-3333-4444-555555555555";
const clusterType = "azure-native:containerservice:ManagedCluster";
const poolType = "azure-native:containerservice:AgentPool";
export const system = { name: "system", mode: "System", vmSize: "Standard_D4ds_v5", count: 1 };

/** What a cluster on Azure is made of. */
export const aksLandscape: readonly Passing[] = [
  ["group", "azure-native:resources:ResourceGroup", { resourceGroupName: "ml", location: "eastus" }],
  [
    "net",
    "azure-native:network:VirtualNetwork",
    { ...inGroup, virtualNetworkName: "net", addressSpace: { addressPrefixes: ["10.1.0.0/16"] } },
  ],
  [
    "nodes",
    "azure-native:network:Subnet",
    { ...inGroup, virtualNetworkName: "net", subnetName: "nodes", addressPrefix: "10.1.0.0/20" },
  ],
  [
    "vault",
    "azure-native:keyvault:Vault",
    {
      ...inGroup,
      vaultName: "mlvault",
      properties: { tenantId, sku: { family: "A", name: "standard" }, enablePurgeProtection: true },
    },
  ],
  [
    "loose",
    "azure-native:keyvault:Vault",
    { ...inGroup, vaultName: "loose", properties: { tenantId, sku: { family: "A", name: "standard" } } },
  ],
  [
    "identity",
    "azure-native:managedidentity:UserAssignedIdentity",
    { ...inGroup, resourceName: "ml-cluster" },
  ],
  [
    "logs",
    "azure-native:operationalinsights:Workspace",
    { ...inGroup, workspaceName: "ml-logs", sku: { name: "PerGB2018" }, retentionInDays: 30 },
  ],
  [
    "disks",
    "azure-native:compute:DiskEncryptionSet",
    ({ vault, identity }) => ({
      ...inGroup,
      diskEncryptionSetName: "disks",
      encryptionType: "EncryptionAtRestWithCustomerKey",
      activeKey: { keyUrl: "https://mlvault.vault.azure.net/keys/platform", sourceVault: { id: vault!.id } },
      rotationToLatestKeyVersionEnabled: true,
      identity: { type: "UserAssigned", userAssignedIdentities: [identity!.id] },
    }),
  ],
  [
    "cluster",
    clusterType,
    ({ identity, disks, logs, nodes }) => ({
      ...inGroup,
      resourceName: "ml",
      dnsPrefix: "ml",
      kubernetesVersion: "1.35",
      identity: { type: "UserAssigned", userAssignedIdentities: [identity!.id] },
      diskEncryptionSetID: disks!.id,
      addonProfiles: {
        omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: logs!.id } },
      },
      agentPoolProfiles: [{ ...system, vnetSubnetID: nodes!.id }],
      networkProfile: {
        ...{
          networkPlugin: "azure",
          networkPluginMode: "overlay",
          networkDataplane: "cilium",
          networkPolicy: "cilium",
        },
        ...{ serviceCidr: "172.16.0.0/16", dnsServiceIP: "172.16.0.10", podCidr: "192.168.0.0/16" },
      },
      apiServerAccessProfile: { enablePrivateCluster: true },
      oidcIssuerProfile: { enabled: true },
      securityProfile: { workloadIdentity: { enabled: true } },
    }),
  ],
  [
    "gpu",
    poolType,
    {
      ...{ ...inGroup, resourceName: "ml", agentPoolName: "gpu", mode: "User" },
      ...{ vmSize: "Standard_NC4as_T4_v3", enableAutoScaling: true, minCount: 0, maxCount: 3, count: 0 },
      nodeTaints: ["nvidia.com/gpu=true:NoSchedule"],
      nodeLabels: { workload: "training" },
    },
  ],
  [
    "window",
    "azure-native:containerservice:MaintenanceConfiguration",
    {
      ...{ ...inGroup, resourceName: "ml", configName: "aksManagedAutoUpgradeSchedule" },
      maintenanceWindow: {
        ...{ durationHours: 4, startTime: "03:00", utcOffset: "+00:00" },
        schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
      },
    },
  ],
  [
    "train",
    "azure-native:managedidentity:FederatedIdentityCredential",
    ({ cluster }) => ({
      ...{ ...inGroup, resourceName: "ml-cluster", federatedIdentityCredentialResourceName: "train" },
      issuer: (cluster!.state["oidcIssuerProfile"] as Properties)["issuerURL"],
      subject: "system:serviceaccount:ml:train",
      audiences: ["api://AzureADTokenExchange"],
    }),
  ],
];

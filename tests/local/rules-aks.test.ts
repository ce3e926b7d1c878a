import { azureAks } from "../../local/rules/azure-aks";
import { azureClusterServices } from "../../local/rules/azure-cluster-services";
import { azurePools } from "../../local/rules/azure-pools";
import type { Properties } from "../../local/values";
import { describeRules, type Failing } from "./rule-tables";
import { system, aksLandscape } from "./landscape-aks";

const cluster = (change: Properties): Properties => ({ resourceName: "x", dnsPrefix: "x", ...change });
const first = (change: Properties): Properties => cluster({ agentPoolProfiles: [{ ...system, ...change }] });
const pool = (change: Properties): Properties => ({ agentPoolName: "x", ...change });

const failing: readonly Failing[] = [
  ["cluster", { resourceName: "x".repeat(64) }, /1 to 63 letters/],
  ["cluster", cluster({ kubernetesVersion: "1.20" }), /K8sVersionNotSupported.*1\.20/],
  ["cluster", cluster({ agentPoolProfiles: [] }), /at least one agent pool/],
  [
    "cluster",
    cluster({ autoScalerProfile: { scaleDownDelayAfterDelete: "10s" } }),
    /scaleDownDelayAfterDelete '10s': it must be whole minutes/,
  ],
  ["cluster", first({ mode: "User" }), /at least one system agent pool/],
  ["cluster", first({ scaleSetPriority: "Spot" }), /Spot VMs are not supported in system node pools/],
  ["cluster", first({ name: "System" }), /pool name 'System'/],
  ["cluster", first({ name: "averylongname" }), /pool name 'averylongname'/],
  ["cluster", first({ nodeTaints: ["a=b:NoSchedule"] }), /CriticalAddonsOnly=true:NoSchedule only/],
  [
    "cluster",
    first({ osDiskType: "Ephemeral", osDiskSizeGB: 200 }),
    /150 GiB; an ephemeral OS disk of 200 GiB/,
  ],
  [
    "cluster",
    first({ vmSize: "Standard_NC24ads_A100_v4", availabilityZones: ["3"] }),
    /AvailabilityZoneNotSupported.*'3'.*'1, 2'/,
  ],
  [
    "cluster",
    cluster({
      apiServerAccessProfile: { enablePrivateCluster: true, authorizedIPRanges: ["198.51.100.0/24"] },
    }),
    /not supported for private cluster/,
  ],
  [
    "cluster",
    cluster({ networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" } }),
    /networkPolicy cilium needs networkDataplane cilium/,
  ],
  [
    "cluster",
    cluster({
      networkProfile: { networkPlugin: "azure", networkPolicy: "calico", networkDataplane: "cilium" },
    }),
    /needs networkPolicy cilium, not calico/,
  ],
  [
    "cluster",
    cluster({ networkProfile: { networkPlugin: "kubenet", networkPolicy: "azure" } }),
    /networkPolicy azure needs/,
  ],
  [
    "cluster",
    cluster({
      networkProfile: { networkPlugin: "azure", serviceCidr: "10.1.0.0/24", dnsServiceIP: "10.1.0.10" },
    }),
    /ServiceCidrOverlapExistingSubnetsCidr/,
  ],
  [
    "cluster",
    cluster({
      networkProfile: { networkPlugin: "azure", serviceCidr: "172.16.0.0/16", dnsServiceIP: "10.0.0.10" },
    }),
    /must lie in serviceCidr/,
  ],
  [
    "cluster",
    cluster({
      networkProfile: {
        networkPlugin: "azure",
        serviceCidr: "172.16.0.0/16",
        outboundType: "userAssignedNATGateway",
      },
    }),
    /needs a NAT gateway on the subnet/,
  ],
  [
    "cluster",
    cluster({ oidcIssuerProfile: { enabled: false } }),
    /workload identity needs oidcIssuerProfile/,
  ],
  ["cluster", cluster({ identity: { type: "UserAssigned" } }), /needs userAssignedIdentities/],
  ["cluster", cluster({ disableLocalAccounts: true }), /disableLocalAccounts needs aadProfile\.managed/],
  ["cluster", cluster({ diskEncryptionSetID: "/subscriptions/none" }), /InvalidResourceReference/],
  ["gpu", { agentPoolName: "GPU" }, /1 to 12 lower-case/],
  ["gpu", { agentPoolName: "system" }, /exists already in the cluster's agentPoolProfiles/],
  ["gpu", pool({ vmSize: "Standard_X1" }), /'Standard_X1' does not exist/],
  ["gpu", pool({ minCount: 4 }), /minCount 4 must not be over maxCount 3/],
  ["gpu", pool({ count: 9 }), /count 9 must be from/],
  ["gpu", pool({ enableAutoScaling: false }), /need enableAutoScaling/],
  ["gpu", pool({ nodeTaints: ["gpu"] }), /of the form key=value:NoSchedule/],
  ["gpu", pool({ nodeLabels: { "kubernetes.azure.com/mode": "x" } }), /is reserved/],
  ["gpu", pool({ spotMaxPrice: -1 }), /is for pools with scaleSetPriority Spot/],
  ["gpu", pool({ orchestratorVersion: "1.36" }), /NodePoolMcVersionIncompatible/],
  ["gpu", pool({ resourceName: "none" }), /ParentResourceNotFound/],
  ["window", { configName: "sundays" }, /got sundays/],
  [
    "window",
    { configName: "aksManagedNodeOSUpgradeSchedule", maintenanceWindow: { durationHours: 2, schedule: {} } },
    /\(4 - 24\), got 2/,
  ],
  ["logs", { workspaceName: "ml-2", retentionInDays: 10 }, /at least 30/],
  [
    "disks",
    ({ loose }) => ({
      diskEncryptionSetName: "d2",
      activeKey: { keyUrl: "https://loose.vault.azure.net/keys/k", sourceVault: { id: loose!.id } },
    }),
    /purge protection enabled/,
  ],
  ["disks", { diskEncryptionSetName: "d2", rotationToLatestKeyVersionEnabled: false }, /names no version/],
  [
    "train",
    { federatedIdentityCredentialResourceName: "again" },
    /Issuer and subject combination already exists/,
  ],
  ["train", { federatedIdentityCredentialResourceName: "other", issuer: "http://x" }, /starts with https/],
];

const config = { subscriptionId: "00000000-1111-2222-3333-444444444444", location: "eastus" };
describeRules("azure-native", config, aksLandscape, failing, {
  ...azureAks,
  ...azurePools,
  ...azureClusterServices,
});

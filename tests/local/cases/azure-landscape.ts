import type { Passing } from "../rule-tables";
import { wrapRole, inGroup, rule, policy, aged, after, vault, encryption, link } from "./azure-shapes";

/** One thing of every type that the cloud takes, in an order in which it takes them. */
export const passing: readonly Passing[] = [
  ["group", "azure-native:resources:ResourceGroup", { resourceGroupName: "ml", location: "eastus" }],
  [
    "net",
    "azure-native:network:VirtualNetwork",
    { ...inGroup, virtualNetworkName: "net", addressSpace: { addressPrefixes: ["10.1.0.0/16"] } },
  ],
  [
    "nsg",
    "azure-native:network:NetworkSecurityGroup",
    {
      ...inGroup,
      networkSecurityGroupName: "nsg",
      securityRules: [
        rule("https", 100),
        rule("deny", 4096, {
          access: "Deny",
          protocol: "*",
          sourceAddressPrefix: "*",
          destinationPortRange: "*",
        }),
      ],
    },
  ],
  [
    "extra",
    "azure-native:network:SecurityRule",
    { ...inGroup, networkSecurityGroupName: "nsg", securityRuleName: "ssh", ...rule("ssh", 110) },
  ],
  [
    "address",
    "azure-native:network:PublicIPAddress",
    { ...inGroup, publicIpAddressName: "ip", sku: { name: "Standard" }, publicIPAllocationMethod: "Static" },
  ],
  [
    "nat",
    "azure-native:network:NatGateway",
    ({ address }) => ({
      ...inGroup,
      natGatewayName: "nat",
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: address!.id }],
    }),
  ],
  [
    "nodes",
    "azure-native:network:Subnet",
    ({ nsg, nat }) => ({
      ...inGroup,
      virtualNetworkName: "net",
      subnetName: "nodes",
      addressPrefix: "10.1.0.0/20",
      networkSecurityGroup: { id: nsg!.id },
      natGateway: { id: nat!.id },
    }),
  ],
  [
    "database",
    "azure-native:network:Subnet",
    {
      ...inGroup,
      virtualNetworkName: "net",
      subnetName: "database",
      addressPrefix: "10.1.32.0/24",
      delegations: [{ name: "db", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }],
    },
  ],
  [
    "dns",
    "azure-native:privatedns:PrivateZone",
    { ...inGroup, privateZoneName: "privatelink.blob.core.windows.net", location: "global" },
  ],
  [
    "dns-link",
    "azure-native:privatedns:VirtualNetworkLink",
    ({ net }) => ({
      ...inGroup,
      privateZoneName: "privatelink.blob.core.windows.net",
      virtualNetworkLinkName: "net",
      location: "global",
      virtualNetwork: { id: net!.id },
    }),
  ],
  ["identity", "azure-native:managedidentity:UserAssignedIdentity", { ...inGroup, resourceName: "storage" }],
  ["stranger", "azure-native:managedidentity:UserAssignedIdentity", { ...inGroup, resourceName: "stranger" }],
  ["vault", "azure-native:keyvault:Vault", { ...inGroup, vaultName: "acme-ml", ...vault() }],
  [
    "purgeable",
    "azure-native:keyvault:Vault",
    { ...inGroup, vaultName: "acme-purgeable", ...vault({ enablePurgeProtection: undefined }) },
  ],
  [
    "key",
    "azure-native:keyvault:Key",
    {
      ...inGroup,
      vaultName: "acme-ml",
      keyName: "platform",
      properties: {
        kty: "RSA",
        keySize: 3072,
        rotationPolicy: {
          attributes: { expiryTime: "P1Y" },
          lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P90D" } }],
        },
      },
    },
  ],
  [
    "may-wrap",
    "azure-native:authorization:RoleAssignment",
    ({ identity, key }) => ({
      principalId: identity!.state["principalId"],
      roleDefinitionId: wrapRole,
      principalType: "ServicePrincipal",
      scope: key!.id,
    }),
  ],
  [
    "account",
    "azure-native:storage:StorageAccount",
    ({ identity }) => ({
      ...inGroup,
      accountName: "acmeml",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      allowBlobPublicAccess: false,
      identity: { type: "UserAssigned", userAssignedIdentities: [identity!.id] },
      encryption: encryption("acme-ml", identity!.id),
    }),
  ],
  [
    "zrs",
    "azure-native:storage:StorageAccount",
    {
      ...inGroup,
      accountName: "acmezrs",
      kind: "StorageV2",
      sku: { name: "Standard_ZRS" },
      isHnsEnabled: true,
    },
  ],
  [
    "blobs",
    "azure-native:storage:BlobServiceProperties",
    {
      ...inGroup,
      accountName: "acmeml",
      blobServicesName: "default",
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 7 },
    },
  ],
  [
    "container",
    "azure-native:storage:BlobContainer",
    { ...inGroup, accountName: "acmeml", containerName: "data" },
  ],
  [
    "ageing",
    "azure-native:storage:ManagementPolicy",
    {
      ...inGroup,
      accountName: "acmeml",
      managementPolicyName: "default",
      ...policy(aged({ baseBlob: { tierToCool: after(30), tierToArchive: after(365), delete: after(400) } })),
    },
  ],
  [
    "endpoint",
    "azure-native:network:PrivateEndpoint",
    ({ nodes, account }) => ({
      ...inGroup,
      privateEndpointName: "blob",
      subnet: { id: nodes!.id },
      ...link(account!.id, "blob"),
    }),
  ],
  [
    "endpoint-zone",
    "azure-native:network:PrivateDnsZoneGroup",
    ({ dns }) => ({
      ...inGroup,
      privateEndpointName: "blob",
      privateDnsZoneGroupName: "default",
      privateDnsZoneConfigs: [{ name: "blob", privateDnsZoneId: dns!.id }],
    }),
  ],
  [
    "flows",
    "azure-native:network:FlowLog",
    ({ net, account }) => ({
      resourceGroupName: "NetworkWatcherRG",
      networkWatcherName: "NetworkWatcher_eastus",
      flowLogName: "net",
      targetResourceId: net!.id,
      storageId: account!.id,
      retentionPolicy: { enabled: true, days: 90 },
    }),
  ],
  [
    "audit",
    "azure-native:monitor:DiagnosticSetting",
    ({ account, zrs }) => ({
      name: "audit",
      resourceUri: `${account!.id}/blobServices/default`,
      storageAccountId: zrs!.id,
      logs: [{ category: "StorageRead", enabled: true }],
    }),
  ],
  [
    "lock",
    "azure-native:authorization:ManagementLockByScope",
    ({ account }) => ({ lockName: "keep", level: "CanNotDelete", scope: account!.id }),
  ],
];

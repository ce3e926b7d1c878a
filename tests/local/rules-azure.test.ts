import { azureBlob } from "../../local/rules/azure-blob";
import { azureEgress } from "../../local/rules/azure-egress";
import { azureFirewall } from "../../local/rules/azure-firewall";
import { azureNetwork } from "../../local/rules/azure-network";
import { azurePrivateLink } from "../../local/rules/azure-private-link";
import { azureSecurity } from "../../local/rules/azure-security";
import { azureStorage } from "../../local/rules/azure-storage";
import { describeRules, type Failing, type Passing } from "./rule-tables";

const subscription = "/subscriptions/00000000-1111-2222-3333-444444444444";
const tenantId = "11111111-2222-3333-4444-555555555555";
const wrapRole = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`;
const inGroup = { resourceGroupName: "ml" };
const rule = (name: string, priority: number, more: object = {}): object => ({
  ...{
    name,
    priority,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "10.1.0.0/16",
    sourcePortRange: "*",
  },
  ...{ destinationAddressPrefix: "*", destinationPortRange: "443" },
  ...more,
});
const policy = (...rules: readonly object[]) => ({ policy: { rules } });
const aged = (actions: object, filters: object = { blobTypes: ["blockBlob"] }): object => ({
  name: "age",
  enabled: true,
  type: "Lifecycle",
  definition: { actions, filters },
});
const after = (days: number) => ({ daysAfterModificationGreaterThan: days });
const vault = (more: object = {}) => ({
  properties: { tenantId, sku: { family: "A", name: "standard" }, enablePurgeProtection: true, ...more },
});
const encryption = (vaultName: string, identity: string) => ({
  keySource: "Microsoft.Keyvault",
  keyVaultProperties: { keyVaultUri: `https://${vaultName}.vault.azure.net`, keyName: "platform" },
  encryptionIdentity: { encryptionUserAssignedIdentity: identity },
});
const link = (target: string, groupId: string) => ({
  privateLinkServiceConnections: [{ name: "link", privateLinkServiceId: target, groupIds: [groupId] }],
});

const passing: readonly Passing[] = [
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

const failing: readonly Failing[] = [
  ["group", { resourceGroupName: "ml." }, /InvalidResourceGroupName: invalid resourceGroupName 'ml\.'/],
  ["group", { tags: { "a<b": "x" } }, /InvalidTagNameCharacters: the tag name 'a<b'/],
  ["group", { tags: { a: "x".repeat(257) } }, /InvalidTagValueLength: the tag value has 257 characters/],
  [
    "group",
    { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"])) },
    /51 tags given, 50 allowed/,
  ],
  ["net", { resourceGroupName: "none" }, /ResourceGroupNotFound: Resource group 'none' could not be found/],
  ["net", {}, /Conflict: cannot create already existing resource/],
  ["net", { addressSpace: { addressPrefixes: ["10.1.0.1/16"] } }, /did you mean '10\.1\.0\.0\/16'/],
  [
    "nsg",
    { securityRules: [rule("a", 99)] },
    /SecurityRuleInvalidPriority.*'a': priority 99 must be from 100 to 4096/,
  ],
  [
    "nsg",
    { securityRules: [rule("a", 100), rule("b", 100)] },
    /SecurityRuleConflict: Security rule b conflicts with rule a.*\(100, Inbound\)/,
  ],
  ["nsg", { securityRules: [rule("a", 100), rule("a", 101)] }, /SecurityRuleDuplicateName.*'a'/],
  [
    "nsg",
    { securityRules: [rule("a", 100, { destinationPortRange: "443-80" })] },
    /SecurityRuleInvalidPortRange.*'443-80'/,
  ],
  [
    "nsg",
    { securityRules: [rule("a", 100, { sourceAddressPrefix: "10.1.0.1/16" })] },
    /SecurityRuleInvalidAddressPrefix.*such as 10\.1\.0\.0\/16/,
  ],
  ["nsg", { securityRules: [rule("a", 100, { protocol: "HTTP" })] }, /protocol 'HTTP' must be/],
  [
    "extra",
    { name: "rdp", securityRuleName: "rdp", priority: 100 },
    /SecurityRuleConflict: Security rule rdp conflicts with rule https/,
  ],
  ["extra", { networkSecurityGroupName: "none" }, /ParentResourceNotFound/],
  ["address", { publicIPAllocationMethod: "Dynamic" }, /MustBeStatic/],
  ["address", { sku: undefined }, /Basic public IP addresses are retired/],
  ["nat", { natGatewayName: "nat2" }, /PublicIPAddressInUse/],
  [
    "nat",
    { natGatewayName: "nat2", publicIpAddresses: [{ id: `${subscription}/none` }] },
    /InvalidResourceReference: Resource .*none referenced by this resource was not found/,
  ],
  ["nat", { zones: ["1", "2"] }, /NatGatewayWithMultipleZonesNotAllowed/],
  [
    "nodes",
    { subnetName: "s", addressPrefix: "10.2.0.0/24" },
    /NetcfgInvalidSubnet: Subnet 's'.*10\.2\.0\.0\/24 is not in the address space 10\.1\.0\.0\/16/,
  ],
  [
    "nodes",
    { subnetName: "s", addressPrefix: "10.1.8.0/24" },
    /NetcfgSubnetRangesOverlap: Subnet 's'.*overlaps with that of subnet 'nodes'/,
  ],
  [
    "nodes",
    { subnetName: "s", addressPrefix: "10.1.64.0/24", virtualNetworkName: "none" },
    /ParentResourceNotFound/,
  ],
  [
    "nodes",
    { subnetName: "AzureBastionSubnet", addressPrefix: "10.1.64.0/27" },
    /AzureBastionSubnet with prefix 10\.1\.64\.0\/27 is too small: it must be \/26 or larger/,
  ],
  [
    "nodes",
    { subnetName: "AzureBastionSubnet", addressPrefix: "10.1.64.0/26" },
    /NotCompliantForAzureBastionSubnet: .*Inbound source GatewayManager port 443/,
  ],
  [
    "database",
    { subnetName: "s", delegations: [{ name: "x", serviceName: "PostgreSQL" }] },
    /InvalidServiceNameOnDelegation.*'PostgreSQL'/,
  ],
  ["dns", { privateZoneName: "local" }, /InvalidZoneName: invalid privateZoneName 'local'/],
  ["dns", { privateZoneName: "a.b", location: "eastus" }, /it must be global/],
  ["dns-link", { virtualNetworkLinkName: "again" }, /Conflict: A virtual network cannot be linked/],
  ["identity", { resourceName: "a" }, /invalid resourceName 'a': it must be 3 to 128/],
  ["vault", { vaultName: "acme-purgeable", resourceGroupName: "ml" }, /Conflict|VaultAlreadyExists/],
  ["vault", { vaultName: "1vault" }, /VaultNameNotValid: invalid vaultName '1vault'.*3 to 24/],
  [
    "vault",
    { vaultName: "other", ...vault({ softDeleteRetentionInDays: 5 }) },
    /softDeleteRetentionInDays to be in the range \(7 - 90\), got 5/,
  ],
  [
    "vault",
    { vaultName: "other", ...vault({ enablePurgeProtection: false }) },
    /"enablePurgeProtection" cannot be set to false/,
  ],
  [
    "key",
    { keyName: "k2", properties: { kty: "RSA", keySize: 1024 } },
    /keySize to be one of 2048, 3072, 4096, got 1024/,
  ],
  [
    "key",
    {
      keyName: "k2",
      properties: {
        kty: "RSA",
        rotationPolicy: {
          attributes: { expiryTime: "P30D" },
          lifetimeActions: [{ action: { type: "rotate" }, trigger: { timeAfterCreate: "P29D" } }],
        },
      },
    },
    /timeAfterCreate P29D must be at least 7 days before expiryTime P30D/,
  ],
  ["key", { vaultName: "none" }, /ParentResourceNotFound/],
  [
    "may-wrap",
    { roleAssignmentName: "mine" },
    /InvalidRoleAssignmentId: invalid roleAssignmentName 'mine': it must be a UUID/,
  ],
  ["may-wrap", { roleAssignmentName: "e147488a-f6f5-4113-8e2d-b22465e65bf7" }, /RoleAssignmentExists/],
  [
    "may-wrap",
    { scope: `${subscription}/resourceGroups/none` },
    /ResourceNotFound: The scope '.*none' was not found/,
  ],
  ["may-wrap", { condition: "x" }, /needs conditionVersion 2\.0/],
  ["account", { accountName: "Acme-ML" }, /AccountNameInvalid: invalid accountName 'Acme-ML'.*3 to 24/],
  ["account", { accountName: "acmezrs", resourceGroupName: "ml" }, /Conflict|StorageAccountAlreadyTaken/],
  [
    "account",
    ({ identity }) => ({ accountName: "other", encryption: encryption("acme-purgeable", identity!.id) }),
    /must have purge protection/,
  ],
  [
    "account",
    ({ stranger }) => ({ accountName: "other", encryption: encryption("acme-ml", stranger!.id) }),
    /KeyVaultAuthenticationFailure.*Key Vault Crypto Service Encryption User/,
  ],
  [
    "account",
    {
      accountName: "other",
      encryption: {
        keySource: "Microsoft.Keyvault",
        keyVaultProperties: { keyVaultUri: "https://acme-ml.vault.azure.net", keyName: "platform" },
      },
    },
    /needs an identity/,
  ],
  [
    "blobs",
    { accountName: "acmezrs" },
    /FeatureNotSupportedForAccount: Versioning is not supported.*hierarchical/,
  ],
  [
    "blobs",
    { deleteRetentionPolicy: { enabled: true, days: 400 } },
    /days to be in the range \(1 - 365\), got 400/,
  ],
  ["container", { containerName: "Data_1" }, /ContainerNameInvalid/],
  ["container", { containerName: "open", publicAccess: "Blob" }, /PublicAccessNotPermitted/],
  [
    "ageing",
    { accountName: "acmezrs" },
    /tierToArchive is not supported for accounts with redundancy Standard_ZRS/,
  ],
  [
    "ageing",
    policy(aged({ baseBlob: { tierToCool: after(90), tierToCold: after(30) } })),
    /baseBlob\.tierToCold after 30 days must come later than tierToCool after 90 days/,
  ],
  ["ageing", policy(aged({})), /needs at least one action/],
  [
    "ageing",
    policy(aged({ baseBlob: { delete: after(1) } }, { prefixMatch: ["a/"] })),
    /filters\.blobTypes is needed/,
  ],
  [
    "ageing",
    policy(aged({ baseBlob: { delete: after(1) } }), aged({ baseBlob: { delete: after(2) } })),
    /rule names must be unique: 'age'/,
  ],
  [
    "endpoint",
    { privateEndpointName: "e2", subnet: { id: `${subscription}/none` } },
    /InvalidResourceReference/,
  ],
  [
    "endpoint",
    ({ database }) => ({ privateEndpointName: "e2", subnet: { id: database!.id } }),
    /delegated to Microsoft\.DBforPostgreSQL/,
  ],
  [
    "endpoint",
    ({ account }) => ({ privateEndpointName: "e2", ...link(account!.id, "vault") }),
    /group id 'vault' is none of/,
  ],
  [
    "endpoint-zone",
    {
      privateDnsZoneGroupName: "g2",
      privateDnsZoneConfigs: [{ name: "x", privateDnsZoneId: `${subscription}/none` }],
    },
    /InvalidResourceReference/,
  ],
  ["flows", { flowLogName: "f2" }, /FlowLogAlreadyExists/],
  [
    "flows",
    ({ nodes }) => ({
      flowLogName: "f2",
      networkWatcherName: "NetworkWatcher_westus",
      targetResourceId: nodes!.id,
    }),
    /networkWatchers\/NetworkWatcher_westus' .* was not found/,
  ],
  [
    "flows",
    { flowLogName: "f2", retentionPolicy: { enabled: true, days: 400 } },
    /retentionPolicy\.days to be in the range \(0 - 365\), got 400/,
  ],
  ["audit", { name: "a2", storageAccountId: undefined }, /at least one data sink/],
  ["audit", { name: "a2", logs: [{ enabled: true }] }, /either its category or its categoryGroup/],
  ["audit", { name: "a2", resourceUri: `${subscription}/resourceGroups/none` }, /InvalidResourceReference/],
  ["lock", { lockName: "l2", level: "None" }, /level to be one of CanNotDelete, ReadOnly, got None/],
];

const config = { subscriptionId: "00000000-1111-2222-3333-444444444444", location: "eastus" };
describeRules("azure-native", config, passing, failing, {
  ...azureBlob,
  ...azureEgress,
  ...azureFirewall,
  ...azureNetwork,
  ...azurePrivateLink,
  ...azureSecurity,
  ...azureStorage,
});

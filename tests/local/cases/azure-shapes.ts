/** Parts of inputs that several cases share. */

export const subscription = "/subscriptions/00000000-1111-2222-3333-444444444444";
export const tenantId = "11111111-2222-3333-4444-555555555555";
export const wrapRole = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6`;
export const inGroup = { resourceGroupName: "ml" };
export const rule = (name: string, priority: number, more: object = {}): object => ({
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
export const policy = (...rules: readonly object[]) => ({ policy: { rules } });
export const aged = (actions: object, filters: object = { blobTypes: ["blockBlob"] }): object => ({
  name: "age",
  enabled: true,
  type: "Lifecycle",
  definition: { actions, filters },
});
export const after = (days: number) => ({ daysAfterModificationGreaterThan: days });
export const vault = (more: object = {}) => ({
  properties: { tenantId, sku: { family: "A", name: "standard" }, enablePurgeProtection: true, ...more },
});
export const encryption = (vaultName: string, identity: string) => ({
  keySource: "Microsoft.Keyvault",
  keyVaultProperties: { keyVaultUri: `https://${vaultName}.vault.azure.net`, keyName: "platform" },
  encryptionIdentity: { encryptionUserAssignedIdentity: identity },
});
export const link = (target: string, groupId: string) => ({
  privateLinkServiceConnections: [{ name: "link", privateLinkServiceId: target, groupIds: [groupId] }],
});

import type { RuleTable } from "./contract";

/** Resource groups, vaults, keys, identities, role assignments, locks. */
export const azureSecurity: RuleTable = {
  "azure-native:resources:ResourceGroup": {
    id: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
    autoName: "resourceGroupName",
    replaceOn: ["location"],
    outputs: { type: () => "Microsoft.Resources/resourceGroups" },
  },
};

import type { RuleTable } from "./contract";

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const network = `${group}/providers/Microsoft.Network`;

/** Networks, subnets, firewalls, addresses, gateways, private endpoints and zones. */
export const azureNetwork: RuleTable = {
  "azure-native:network:VirtualNetwork": {
    id: `${network}/virtualNetworks/{virtualNetworkName}`,
    autoName: "virtualNetworkName",
    replaceOn: ["location", "extendedLocation"],
  },
  "azure-native:network:Subnet": {
    id: `${network}/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}`,
    autoName: "subnetName",
  },
};

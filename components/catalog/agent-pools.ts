/**
 * Azure locations in which a registry's tasks can run on machines inside a network (Azure Container Registry, "Run an
 * ACR task on a dedicated agent pool", preview limitations, read 2026-11-21).
 */
export const agentPoolLocations: ReadonlySet<string> = new Set([
  "canadacentral",
  "centralus",
  "eastasia",
  "eastus",
  "eastus2",
  "northeurope",
  "southcentralus",
  "switzerlandnorth",
  "usgovarizona",
  "usgovtexas",
  "usgovvirginia",
  "westeurope",
  "westus2",
]);

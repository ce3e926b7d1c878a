import { CloudError } from "../cloud-error";
import { text, uuid } from "../values";
import type { Invoke } from "./index";

export const azure: Readonly<Record<string, Invoke>> = {
  "azure-native:authorization:getClientConfig": ({ scope }) => ({
    subscriptionId: scope.facts["subscriptionId"],
    tenantId: scope.facts["tenantId"],
    clientId: uuid("azure client"),
    objectId: uuid("azure object"),
  }),
  // A kubeconfig without a token: the login is left to whoever uses it.
  "azure-native:containerservice:listManagedClusterUserCredentials": ({ inputs, scope, world }) => {
    const name = text(inputs, "resourceName") ?? "";
    const cluster = world
      .ofType("azure-native:containerservice:ManagedCluster")
      .find((item) => item.scope === scope.key && item.outputs["name"] === name);
    if (cluster === undefined) {
      throw new CloudError("ResourceNotFound", `The managed cluster '${name}' was not found.`);
    }
    const authority = Buffer.from(`local authority of ${cluster.id}`).toString("base64");
    const config = { clusters: [{ name, cluster: { "certificate-authority-data": authority } }] };
    const value = Buffer.from(JSON.stringify(config)).toString("base64");
    return { kubeconfigs: [{ name: "clusterUser", value }] };
  },
};

import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { fromStruct } from "../wire";
import { clusterNameOf } from "./eks-node-group";
import { sortedJson } from "./eks-settings";
import { Monitor, referenced } from "./monitor";
import { response } from "./vpc-outputs";

const passedOn = [
  "addonName",
  "addonVersion",
  "preserve",
  "resolveConflictsOnCreate",
  "resolveConflictsOnUpdate",
  "serviceAccountRoleArn",
  "tags",
];

/** `eks:index:Addon`: one EKS add-on, below its cluster's component. Source: pulumi-eks 4.3, read 2026-11-21. */
export async function constructAddon(request: ConstructRequest): Promise<ConstructResponse> {
  const monitor = new Monitor(request, "aws");
  try {
    const inputs = fromStruct(request.getInputs());
    const cluster = referenced(inputs["cluster"]);
    if (cluster === undefined) throw new Error("cluster: expected an eks:index:Cluster");
    // The component makes itself a child of the cluster, whatever parent its user names.
    const component = await monitor.component(cluster.urn);
    await monitor.child({
      type: "aws:eks/addon:Addon",
      name: request.getName(),
      parent: component,
      inputs: {
        ...Object.fromEntries(passedOn.map((key) => [key, inputs[key]])),
        clusterName: await clusterNameOf(monitor, inputs["cluster"]),
        configurationValues: sortedJson(inputs["configurationValues"]),
      },
      dependsOn: request.getDependenciesList(),
    });
    await monitor.outputs(component, {});
    return response(component, {});
  } finally {
    monitor.close();
  }
}

import { combined, property } from "../check";
import { is, isAtLeast } from "../condition";
import { agentPoolProperty, agentPools, googleCluster } from "../node-pools";
import { listOf, stringsOf } from "../path";
import type { Rule } from "../rule";

const systemTaint = "CriticalAddonsOnly=true:NoSchedule";

const systemPoolsAreApart = agentPools({
  control: "AZ-AKS-09",
  reads: ["nodeTaints"],
  allowed: `a list that has ${systemTaint} on pools of the mode System`,
  fix: `Add "${systemTaint}" to nodeTaints, and run workloads in pools of the mode User.`,
  findings: (pool) =>
    pool["mode"] === "System" && !stringsOf(pool["nodeTaints"]).includes(systemTaint)
      ? [{ property: "nodeTaints", given: listOf(pool["nodeTaints"]) }]
      : [],
});

export const nodePoolsAreWellFormed: Rule = {
  name: "node-pools-are-well-formed",
  description: "Pools can grow, have room for pods, and keep the cluster's own parts apart from workloads.",
  concern: "nodes",
  note: "Managed node groups of EKS are of one kind, and a cluster has none that the program did not ask for.",
  resources: combined(
    {
      [googleCluster]: [
        property("removeDefaultNodePool", is(true), {
          control: "GCP-GKE-12",
          fix: "Set removeDefaultNodePool: true and add NodePools.",
        }),
      ],
    },
    agentPoolProperty("type", is("VirtualMachineScaleSets"), {
      control: "AZ-AKS-09",
      fix: 'Set type: "VirtualMachineScaleSets".',
    }),
    agentPoolProperty("maxPods", isAtLeast(50, "pods"), {
      control: "AZ-AKS-09",
      fix: "Set maxPods: 50 or more.",
    }),
    systemPoolsAreApart,
  ),
};

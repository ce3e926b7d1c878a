import { combined, property } from "../check";
import { is, isNot } from "../condition";
import { googleCluster, googleNodes, nodeConfig } from "../node-pools";
import type { Rule } from "../rule";

export const nodesAreShielded: Rule = {
  name: "nodes-are-shielded",
  description: "A node starts only what its cloud signed, and a changed one is noticed.",
  concern: "nodes",
  note: "The control table asks for it on Google Cloud only.",
  resources: combined(
    {
      [googleCluster]: [
        property("enableShieldedNodes", isNot(false), {
          control: "GCP-GKE-06",
          fix: "Remove enableShieldedNodes: false.",
        }),
      ],
    },
    ...(["enableSecureBoot", "enableIntegrityMonitoring"] as const).map((name) =>
      googleNodes(nodeConfig(`shieldedInstanceConfig.${name}`), is(true), {
        control: "GCP-GKE-06",
        fix: `Set shieldedInstanceConfig.${name}: true.`,
      }),
    ),
    googleNodes(nodeConfig("imageType"), is("COS_CONTAINERD"), {
      control: "GCP-GKE-08",
      fix: 'Set imageType: "COS_CONTAINERD".',
    }),
  ),
};

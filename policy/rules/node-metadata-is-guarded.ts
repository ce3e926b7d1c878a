import { property } from "../check";
import { is, isSet } from "../condition";
import { googlePool } from "../node-pools";
import type { Rule } from "../rule";

export const nodeMetadataIsGuarded: Rule = {
  name: "node-metadata-is-guarded",
  description: "A pod cannot take the credentials of its node from the metadata service.",
  concern: "nodes",
  note:
    "Azure's metadata service has no such switch; a network policy closes it, and nodes have few rights. Pools that " +
    "GKE makes by itself get its guard from the cluster's workload identity.",
  resources: {
    "aws:ec2/launchTemplate:LaunchTemplate": [
      property("metadataOptions.httpTokens", is("required"), {
        control: "AWS-EKS-08",
        fix: 'Set metadataOptions.httpTokens: "required" (IMDSv2).',
      }),
      property("metadataOptions.httpPutResponseHopLimit", is(1), {
        control: "AWS-EKS-08",
        fix: "Set metadataOptions.httpPutResponseHopLimit: 1, so that answers do not reach pods.",
      }),
    ],
    "aws:eks/nodeGroup:NodeGroup": [
      property("launchTemplate", isSet, {
        control: "AWS-EKS-08",
        fix: "Set launchTemplate: the one that EKS makes lets pods reach the metadata service.",
      }),
    ],
    [googlePool]: [
      property("nodeConfig.workloadMetadataConfig.mode", is("GKE_METADATA"), {
        control: "GCP-GKE-07",
        fix: 'Set nodeConfig.workloadMetadataConfig.mode: "GKE_METADATA".',
      }),
      property("nodeConfig.metadata.disable-legacy-endpoints", is("true"), {
        control: "GCP-GKE-07",
        fix: 'Set nodeConfig.metadata: { "disable-legacy-endpoints": "true" }.',
      }),
    ],
  },
};

import type { Cloud } from "../../components/core/cloud";
import { combined, property } from "../check";
import { type Condition, isNot } from "../condition";
import { minorOf, supportedKubernetes } from "../kubernetes-versions";
import { agentPoolProperty, googleCluster, managedCluster } from "../node-pools";
import { textOf } from "../path";
import type { Rule } from "../rule";

const isSupported = (cloud: Cloud): Condition => ({
  allowed: supportedKubernetes[cloud].join(" or "),
  holds: (version) => supportedKubernetes[cloud].includes(minorOf(textOf(version))),
});

/** For versions that the cloud chooses where none is given. */
const isSupportedIfGiven = (cloud: Cloud): Condition => ({
  allowed: `no value, ${isSupported(cloud).allowed}`,
  holds: (version) => version === undefined || isSupported(cloud).holds(version),
});

const fix = "Move to a supported version, one minor version at a time.";

export const clusterVersionIsSupported: Rule = {
  name: "cluster-version-is-supported",
  description: "A cluster runs a Kubernetes version that its cloud still mends.",
  concern: "governance",
  note: "Extended support, which costs extra, does not count.",
  resources: combined(
    {
      "aws:eks/cluster:Cluster": [property("version", isSupported("aws"), { control: "AWS-EKS-04", fix })],
      [googleCluster]: [
        property("minMasterVersion", isSupportedIfGiven("gcp"), { control: "GCP-GKE-09", fix }),
        property("enableKubernetesAlpha", isNot(true), {
          control: "GCP-GKE-14",
          fix: "Remove enableKubernetesAlpha: such a cluster is deleted after 30 days.",
        }),
      ],
      [managedCluster]: [
        property("kubernetesVersion", isSupportedIfGiven("azure"), { control: "AZ-AKS-08", fix }),
      ],
    },
    agentPoolProperty("orchestratorVersion", isSupportedIfGiven("azure"), { control: "AZ-AKS-08", fix }),
  ),
};

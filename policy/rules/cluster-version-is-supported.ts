import { supportedVersions } from "../../components/catalog/versions";
import { combined, property } from "../check";
import { type Condition, isNot } from "../condition";
import { agentPoolProperty, googleCluster, managedCluster } from "../node-pools";
import { textOf } from "../path";
import type { Rule } from "../rule";

/** `1.35`, `1.35.4` and `1.35.4-gke.100` are of the minor version `1.35`. */
const minorOf = (version: unknown) => textOf(version).split(".").slice(0, 2).join(".");

const names: readonly string[] = supportedVersions;

const isSupported: Condition = {
  allowed: names.join(" or "),
  holds: (version) => names.includes(minorOf(version)),
};

/** For versions that the cloud chooses where none is given. */
const isSupportedIfGiven: Condition = {
  allowed: `no value, ${isSupported.allowed}`,
  holds: (version) => version === undefined || isSupported.holds(version),
};

const fix = "Move to a supported version, one minor version at a time.";

export const clusterVersionIsSupported: Rule = {
  name: "cluster-version-is-supported",
  description: "A cluster runs a Kubernetes version that its cloud still mends.",
  concern: "governance",
  note: "The list is the platform's own (components/catalog/versions.ts); extended support, which costs extra, does not count.",
  resources: combined(
    {
      "aws:eks/cluster:Cluster": [property("version", isSupported, { control: "AWS-EKS-04", fix })],
      [googleCluster]: [
        property("minMasterVersion", isSupportedIfGiven, { control: "GCP-GKE-09", fix }),
        property("enableKubernetesAlpha", isNot(true), {
          control: "GCP-GKE-14",
          fix: "Remove enableKubernetesAlpha: such a cluster is deleted after 30 days.",
        }),
      ],
      [managedCluster]: [property("kubernetesVersion", isSupportedIfGiven, { control: "AZ-AKS-08", fix })],
    },
    agentPoolProperty("orchestratorVersion", isSupportedIfGiven, { control: "AZ-AKS-08", fix }),
  ),
};

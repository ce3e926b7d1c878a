import { type Check, property } from "../check";
import { is } from "../condition";
import { googleCluster, managedCluster } from "../node-pools";
import type { Rule } from "../rule";

const fix = "Set deletionProtection: true.";

const isProtected: Check = {
  control: "X-01",
  when: "prod",
  reads: [],
  allowed: "true",
  fix: "Set the resource option protect: true.",
  findings: ({ opts }) => (opts.protect ? [] : [{ property: "the option protect", given: opts.protect }]),
};

export const clusterIsLockedInProduction: Rule = {
  name: "cluster-is-locked-in-production",
  description: "Nobody deletes a production cluster by mistake.",
  concern: "backup",
  note:
    "AKS has no switch for this, and an Azure lock on a cluster would also keep its node pools from being replaced, " +
    "so Pulumi's own protection stands in.",
  resources: {
    "aws:eks/cluster:Cluster": [
      property("deletionProtection", is(true), { control: "AWS-EKS-06", when: "prod", fix }),
    ],
    [googleCluster]: [property("deletionProtection", is(true), { control: "GCP-GKE-16", when: "prod", fix })],
    [managedCluster]: [isProtected],
  },
};

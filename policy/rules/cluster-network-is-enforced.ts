import { type Check, property } from "../check";
import { is, isOneOf, isSet } from "../condition";
import { googleCluster, managedCluster } from "../node-pools";
import { valueAt } from "../path";
import type { Rule } from "../rule";

/** Dataplane V2 enforces policies without an add-on. */
const enforces: Check = {
  control: "GCP-GKE-04",
  reads: ["datapathProvider", "networkPolicy.enabled"],
  allowed: 'datapathProvider "ADVANCED_DATAPATH", or networkPolicy.enabled true',
  fix: 'Set datapathProvider: "ADVANCED_DATAPATH".',
  findings: ({ inputs }) => {
    const datapath = inputs["datapathProvider"];
    if (datapath === "ADVANCED_DATAPATH" || valueAt(inputs, "networkPolicy.enabled") === true) return [];
    return [{ property: "datapathProvider", given: datapath }];
  },
};

export const clusterNetworkIsEnforced: Rule = {
  name: "cluster-network-is-enforced",
  description: "Network policies of a cluster take effect, and traffic between its pods can be seen.",
  concern: "network",
  note: "On AWS the vpc-cni add-on enforces network policies; the control table does not ask for it.",
  resources: {
    [googleCluster]: [
      property("ipAllocationPolicy", isSet, {
        control: "GCP-GKE-03",
        fix: "Set ipAllocationPolicy with the subnetwork's secondary ranges.",
      }),
      enforces,
      property("enableIntranodeVisibility", is(true), {
        control: "GCP-GKE-12",
        fix: "Set enableIntranodeVisibility: true, so that flow logs see traffic within a node.",
      }),
    ],
    [managedCluster]: [
      property("networkProfile.networkPolicy", isOneOf("cilium", "calico", "azure"), {
        control: "AZ-AKS-03",
        fix: 'Set networkProfile.networkPolicy: "cilium".',
      }),
      property("networkProfile.networkPlugin", is("azure"), {
        control: "AZ-AKS-03",
        fix: 'Set networkProfile.networkPlugin: "azure".',
      }),
    ],
  },
};

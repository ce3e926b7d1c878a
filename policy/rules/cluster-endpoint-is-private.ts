import { type Check, property } from "../check";
import type { Condition } from "../condition";
import { is, isSet } from "../condition";
import { isWorldCidr } from "../ingress";
import { googleCluster, managedCluster } from "../node-pools";
import { listOf, recordOf, stringsOf, textOf } from "../path";
import type { Rule } from "../rule";

const closedOrNarrow: Check = {
  control: "AWS-EKS-01",
  reads: ["vpcConfig.endpointPublicAccess", "vpcConfig.publicAccessCidrs"],
  allowed: "no public endpoint, or one for networks that publicAccessCidrs names, without 0.0.0.0/0",
  fix: "Set vpcConfig.endpointPublicAccess: false, or list your networks in vpcConfig.publicAccessCidrs.",
  findings: ({ inputs }) => {
    const config = recordOf(inputs["vpcConfig"]);
    if (config["endpointPublicAccess"] === false) return [];
    const cidrs = stringsOf(config["publicAccessCidrs"]);
    if (cidrs.length > 0 && !cidrs.some(isWorldCidr)) return [];
    return [{ property: "vpcConfig.publicAccessCidrs", given: cidrs.length === 0 ? undefined : cidrs }];
  },
};

const isNoWorld: Condition = {
  allowed: "a network smaller than half the internet",
  holds: (cidr) => !isWorldCidr(textOf(cidr)),
};

/** Azure takes one of the two and refuses both. */
const privateOrNarrow: Check = {
  control: "AZ-AKS-01",
  reads: ["apiServerAccessProfile.enablePrivateCluster", "apiServerAccessProfile.authorizedIPRanges"],
  allowed: "either enablePrivateCluster, or authorizedIPRanges without 0.0.0.0/0",
  fix: "Set apiServerAccessProfile.enablePrivateCluster: true, or list your networks in authorizedIPRanges.",
  findings: ({ inputs }) => {
    const profile = recordOf(inputs["apiServerAccessProfile"]);
    const isPrivate = profile["enablePrivateCluster"] === true;
    const ranges = listOf(profile["authorizedIPRanges"]);
    const isNarrow = ranges.length > 0 && !ranges.some(isWorldCidr);
    return isPrivate === ranges.length > 0 || (!isPrivate && !isNarrow)
      ? [{ property: "apiServerAccessProfile", given: inputs["apiServerAccessProfile"] }]
      : [];
  },
};

export const clusterEndpointIsPrivate: Rule = {
  name: "cluster-endpoint-is-private",
  description: "The API of a cluster answers in the private network, or to networks that somebody named.",
  concern: "exposure",
  note:
    "Google Cloud's DNS endpoint may stay reachable: it lets nobody in without an IAM permission. In production the " +
    "address of the endpoint is private there.",
  resources: {
    "aws:eks/cluster:Cluster": [closedOrNarrow],
    [googleCluster]: [
      property("masterAuthorizedNetworksConfig", isSet, {
        control: "GCP-GKE-02",
        fix: "Set masterAuthorizedNetworksConfig; without cidrBlocks no network outside the cluster's is let in.",
      }),
      property("masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock", isNoWorld, {
        control: "GCP-GKE-02",
        fix: "Replace the block by the networks that administrators come from.",
      }),
      property("privateClusterConfig.enablePrivateEndpoint", is(true), {
        control: "GCP-GKE-02",
        when: "prod",
        fix: "Set privateClusterConfig.enablePrivateEndpoint: true.",
      }),
    ],
    [managedCluster]: [privateOrNarrow],
  },
};

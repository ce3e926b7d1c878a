import { combined, property } from "../check";
import { type Condition, is, isSet } from "../condition";
import { googleCluster, googleNodes, managedCluster, nodeConfig } from "../node-pools";
import { textOf } from "../path";
import type { Rule } from "../rule";

/** The account that Google Cloud gives to machines without one of their own; it can edit the whole project. */
const isOwnAccount: Condition = {
  allowed: "a service account made for the nodes",
  holds: (account) =>
    !["", "default"].includes(textOf(account)) &&
    !textOf(account).endsWith("-compute@developer.gserviceaccount.com"),
  holdsForUnknown: true,
};

export const workloadsHaveOwnIdentity: Rule = {
  name: "workloads-have-own-identity",
  description:
    "Workloads log in to the cloud as themselves, and nodes as an account with the few rights they need.",
  concern: "identity",
  note:
    "On AWS a pod association or a trust in the cluster's OIDC provider does this; trust-names-its-principals and " +
    "grants-are-narrow look at the roles.",
  resources: combined(
    {
      [googleCluster]: [
        property("workloadIdentityConfig.workloadPool", isSet, {
          control: "GCP-GKE-07",
          fix: 'Set workloadIdentityConfig.workloadPool: "<project>.svc.id.goog".',
        }),
      ],
      [managedCluster]: [
        property("oidcIssuerProfile.enabled", is(true), {
          control: "AZ-AKS-10",
          fix: "Set oidcIssuerProfile.enabled: true.",
        }),
        property("securityProfile.workloadIdentity.enabled", is(true), {
          control: "AZ-AKS-10",
          fix: "Set securityProfile.workloadIdentity.enabled: true.",
        }),
      ],
    },
    googleNodes(nodeConfig("serviceAccount"), isOwnAccount, {
      control: "GCP-GKE-15",
      fix: "Make a serviceaccount.Account with roles/container.defaultNodeServiceAccount and name it.",
    }),
  ),
};

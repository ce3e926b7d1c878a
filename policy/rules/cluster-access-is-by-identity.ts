import { type Check, property } from "../check";
import { is, isNot } from "../condition";
import { googleCluster, managedCluster } from "../node-pools";
import { textOf, valueAt } from "../path";
import type { Rule } from "../rule";

const groupsPath = "authenticatorGroupsConfig.securityGroup";

/** GKE knows groups only where the organization has a Workspace or Cloud Identity domain, which not everybody has. */
const groupsOfDomain: Check = {
  control: "GCP-GKE-13",
  reads: [groupsPath],
  allowed: "gke-security-groups@ and the domain, where the rule's setting workspaceDomain names one",
  fix: 'Set authenticatorGroupsConfig.securityGroup: "gke-security-groups@<domain>".',
  findings: ({ inputs, settings }) => {
    const group = textOf(valueAt(inputs, groupsPath));
    const domain = textOf(settings["workspaceDomain"]);
    const isRight = domain === "" ? /^(gke-security-groups@.+)?$/ : `gke-security-groups@${domain}`;
    return (typeof isRight === "string" ? group === isRight : isRight.test(group))
      ? []
      : [{ property: groupsPath, given: group }];
  },
};

export const clusterAccessIsByIdentity: Rule = {
  name: "cluster-access-is-by-identity",
  description:
    "People and pipelines log in to a cluster with their identity at the cloud, and with nothing else.",
  concern: "identity",
  note:
    "Groups on Google Cloud need a Workspace or Cloud Identity domain. Without one nothing is asked; name it in the " +
    "setting, and every cluster must use it.",
  settings: {
    workspaceDomain: {
      type: "string",
      description: "The organization's domain at Google, such as example.com.",
    },
  },
  resources: {
    "aws:eks/cluster:Cluster": [
      property("accessConfig.authenticationMode", is("API"), {
        control: "AWS-EKS-05",
        fix: 'Set accessConfig.authenticationMode: "API" and grant access by access entries.',
      }),
      property("accessConfig.bootstrapClusterCreatorAdminPermissions", is(false), {
        control: "AWS-EKS-05",
        fix: "Set accessConfig.bootstrapClusterCreatorAdminPermissions: false and add an access entry.",
      }),
    ],
    [googleCluster]: [
      property("enableLegacyAbac", isNot(true), {
        control: "GCP-GKE-05",
        fix: "Remove enableLegacyAbac, so that role bindings alone decide.",
      }),
      property("masterAuth.clientCertificateConfig.issueClientCertificate", isNot(true), {
        control: "GCP-GKE-05",
        fix: "Remove masterAuth: a client certificate cannot be revoked.",
      }),
      groupsOfDomain,
    ],
    [managedCluster]: [
      property("enableRBAC", isNot(false), { control: "AZ-AKS-02", fix: "Remove enableRBAC: false." }),
      property("disableLocalAccounts", is(true), {
        control: "AZ-AKS-02",
        fix: "Set disableLocalAccounts: true: their certificates cannot be revoked.",
      }),
      property("aadProfile.managed", is(true), {
        control: "AZ-AKS-02",
        fix: "Set aadProfile.managed: true.",
      }),
      property("aadProfile.enableAzureRBAC", is(true), {
        control: "AZ-AKS-02",
        fix: "Set aadProfile.enableAzureRBAC: true and grant access by role assignments.",
      }),
    ],
  },
};

import type { PolicyResource } from "@pulumi/policy";
import { type Check, property } from "../check";
import { companion } from "../companion";
import { type Condition, hasAll, isNot } from "../condition";
import { googleCluster, managedCluster } from "../node-pools";
import { recordsOf, textOf, valueAt } from "../path";
import type { Rule, StackCheck } from "../rule";

/** Every log of the control plane that EKS has. */
const awsLogs = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** EKS makes this group by itself if it is missing: kept for ever, and not under the platform's key. */
const ownLogGroup: StackCheck = {
  control: "AWS-EKS-02",
  on: "aws:eks/cluster:Cluster",
  allowed: "a LogGroup with the name /aws/eks/<name of the cluster>/cluster",
  fix: "Make that LogGroup before the cluster, with retentionInDays and kmsKeyId.",
  findings: (cluster, stack) => {
    const name = `/aws/eks/${textOf(cluster.props["name"])}/cluster`;
    const groups = stack.of("aws:cloudwatch/logGroup:LogGroup");
    return groups.some(({ props }) => props["name"] === name)
      ? []
      : [{ property: "LogGroup", given: undefined }];
  },
};

const keepsSystemLogs: Condition = {
  allowed: "no list, or one that has SYSTEM_COMPONENTS",
  holds: (components) =>
    components === undefined || (Array.isArray(components) && components.includes("SYSTEM_COMPONENTS")),
};

const seesContainers: Check = {
  control: "AZ-AKS-05",
  reads: ["addonProfiles.omsagent", "azureMonitorProfile.metrics"],
  allowed: "addonProfiles.omsagent or azureMonitorProfile.metrics enabled",
  fix: "Set addonProfiles.omsagent.enabled: true with the workspace's id in its config.",
  findings: ({ inputs }) =>
    ["addonProfiles.omsagent.enabled", "azureMonitorProfile.metrics.enabled"].some(
      (path) => valueAt(inputs, path) === true,
    )
      ? []
      : [{ property: "addonProfiles.omsagent.enabled", given: undefined }],
};

const groupsWithAudit = ["allLogs", "audit"];

/** Who changed what (`kube-audit`, or its part without reads), and who logged in (`guard`). */
function sendsAudit({ props }: PolicyResource): boolean {
  const logs = recordsOf(props["logs"]).filter((log) => log["enabled"] === true);
  const has = (...names: string[]) => logs.some((log) => names.includes(textOf(log["category"])));
  return (
    logs.some((log) => groupsWithAudit.includes(textOf(log["categoryGroup"]))) ||
    (has("kube-audit", "kube-audit-admin") && has("guard"))
  );
}

export const clusterLogsAreKept: Rule = {
  name: "cluster-logs-are-kept",
  description: "What a cluster's control plane did, and who asked for it, can be read afterwards.",
  concern: "logging",
  note: "See logs-are-kept-and-encrypted for how long. Google Cloud keeps audit logs of its own accord.",
  resources: {
    "aws:eks/cluster:Cluster": [
      property("enabledClusterLogTypes", hasAll(...awsLogs), {
        control: "AWS-EKS-02",
        fix: "Name all five in enabledClusterLogTypes.",
      }),
    ],
    [googleCluster]: [
      property("loggingService", isNot("none"), {
        control: "GCP-GKE-14",
        fix: "Remove loggingService, so that Cloud Logging is used.",
      }),
      property("monitoringService", isNot("none"), {
        control: "GCP-GKE-14",
        fix: "Remove monitoringService, so that Cloud Monitoring is used.",
      }),
      property("loggingConfig.enableComponents", keepsSystemLogs, {
        control: "GCP-GKE-14",
        fix: 'Add "SYSTEM_COMPONENTS" to loggingConfig.enableComponents.',
      }),
    ],
    [managedCluster]: [seesContainers],
  },
  stack: [
    ownLogGroup,
    companion({
      on: managedCluster,
      companion: "azure-native:monitor:DiagnosticSetting",
      by: "resourceUri",
      which: {
        allowed: "with the enabled category group allLogs or audit, or the categories kube-audit and guard",
        holds: sendsAudit,
      },
      control: "AZ-MON-01",
      fix: "Add a DiagnosticSetting for the cluster with these logs and the workspace's id.",
    }),
  ],
};

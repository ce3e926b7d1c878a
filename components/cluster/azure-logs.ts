import * as monitor from "@pulumi/azure-native/monitor";
import * as operationalinsights from "@pulumi/azure-native/operationalinsights";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";

/** What the control plane writes; `kube-audit` itself adds every read, at many times the volume. */
const categories = [
  "kube-apiserver",
  "kube-audit-admin",
  "kube-controller-manager",
  "kube-scheduler",
  "cluster-autoscaler",
  "cloud-controller-manager",
  "guard",
];

/** Where logs of control plane, nodes and Defender go. Returns the workspace's id. */
export function createWorkspace(
  { name, settings, tags, child }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  retentionInDays: number,
): pulumi.Output<string> {
  return new operationalinsights.Workspace(
    `${name}-logs`,
    {
      resourceGroupName,
      location: settings.location,
      sku: { name: "PerGB2018" },
      retentionInDays,
      features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
      tags,
    },
    child,
  ).id;
}

const containerLogs = ["Microsoft-ContainerInsights-Group-Default"];

/** Tells the agent on the nodes what to collect, and where it goes; without it the agent sends nothing. */
export function createNodeLogs(
  { name, settings, tags, child }: DriverContext<"azure">,
  args: {
    readonly resourceGroupName: pulumi.Output<string>;
    readonly clusterId: pulumi.Output<string>;
    readonly workspaceId: pulumi.Output<string>;
  },
): void {
  const rule = new monitor.DataCollectionRule(
    `${name}-node-logs`,
    {
      resourceGroupName: args.resourceGroupName,
      location: settings.location,
      kind: "Linux",
      description: "Container logs and inventory of the cluster",
      dataSources: {
        extensions: [{ name: "containers", extensionName: "ContainerInsights", streams: containerLogs }],
      },
      destinations: {
        logAnalytics: [{ name: "workspace", workspaceResourceId: args.workspaceId }],
      },
      dataFlows: [{ streams: containerLogs, destinations: ["workspace"] }],
      tags,
    },
    child,
  );
  new monitor.DataCollectionRuleAssociation(
    `${name}-node-logs`,
    {
      // The agent looks for this name.
      associationName: "ContainerInsightsExtension",
      resourceUri: args.clusterId,
      dataCollectionRuleId: rule.id,
      description: "Container logs and inventory",
    },
    child,
  );
}

/** Sends the control plane's logs to the workspace. */
export function createLogs(
  { name, child }: DriverContext<"azure">,
  clusterId: pulumi.Output<string>,
  workspaceId: pulumi.Output<string>,
): void {
  new monitor.DiagnosticSetting(
    `${name}-logs`,
    {
      name: "control-plane",
      resourceUri: clusterId,
      workspaceId,
      logAnalyticsDestinationType: "Dedicated",
      logs: categories.map((category) => ({ category, enabled: true })),
      metrics: [{ category: "AllMetrics", enabled: true }],
    },
    child,
  );
}

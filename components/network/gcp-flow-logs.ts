import type * as compute from "@pulumi/gcp/compute";
import * as logging from "@pulumi/gcp/logging";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";

interface FlowLogArgs {
  readonly subnets: readonly compute.Subnetwork[];
  readonly days: number;
}

/**
 * Keeps the subnets' flow logs in a log bucket of their own, because the project's default bucket keeps everything for
 * 30 days. The bucket is named after the network: a deleted log bucket's name stays taken for a week.
 */
export function keepFlowLogs(
  { name, settings, child }: DriverContext<"gcp">,
  network: compute.Network,
  { subnets, days }: FlowLogArgs,
): void {
  const bucket = new logging.ProjectBucketConfig(
    `${name}-flow-logs`,
    {
      project: settings.project,
      location: settings.region,
      bucketId: pulumi.interpolate`${network.name}-flow-logs`,
      retentionDays: days,
      description: "Flow logs of the ML platform's network",
    },
    child,
  );
  const subnetNames = pulumi.all(subnets.map((subnet) => subnet.name));
  new logging.ProjectSink(
    `${name}-flow-logs`,
    {
      project: settings.project,
      destination: pulumi.interpolate`logging.googleapis.com/${bucket.id}`,
      filter: subnetNames.apply(flowLogFilter),
      uniqueWriterIdentity: true,
      description: "Flow logs of the ML platform's network",
    },
    child,
  );
}

function flowLogFilter(subnets: readonly string[]): string {
  const names = subnets.map((subnet) => `"${subnet}"`).join(" OR ");
  return `log_id("compute.googleapis.com/vpc_flows") AND resource.labels.subnetwork_name=(${names})`;
}

import * as containerservice from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";

/** The names by which AKS knows what a window is for. */
const windows = {
  cluster: "aksManagedAutoUpgradeSchedule",
  nodes: "aksManagedNodeOSUpgradeSchedule",
} as const;

/** Four hours, the fewest that AKS takes, from 03:00 UTC each Sunday: for patches of the cluster and of its nodes. */
export function createMaintenance(
  { name, child }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  clusterName: pulumi.Output<string>,
): void {
  let previous: pulumi.Resource[] = [];
  for (const [role, configName] of Object.entries(windows)) {
    const made = new containerservice.MaintenanceConfiguration(
      `${name}-${role}-maintenance`,
      {
        configName,
        resourceGroupName,
        resourceName: clusterName,
        maintenanceWindow: {
          schedule: { weekly: { dayOfWeek: "Sunday", intervalWeeks: 1 } },
          startTime: "03:00",
          utcOffset: "+00:00",
          durationHours: 4,
        },
      },
      { ...child, dependsOn: previous },
    );
    previous = [made];
  }
}

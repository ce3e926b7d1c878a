import { type Check, combined, property } from "../check";
import { is, isOneOf } from "../condition";
import { googleCluster, googleNodes, managedCluster } from "../node-pools";
import { type Inputs, valueAt } from "../path";
import type { Rule } from "../rule";

const managed = (name: "autoRepair" | "autoUpgrade") =>
  googleNodes({ inPool: `management.${name}`, inDefaults: `management.${name}` }, is(true), {
    control: "GCP-GKE-08",
    fix: `Set management.${name}: true.`,
  });

/** Machines that Google lends for a time (flex-start, queued provisioning) are given back, not repaired. */
const isLent = (pool: Inputs) =>
  ["nodeConfig.flexStart", "queuedProvisioning.enabled"].some((path) => valueAt(pool, path) === true);

const unlessLent = (check: Check): Check => ({
  ...check,
  findings: (subject) => (isLent(subject.inputs) ? [] : check.findings(subject)),
});

const repaired = Object.fromEntries(
  Object.entries(managed("autoRepair")).map(([type, checks]) => [type, checks.map(unlessLent)]),
);

export const clusterUpgradesItself: Rule = {
  name: "cluster-upgrades-itself",
  description: "Fixes of the control plane and of nodes arrive by themselves, and broken nodes are replaced.",
  concern: "nodes",
  note:
    "AWS mends the control plane of EKS by itself and has no channels; cluster-version-is-supported holds there. A " +
    "cluster of Azure's free tier has no promise of availability and is throttled while it upgrades. Pools of machines that Google lends for a time may do without autoRepair.",
  resources: combined(
    {
      [googleCluster]: [
        property("releaseChannel.channel", isOneOf("RAPID", "REGULAR", "STABLE", "EXTENDED"), {
          control: "GCP-GKE-09",
          fix: 'Set releaseChannel.channel: "REGULAR".',
        }),
      ],
      [managedCluster]: [
        property("autoUpgradeProfile.upgradeChannel", isOneOf("patch", "stable", "rapid", "node-image"), {
          control: "AZ-AKS-08",
          fix: 'Set autoUpgradeProfile.upgradeChannel: "patch".',
        }),
        property("sku.tier", isOneOf("Standard", "Premium"), {
          control: "AZ-AKS-08",
          fix: 'Set sku.tier: "Standard".',
        }),
      ],
    },
    repaired,
    managed("autoUpgrade"),
  ),
};

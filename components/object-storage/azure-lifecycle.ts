import * as storage from "@pulumi/azure-native/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { BucketName } from "./contract";
import { type LifecycleRule, lifecycleRules, type Tier } from "./lifecycle";

const actionOfTier = {
  warm: "tierToCool",
  cold: "tierToCold",
  archive: "tierToArchive",
} as const satisfies Record<Tier, string>;

/**
 * An account has one policy. Where an account holds several buckets each rule names the container that it is about; the
 * logs account has none to name, because Azure writes access logs to containers of its own.
 */
export function createLifecycle(
  { name, child }: DriverContext<"azure">,
  role: string,
  scope: { readonly accountName: pulumi.Output<string>; readonly resourceGroupName: pulumi.Output<string> },
  { buckets, retentionDays }: { readonly buckets: readonly BucketName[]; readonly retentionDays: number },
): void {
  const rules = buckets.flatMap((bucket) => lifecycleRules("azure", retentionDays, bucket));
  new storage.ManagementPolicy(
    `${name}-${role}-lifecycle`,
    {
      ...scope,
      managementPolicyName: "default",
      policy: { rules: rules.map((rule) => policyRule(rule, buckets.length > 1)) },
    },
    child,
  );
}

function policyRule(rule: LifecycleRule, shared: boolean) {
  const tiers = rule.transitions.map(
    ({ tier, days }) => [actionOfTier[tier], { daysAfterModificationGreaterThan: days }] as const,
  );
  const baseBlob = {
    ...Object.fromEntries(tiers),
    ...(rule.expireDays === undefined
      ? {}
      : { delete: { daysAfterModificationGreaterThan: rule.expireDays } }),
  };
  const version =
    rule.noncurrentDays === undefined
      ? {}
      : { delete: { daysAfterCreationGreaterThan: rule.noncurrentDays } };
  return {
    name: rule.id,
    enabled: true,
    type: "Lifecycle",
    definition: {
      actions: Object.keys(baseBlob).length === 0 ? { version } : { baseBlob, version },
      filters: {
        // Access logs are append blobs, which can be deleted but not moved to another tier.
        blobTypes: tiers.length === 0 ? ["blockBlob", "appendBlob"] : ["blockBlob"],
        ...(shared ? { prefixMatch: [`${rule.bucket}/${rule.prefix}`] } : {}),
      },
    },
  };
}

import type { Check } from "../check";
import type { Rule } from "../rule";

const segments = (path: string) => path.replaceAll(/\[[^\]]*\]/g, "").split(".");

/** One path names the other or a part of it; `*` names everything. */
function overlap(ignored: string, read: string): boolean {
  if (ignored === "*") return true;
  const [a, b] = [segments(ignored), segments(read)];
  return a.every((segment, position) => b[position] === undefined || b[position] === segment);
}

/**
 * Settings without drift to hide, because the cloud takes them at creation only. The eks component ignores the one on
 * AWS. On Azure pools that are resources of their own show up in their cluster's list too, so it has to be ignored.
 */
const fixedAtCreation: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["accessConfig.bootstrapClusterCreatorAdminPermissions"],
  "azure-native:containerservice:ManagedCluster": ["agentPoolProfiles"],
};

const canDrift = (type: string, read: string) =>
  !(fixedAtCreation[type] ?? []).some((path) => overlap(path, read));

const ignoresNone = (reads: readonly string[]): Check => ({
  control: "X-06",
  reads: [],
  allowed: "ignoreChanges without properties that decide on security",
  fix: "Remove the property from the option ignoreChanges, so that drift on it is mended.",
  findings: ({ opts }) =>
    opts.ignoreChanges
      .filter((ignored) => reads.some((read) => overlap(ignored, read)))
      .map((ignored) => ({ property: "the option ignoreChanges", given: ignored })),
});

/** The rule for the properties that the other rules read. */
export function securitySettingsAreNotIgnored(others: readonly Rule[]): Rule {
  const byType = new Map<string, string[]>();
  for (const rule of others) {
    for (const [type, checks] of Object.entries(rule.resources ?? {})) {
      byType.set(type, [
        ...(byType.get(type) ?? []),
        ...checks.flatMap(({ reads }) => reads).filter((read) => canDrift(type, read)),
      ]);
    }
  }
  byType.delete("*");
  return {
    name: "security-settings-are-not-ignored",
    description: "Nobody hides drift of a setting that another rule of this pack looks at.",
    concern: "governance",
    resources: Object.fromEntries(
      [...byType].map(([type, reads]) => [type, [ignoresNone([...new Set(reads)])]]),
    ),
  };
}

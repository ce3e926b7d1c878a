import type { Check } from "../check";
import type { Rule } from "../rule";

const segments = (path: string) => path.replaceAll(/\[[^\]]*\]/g, "").split(".");

/** One path names the other or a part of it; `*` names everything. */
function overlap(ignored: string, read: string): boolean {
  if (ignored === "*") return true;
  const [a, b] = [segments(ignored), segments(read)];
  return a.every((segment, position) => b[position] === undefined || b[position] === segment);
}

/** Settings that a cloud takes at creation only, so that there is no drift to hide; the eks component ignores this one. */
const fixedAtCreation: Readonly<Record<string, readonly string[]>> = {
  "aws:eks/cluster:Cluster": ["accessConfig.bootstrapClusterCreatorAdminPermissions"],
};

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
        ...checks
          .flatMap(({ reads }) => reads)
          .filter((read) => fixedAtCreation[type]?.includes(read) !== true),
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

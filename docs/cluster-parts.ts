import { readFileSync } from "node:fs";
import path from "node:path";
import { clouds } from "../components/core/cloud";

const golden = path.join(__dirname, "../tests/unit/golden");

/** `2 AgentPool, 1 ManagedCluster`: what the cluster of one cloud is made of in prod, the most first. */
function parts(cloud: string): string {
  const lines = readFileSync(path.join(golden, `${cloud}-prod.txt`), "utf8").split("\n");
  const kinds = lines.filter((line) => /^cluster[ -]/.test(line)).map((line) => line.split(" ").at(-1) ?? "");
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([kindA, a], [kindB, b]) => b - a || kindA.localeCompare(kindB, "en"))
    .map(([kind, count]) => `${count} \`${shortName(kind)}\``)
    .join(", ");
}

/** `eks.Cluster` for `eks:index:Cluster`, `iam.Role` for `aws:iam/role:Role`. */
function shortName(kind: string): string {
  const [provider = "", module = "", type = ""] = kind.split(":");
  const own = module.split("/")[0] ?? "";
  return `${own === "index" ? provider : own}.${type}`;
}

/** A table of each cloud's cluster in prod, from the lists that the tests hold against the program. */
export function renderClusterParts(): string {
  const rows = clouds.map((cloud) => `| ${cloud} | ${parts(cloud)} |`);
  return ["| cloud | its cluster in prod |", "| --- | --- |", ...rows].join("\n");
}

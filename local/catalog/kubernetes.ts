/**
 * Kubernetes minors that each cloud lets a new cluster have, oldest first. EKS includes minors in extended support, AKS
 * those whose support has not ended. Source: endoflife.date (EKS, GKE) and the AKS release calendar, read 2026-11-21.
 */
export const minors: Readonly<Record<"eks" | "gke" | "aks", readonly string[]>> = {
  eks: ["1.31", "1.32", "1.33", "1.34", "1.35", "1.36"],
  gke: ["1.34", "1.35", "1.36"],
  aks: ["1.34", "1.35", "1.36"],
};

/** The minor that a cloud gives a cluster that names none. */
export const defaultMinors: Readonly<Record<"eks" | "gke" | "aks", string>> = {
  eks: "1.36",
  gke: "1.35",
  aks: "1.35",
};

/** The `1.35` of `1.35`, `1.35.4` or `1.35.4-gke.1020000`; undefined for anything else. */
export function minorOf(version: string): string | undefined {
  return /^1\.\d+(?=$|\.\d+($|-))/.exec(version)?.[0];
}

/** How many minors an upgrade would move: negative for a way back. */
export function minorsBetween(from: string, to: string): number {
  return Number(to.split(".")[1]) - Number(from.split(".")[1]);
}

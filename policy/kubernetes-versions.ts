import type { Cloud } from "../components/core/cloud";

/**
 * Kubernetes minor versions that each cloud supports at no extra charge, as published on 2026-11-21:
 * https://endoflife.date/amazon-eks, https://endoflife.date/google-kubernetes-engine and
 * https://learn.microsoft.com/azure/aks/supported-kubernetes-versions. EKS drops 1.34 on 2026-12-02.
 */
export const supportedKubernetes: { readonly [C in Cloud]: readonly string[] } = {
  aws: ["1.34", "1.35", "1.36"],
  gcp: ["1.35", "1.36"],
  azure: ["1.35", "1.36"],
};

/** `1.35`, `1.35.4` and `1.35.4-gke.100` are of the minor version `1.35`. */
export const minorOf = (version: string): string => version.split(".").slice(0, 2).join(".");

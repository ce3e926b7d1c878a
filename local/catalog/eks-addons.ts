import { minors } from "./kubernetes";

/**
 * Add-ons that EKS manages and the local clouds know. The first part of a version follows the add-on's own releases;
 * the local clouds offer one release for each Kubernetes minor. Source: EKS user guide, "AWS add-ons", 2026-11-21; the
 * version numbers are of the right form, not a copy of AWS's list.
 */
const addons: Readonly<Record<string, (minor: string) => string>> = {
  "vpc-cni": () => "v1.21.1-eksbuild.1",
  coredns: () => "v1.13.1-eksbuild.1",
  "kube-proxy": (minor) => `v${minor}.0-eksbuild.2`,
  "aws-ebs-csi-driver": () => "v1.54.0-eksbuild.1",
  "aws-efs-csi-driver": () => "v2.1.15-eksbuild.1",
  "aws-mountpoint-s3-csi-driver": () => "v2.2.1-eksbuild.1",
  "eks-pod-identity-agent": () => "v1.3.10-eksbuild.1",
  "metrics-server": () => "v0.8.1-eksbuild.1",
  "snapshot-controller": () => "v8.3.0-eksbuild.1",
  "amazon-cloudwatch-observability": () => "v4.8.0-eksbuild.1",
  adot: () => "v0.141.0-eksbuild.1",
  "eks-node-monitoring-agent": () => "v1.4.2-eksbuild.1",
  "cert-manager": () => "v1.19.2-eksbuild.1",
  "external-dns": () => "v0.20.0-eksbuild.1",
  "kube-state-metrics": () => "v2.17.0-eksbuild.1",
  "prometheus-node-exporter": () => "v1.10.2-eksbuild.1",
};

/** The names of every add-on. */
export const addonNames: readonly string[] = Object.keys(addons);

/** Versions of an add-on for a Kubernetes minor, newest first; undefined when EKS does not offer it there. */
export function addonVersions(name: string, minor: string): readonly string[] | undefined {
  const release = addons[name];
  return release === undefined || !minors.eks.includes(minor) ? undefined : [release(minor)];
}

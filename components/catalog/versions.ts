import type { Cloud } from "../core/cloud";

/** When a cloud stops supporting a minor version without extra charge, as a calendar date. */
export interface SupportEnd {
  readonly date: string;
  /** What the cloud does to a cluster that still runs the version after that day. */
  readonly then: string;
}

/**
 * Kubernetes minor versions that a cluster may run, oldest first, with the end of standard support on each cloud.
 *
 * Sources, read 2026-11-21: endoflife.date (amazon-eks, google-kubernetes-engine, of 2026-08-22) and the AKS release
 * calendar (MicrosoftDocs/azure-aks-docs, of 2026-08-21), which names months: the last day of the month is taken.
 * Version 1.34 ends on all three within weeks of that day, so it is not offered.
 */
export const kubernetesVersions = {
  "1.35": {
    aws: { date: "2027-03-27", then: "extended support at a higher price, until 2028-03-27" },
    gcp: { date: "2027-04-11", then: "an upgrade by GKE to the next minor version" },
    azure: { date: "2027-03-31", then: "no more support from Azure" },
  },
  "1.36": {
    aws: { date: "2027-08-02", then: "extended support at a higher price, until 2028-08-02" },
    gcp: { date: "2027-08-09", then: "an upgrade by GKE to the next minor version" },
    azure: { date: "2027-06-30", then: "no more support from Azure" },
  },
} as const satisfies Record<string, { readonly [C in Cloud]: SupportEnd }>;

export type KubernetesVersion = keyof typeof kubernetesVersions;

export const supportedVersions = Object.keys(kubernetesVersions) as [
  KubernetesVersion,
  ...KubernetesVersion[],
];

/** The version with the longest common record on the three clouds. */
export const defaultVersion: KubernetesVersion = "1.35";

const warnDaysBefore = 90;
const millisecondsPerDay = 86_400_000;

/**
 * A warning when standard support of a version ends within 90 days or is over; undefined before.
 *
 * @param today - the day to judge by. It is passed in, so that the same input always gives the same answer.
 */
export function supportWarning(cloud: Cloud, version: KubernetesVersion, today: Date): string | undefined {
  const { date, then } = kubernetesVersions[version][cloud];
  const days = Math.ceil((Date.parse(date) - today.getTime()) / millisecondsPerDay);
  if (days > warnDaysBefore) return undefined;
  const when = days < 0 ? `ended on ${date}` : `ends on ${date}, in ${days} days`;
  const next = supportedVersions[supportedVersions.indexOf(version) + 1];
  const advice =
    next === undefined ? "update this program for newer versions" : `set kubernetes.version to ${next}`;
  return `standard support of Kubernetes ${version} on ${cloud} ${when}, and is followed by ${then}: ${advice}`;
}

/** `1.35 (until 2027-03-27), …`: the versions of a cloud with their ends, for messages. */
export function versionList(cloud: Cloud): string {
  return supportedVersions
    .map((version) => `${version} (until ${kubernetesVersions[version][cloud].date})`)
    .join(", ");
}

import type { Cloud } from "../core/cloud";
import type { BucketName } from "./contract";

/** Cheaper classes of storage, by how soon the data must be readable. */
export type Tier = "warm" | "cold" | "archive";

export interface Transition {
  readonly tier: Tier;
  /** Days after an object was written. */
  readonly days: number;
}

/** What happens to the objects under one prefix as they age. */
export interface LifecycleRule {
  /** Unique within its bucket. */
  readonly id: string;
  readonly bucket: BucketName;
  readonly prefix: string;
  /** True when objects are read at any age and so must never need hours to be restored. */
  readonly readAnytime: boolean;
  readonly transitions: readonly Transition[];
  readonly expireDays: number | undefined;
  /** Days until an overwritten or deleted version is gone. */
  readonly noncurrentDays: number | undefined;
}

/** Days after which parts of an upload that was never completed are deleted, in every bucket. */
export const abortUploadDays = 7;

const logDays = 365;
const noncurrentDays = 90;

/** The rules as they are wished for, before a cloud's limits. */
function wishedRules(retentionDays: number): readonly LifecycleRule[] {
  return [
    {
      id: "training-data",
      bucket: "data",
      prefix: "training-data/",
      readAnytime: false,
      transitions: [
        { tier: "warm", days: 30 },
        { tier: "cold", days: 90 },
        { tier: "archive", days: 365 },
      ],
      expireDays: retentionDays,
      noncurrentDays,
    },
    {
      id: "models",
      bucket: "models",
      prefix: "models/",
      readAnytime: true,
      transitions: [
        { tier: "warm", days: 7 },
        { tier: "cold", days: 30 },
      ],
      expireDays: undefined,
      noncurrentDays,
    },
    {
      id: "artifacts",
      bucket: "artifacts",
      prefix: "",
      readAnytime: true,
      transitions: [],
      expireDays: undefined,
      noncurrentDays,
    },
    {
      id: "logs",
      bucket: "logs",
      prefix: "",
      readAnytime: false,
      transitions: [],
      expireDays: logDays,
      noncurrentDays,
    },
  ];
}

/**
 * First day on which a cloud takes a transition. S3 refuses STANDARD_IA before day 30 ("'Days' in Transition action
 * must be greater than or equal to 30 for storageClass 'STANDARD_IA'"); Google Cloud and Azure take any day.
 */
const earliestDay: { readonly [C in Cloud]: { readonly [T in Tier]: number } } = {
  aws: { warm: 30, cold: 0, archive: 0 },
  gcp: { warm: 0, cold: 0, archive: 0 },
  azure: { warm: 0, cold: 0, archive: 0 },
};

interface Decision {
  readonly rule: LifecycleRule;
  readonly notes: readonly string[];
}

/** The rules of one bucket that the cloud accepts. */
export function lifecycleRules(
  cloud: Cloud,
  retentionDays: number,
  bucket: BucketName,
): readonly LifecycleRule[] {
  return decide(cloud, retentionDays)
    .map(({ rule }) => rule)
    .filter((rule) => rule.bucket === bucket);
}

/** A sentence for each transition that was left out, and why. */
export function lifecycleNotes(cloud: Cloud, retentionDays: number): readonly string[] {
  return decide(cloud, retentionDays).flatMap(({ notes }) => notes);
}

function decide(cloud: Cloud, retentionDays: number): readonly Decision[] {
  return wishedRules(retentionDays).map((rule) => {
    const faults = rule.transitions.map((transition) => transitionFault(cloud, rule, transition));
    return {
      rule: { ...rule, transitions: rule.transitions.filter((_, index) => faults[index] === undefined) },
      notes: faults.filter((fault) => fault !== undefined),
    };
  });
}

function transitionFault(cloud: Cloud, rule: LifecycleRule, { tier, days }: Transition): string | undefined {
  const what = `the move of ${rule.prefix} to ${tier} storage after ${days} days is left out`;
  if (rule.expireDays !== undefined && days >= rule.expireDays) {
    return `${what}: the objects are deleted after ${rule.expireDays} days (retentionDays)`;
  }
  const earliest = earliestDay[cloud][tier];
  return days < earliest ? `${what}: ${cloud} takes it from day ${earliest} on` : undefined;
}

import type { Severity } from "@pulumi/policy";

/** A requirement that rules stand for. */
export interface Control {
  readonly severity: Severity;
  /** Numbers under which benchmarks (CIS) and scanners (Checkov `CKV…`, Prowler, Pulumi packs) know it. */
  readonly references: readonly string[];
}

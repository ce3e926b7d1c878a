import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Drivers } from "../core/capability";
import type { LockTarget } from "../deletion-lock/contract";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";
import type { PrivateLinkTarget } from "../network/contract";

/** What a stack may set as `retentionDays`. */
export const retentionDaysSchema = z
  .int()
  .min(30)
  .max(2555)
  .default(90)
  .describe("Days until training data is deleted.")
  .meta({ example: 90 });

/** Buckets with content of the platform's users. */
export const dataBuckets = ["data", "models", "artifacts"] as const;
export type DataBucket = (typeof dataBuckets)[number];

/** All buckets; `logs` receives the access logs of the others. */
export const bucketNames = [...dataBuckets, "logs"] as const;
export type BucketName = (typeof bucketNames)[number];

/** Something made earlier whose access logs belong in the logs bucket. Empty on clouds that log access account-wide. */
export interface LogSource {
  /** Last part of the setting's name. */
  readonly role: string;
  readonly kind: "blob" | "vault" | "registry";
  readonly resourceId: pulumi.Output<string>;
}

export interface ObjectStorageArgs {
  readonly retentionDays: number;
  readonly key: EncryptionKeyOutputs;
  readonly privateLink: PrivateLinkTarget;
  readonly logSources: readonly LogSource[];
}

/** One bucket, or on Azure one container. */
export interface BucketOutputs {
  readonly name: pulumi.Output<string>;
  /** Root of the bucket in a scheme that MLflow understands: `s3://`, `gs://` or `wasbs://`. */
  readonly uri: pulumi.Output<string>;
  /** What a grant names (`core/grant.ts`). */
  readonly grantId: pulumi.Output<string>;
}

/** What every driver returns, and all that a consumer may rely on. */
export interface ObjectStorageOutputs {
  readonly buckets: { readonly [B in BucketName]: BucketOutputs };
  readonly keyId: pulumi.Output<string>;
  /** What holds data, and must be locked once all is made. */
  readonly lockTargets: readonly LockTarget[];
}

export type ObjectStorageDrivers = Drivers<ObjectStorageArgs, ObjectStorageOutputs>;

import * as pulumi from "@pulumi/pulumi";
import { Capability, type Platform } from "../core/capability";
import type { Access, BucketGrant } from "../core/grant";
import { aws } from "./aws";
import { azure } from "./azure";
import type { DataBucket, ObjectStorageArgs, ObjectStorageOutputs } from "./contract";
import { gcp } from "./gcp";
import { lifecycleNotes } from "./lifecycle";

/** The data lake: versioned, encrypted, private buckets for data, models, artifacts and access logs. */
export class ObjectStorage extends Capability<ObjectStorageArgs, ObjectStorageOutputs> {
  constructor(
    name: string,
    platform: Platform,
    args: ObjectStorageArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("ObjectStorage", { aws, gcp, azure }, name, platform, args, opts);
    for (const note of lifecycleNotes(platform.target.cloud, args.retentionDays)) {
      void pulumi.log.info(`${name}: ${note}`, this);
    }
  }

  /** Permission to use the objects under a prefix of one bucket. */
  grant(bucket: DataBucket, prefix: string, access: Access): BucketGrant {
    const { buckets, keyId } = this.outputs;
    const name = [bucket, ...prefix.split("/")].filter((part) => part !== "").join("-");
    return { kind: "bucket", name, id: buckets[bucket].grantId, prefix, access, keyId };
  }
}

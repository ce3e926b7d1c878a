import { property } from "../check";
import { isNot } from "../condition";
import type { Rule } from "../rule";

export const storageIsNotEmptiedInProduction: Rule = {
  name: "storage-is-not-emptied-in-production",
  description: "Deleting a stack in production does not delete the objects in its buckets.",
  concern: "backup",
  note: "Azure has no such switch: see production-is-locked and stateful-parts-are-protected.",
  resources: {
    "aws:s3/bucket:Bucket": [
      property("forceDestroy", isNot(true), {
        control: "AWS-S3-09",
        when: "prod",
        fix: "Remove forceDestroy from the bucket.",
      }),
    ],
    "gcp:storage/bucket:Bucket": [
      property("forceDestroy", isNot(true), {
        control: "GCP-GCS-04",
        when: "prod",
        fix: "Remove forceDestroy from the bucket.",
      }),
    ],
  },
};

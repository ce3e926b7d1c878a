import type { RuleTable } from "./contract";
export const awsStorage: RuleTable = {
  "aws:s3/bucket:Bucket": {
    id: "{bucket}",
    autoName: "bucket",
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled", "region"],
    outputs: { arn: "arn:{partition}:s3:::{id}" },
  },
};

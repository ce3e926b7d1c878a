import type * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { BucketName } from "./contract";

/** Denies what is not encrypted on the way; lets the log service of S3 write where access logs go. */
export function bucketPolicy(
  role: BucketName,
  bucket: s3.Bucket,
  account: pulumi.Output<string>,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [denyPlainText(bucket), ...(role === "logs" ? [allowAccessLogs(bucket, account)] : [])],
  });
}

function denyPlainText(bucket: s3.Bucket) {
  return {
    Sid: "DenyPlainText",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function allowAccessLogs(bucket: s3.Bucket, account: pulumi.Output<string>) {
  return {
    Sid: "AllowAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucket.arn}/s3/*`,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

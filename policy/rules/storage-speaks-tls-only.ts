import { property } from "../check";
import { companion } from "../companion";
import { isNot, isOneOf } from "../condition";
import { conditionValues, hasStatement, type Statement } from "../policy-document";
import type { Rule } from "../rule";

const isSecureTransport = (key: string) => key.toLowerCase() === "aws:securetransport";

const coversEveryAction = ({ actions }: Statement) =>
  actions.some((action) => action === "*" || action === "s3:*");

const deniesPlainHttp = (statement: Statement): boolean =>
  statement.effect === "Deny" &&
  statement.principals.includes("AWS:*") &&
  coversEveryAction(statement) &&
  conditionValues(statement, "Bool", isSecureTransport).includes("false");

export const storageSpeaksTlsOnly: Rule = {
  name: "storage-speaks-tls-only",
  description: "Object storage refuses connections without TLS.",
  concern: "encryption",
  note: "Google Cloud Storage has no such setting to check.",
  resources: {
    "aws:s3/bucketPolicy:BucketPolicy": [
      hasStatement("policy", deniesPlainHttp, {
        control: "AWS-S3-06",
        allowed: 'a Deny of s3:* to everybody where aws:SecureTransport is "false"',
        fix: "Add to policy a statement that denies s3:* when aws:SecureTransport is false.",
      }),
    ],
    "azure-native:storage:StorageAccount": [
      property("enableHttpsTrafficOnly", isNot(false), {
        control: "AZ-ST-01",
        fix: "Set enableHttpsTrafficOnly: true.",
      }),
      property("minimumTlsVersion", isOneOf("TLS1_2", "TLS1_3"), {
        control: "AZ-ST-01",
        fix: 'Set minimumTlsVersion: "TLS1_2".',
      }),
    ],
  },
  stack: [
    companion({
      on: "aws:s3/bucket:Bucket",
      companion: "aws:s3/bucketPolicy:BucketPolicy",
      by: "bucket",
      control: "AWS-S3-06",
      fix: "Add a BucketPolicy for the bucket that denies requests without TLS.",
    }),
  ],
};

import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import { type EncryptionKeyDrivers, rotationDays } from "./contract";

/** AWS KMS: one symmetric key and a readable alias. */
export const aws: EncryptionKeyDrivers["aws"] = (
  { name, settings, account, tags, child, stateful, physicalName },
  args,
) => {
  const { partition } = getPartitionOutput({}, child);
  const key = new kms.Key(
    name,
    {
      description: "Encrypts what the platform stores",
      enableKeyRotation: true,
      rotationPeriodInDays: rotationDays,
      deletionWindowInDays: args.deletionDays,
      policy: keyPolicy(partition, account, settings.region),
      tags,
    },
    stateful,
  );
  new kms.Alias(
    `${name}-alias`,
    { name: pulumi.interpolate`alias/${physicalName("key", nameRules.awsKeyAlias)}`, targetKeyId: key.keyId },
    child,
  );
  return {
    keyId: key.arn,
    delegateId: pulumi.output(undefined),
    privateLinks: [],
    lockTargets: [],
    logSources: [],
  };
};

/**
 * The account's administrators manage the key through IAM (without that statement nobody could); beyond them only the
 * two log services may use it, and only for this account's logs.
 */
function keyPolicy(
  partition: pulumi.Output<string>,
  account: pulumi.Output<string>,
  region: string,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministration",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:*`,
          },
        },
      },
      {
        Sid: "S3AccessLogs",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });
}

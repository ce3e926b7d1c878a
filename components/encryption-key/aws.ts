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
    keyVersionId: pulumi.output(undefined),
    storeId: pulumi.output(undefined),
    delegateId: pulumi.output(undefined),
    privateLinks: [],
    lockTargets: [],
    logSources: [],
  };
};

const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * The account's administrators manage the key through IAM (without that statement nobody could); beyond them only the
 * two log services may use it, for this account's logs, and EC2 Auto Scaling, which starts the cluster's nodes.
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
      ...nodeVolumeStatements(partition, account),
    ],
  });
}

/**
 * Auto Scaling makes encrypted volumes as its service-linked role, which has no rights on keys of its own. AWS makes the
 * role with the account's first group, and refuses a policy that names a principal which is not there yet: a condition
 * on the caller says the same and may come first.
 */
function nodeVolumeStatements(partition: pulumi.Output<string>, account: pulumi.Output<string>) {
  const caller = {
    StringEquals: {
      "kms:CallerAccount": account,
      "aws:PrincipalArn": pulumi.interpolate`arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    },
  };
  const allow = { Effect: "Allow", Principal: { AWS: "*" }, Resource: "*" };
  return [
    { Sid: "NodeVolumes", ...allow, Action: use, Condition: caller },
    {
      Sid: "NodeVolumeGrants",
      ...allow,
      Action: "kms:CreateGrant",
      Condition: { ...caller, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}

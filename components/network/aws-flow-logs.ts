import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";

interface FlowLogArgs {
  readonly vpcId: pulumi.Output<string>;
  readonly keyId: pulumi.Output<string>;
  readonly days: number;
}

/** Records every flow of the network in CloudWatch Logs, encrypted with the stack's key. */
export function createFlowLogs(
  { name, tags, child, account, settings }: DriverContext<"aws">,
  args: FlowLogArgs,
): void {
  const { partition } = getPartitionOutput({}, child);
  const logs = new cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { kmsKeyId: args.keyId, retentionInDays: args.days, tags },
    child,
  );
  const role = new iam.Role(
    `${name}-flow-logs`,
    {
      description: "Lets VPC flow logs write to their log group",
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: {
              StringEquals: { "aws:SourceAccount": account },
              ArnLike: {
                "aws:SourceArn": pulumi.interpolate`arn:${partition}:ec2:${settings.region}:${account}:vpc-flow-log/*`,
              },
            },
          },
        ],
      }),
      tags,
    },
    child,
  );
  const mayWrite = new iam.RolePolicy(
    `${name}-flow-logs`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logs.arn}:*`,
          },
          {
            Effect: "Allow",
            Action: "logs:DescribeLogGroups",
            Resource: pulumi.interpolate`arn:${partition}:logs:${settings.region}:${account}:log-group:*`,
          },
        ],
      }),
    },
    child,
  );
  new ec2.FlowLog(
    `${name}-flow-logs`,
    {
      vpcId: args.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      tags,
    },
    { ...child, dependsOn: mayWrite },
  );
}

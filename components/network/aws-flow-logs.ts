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
export function createFlowLogs(context: DriverContext<"aws">, args: FlowLogArgs): void {
  const { name, tags, child } = context;
  const logs = new cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { kmsKeyId: args.keyId, retentionInDays: args.days, tags },
    child,
  );
  const arnOf = arnMaker(context);
  const role = new iam.Role(
    `${name}-flow-logs`,
    {
      description: "Lets VPC flow logs write to their log group",
      assumeRolePolicy: trust(context, arnOf),
      tags,
    },
    child,
  );
  const mayWrite = new iam.RolePolicy(
    `${name}-flow-logs`,
    { role: role.name, policy: permissions(logs.arn, arnOf) },
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

type ArnMaker = (service: string, resource: string) => pulumi.Output<string>;

function arnMaker({ settings, account, child }: DriverContext<"aws">): ArnMaker {
  const { partition } = getPartitionOutput({}, child);
  return (service, resource) =>
    pulumi.interpolate`arn:${partition}:${service}:${settings.region}:${account}:${resource}`;
}

function trust({ account }: DriverContext<"aws">, arnOf: ArnMaker): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": arnOf("ec2", "vpc-flow-log/*") },
        },
      },
    ],
  });
}

function permissions(logGroupArn: pulumi.Output<string>, arnOf: ArnMaker): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logGroupArn}:*`,
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: arnOf("logs", "log-group:*") },
    ],
  });
}

import { CloudError } from "../cloud-error";
import { hex, text } from "../values";
import { ec2Arn, inSubnet, inVpc, subnetType, vpcType } from "./aws-network";
import { exactlyOne, form, oneOf, refuseWhen } from "./checks";
import type { RuleTable, Subject, WorldCheck } from "./contract";

const isPrivateDns = (subject: Subject): boolean => subject.inputs["privateDnsEnabled"] === true;

const dnsAllowed: WorldCheck = (subject, world) => {
  if (!isPrivateDns(subject)) return undefined;
  const vpc = world.find([vpcType], text(subject.inputs, "vpcId") ?? "", subject.scope.key);
  if (
    vpc === undefined ||
    (vpc.outputs["enableDnsSupport"] !== false && vpc.outputs["enableDnsHostnames"] === true)
  )
    return undefined;
  return new CloudError(
    "InvalidParameter",
    `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
  );
};

const serviceExists: WorldCheck = ({ inputs, scope }) => {
  const service = text(inputs, "serviceName") ?? "";
  const region = scope.facts["region"] ?? "";
  // Services of other accounts (com.amazonaws.vpce.…) and of AWS Marketplace are not known here.
  const known = new RegExp(
    `^(com\\.amazonaws|aws\\.api)\\.${region}\\.[a-z0-9.-]+$|^com\\.amazonaws\\.(vpce|s3-global)\\.`,
  );
  if (service === "" || known.test(service)) return undefined;
  return new CloudError(
    "InvalidServiceName",
    `The Vpc Endpoint Service '${service}' does not exist in ${region}`,
  );
};

const oneSubnetPerZone: WorldCheck = (subject, world) => {
  const ids = Array.isArray(subject.inputs["subnetIds"]) ? (subject.inputs["subnetIds"] as unknown[]) : [];
  const zones = ids
    .map((id) => world.find([subnetType], String(id), subject.scope.key))
    .map((subnet) => text(subnet?.outputs ?? {}, "availabilityZone"));
  const twice = zones.find((zone, i) => zone !== undefined && zones.indexOf(zone) !== i);
  if (twice === undefined) return undefined;
  return new CloudError(
    "DuplicateSubnetsInSameZone",
    `Found another VPC endpoint subnet in the availability zone of ${twice}.`,
  );
};

const gatewayServices = /\.(s3|dynamodb|s3express)$/;

const isInterface = (inputs: Readonly<Record<string, unknown>>): boolean =>
  inputs["vpcEndpointType"] === "Interface" || inputs["vpcEndpointType"] === "GatewayLoadBalancer";

/** Private endpoints and flow logs. Source: Amazon EC2 API reference, 2026-11-21. */
export const awsEndpoints: RuleTable = {
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    id: "vpce-0{hex:16}",
    checks: [
      oneOf("vpcEndpointType", ["Gateway", "Interface", "GatewayLoadBalancer", "Resource", "ServiceNetwork"]),
      refuseWhen(
        "subnetIds",
        (inputs) =>
          !isInterface(inputs) &&
          (inputs["subnetIds"] !== undefined || inputs["securityGroupIds"] !== undefined),
        "InvalidParameter: subnetIds and securityGroupIds are for interface endpoints; a Gateway endpoint takes routeTableIds",
      ),
      refuseWhen(
        "routeTableIds",
        (inputs) => isInterface(inputs) && inputs["routeTableIds"] !== undefined,
        "InvalidParameter: routeTableIds are for Gateway endpoints; an interface endpoint takes subnetIds",
      ),
      refuseWhen(
        "vpcEndpointType",
        ({ vpcEndpointType, serviceName }) =>
          (vpcEndpointType ?? "Gateway") === "Gateway" &&
          typeof serviceName === "string" &&
          serviceName.includes(".") &&
          !gatewayServices.test(serviceName),
        "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface])",
      ),
    ],
    references: [
      inVpc,
      inSubnet("subnetIds[]"),
      {
        path: "securityGroupIds[]",
        to: ["aws:ec2/securityGroup:SecurityGroup"],
        missing: "InvalidGroup.NotFound",
        sentence: "The security group '{value}' does not exist",
      },
      {
        path: "routeTableIds[]",
        to: ["aws:ec2/routeTable:RouteTable"],
        missing: "InvalidRouteTableId.NotFound",
        sentence: "The routeTable ID '{value}' does not exist",
        held: false,
      },
    ],
    refuses: [serviceExists, dnsAllowed, oneSubnetPerZone],
    replaceOn: [
      "serviceName",
      "vpcEndpointType",
      "vpcId",
      "serviceRegion",
      "resourceConfigurationArn",
      "serviceNetworkArn",
    ],
    defaults: { vpcEndpointType: "Gateway", privateDnsEnabled: false },
    outputs: {
      arn: ec2Arn("vpc-endpoint"),
      state: () => "available",
      prefixListId: (subject) => (isInterface(subject.inputs) ? undefined : `pl-${hex(subject.seed, 8)}`),
      requesterManaged: () => false,
    },
  },
  "aws:ec2/flowLog:FlowLog": {
    id: "fl-0{hex:16}",
    checks: [
      exactlyOne(
        [
          "vpcId",
          "subnetId",
          "eniId",
          "transitGatewayId",
          "transitGatewayAttachmentId",
          "regionalNatGatewayId",
        ],
        "InvalidParameter",
      ),
      oneOf("trafficType", ["ALL", "ACCEPT", "REJECT"]),
      oneOf("maxAggregationInterval", [60, 600]),
      oneOf("logDestinationType", ["cloud-watch-logs", "s3", "kinesis-data-firehose"]),
      form("logDestination", /^arn:/, "an ARN"),
      refuseWhen(
        "trafficType",
        (inputs) =>
          inputs["trafficType"] === undefined &&
          inputs["transitGatewayId"] === undefined &&
          inputs["transitGatewayAttachmentId"] === undefined,
        "InvalidParameter: trafficType is needed for a flow log of a VPC, a subnet or a network interface",
      ),
      refuseWhen(
        "iamRoleArn",
        (inputs) =>
          (inputs["logDestinationType"] ?? "cloud-watch-logs") === "cloud-watch-logs" &&
          inputs["iamRoleArn"] === undefined,
        "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs",
      ),
    ],
    references: [
      { ...inVpc, held: false },
      { ...inSubnet("subnetId"), held: false },
      {
        path: "iamRoleArn",
        to: ["aws:iam/role:Role"],
        missing: "InvalidParameter",
        sentence: "The IAM role '{value}' does not exist or cannot be assumed",
        held: false,
      },
      {
        path: "logDestination",
        to: ["aws:cloudwatch/logGroup:LogGroup", "aws:s3/bucket:Bucket"],
        missing: "InvalidParameter",
        sentence: "LogDestination: '{value}' does not exist",
        held: false,
        provided: /:(kinesis|firehose):|:s3:::.+\/./,
      },
    ],
    claims: [
      {
        key: "{vpcId}{subnetId}{eniId} {trafficType} {logDestination}",
        code: "FlowLogAlreadyExists",
        sentence: "There is an existing Flow Log with the same configuration and log destination.",
      },
    ],
    replaceOn: [
      "vpcId",
      "subnetId",
      "eniId",
      "transitGatewayId",
      "transitGatewayAttachmentId",
      "regionalNatGatewayId",
      "deliverCrossAccountRole",
      "destinationOptions",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "trafficType",
    ],
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    outputs: { arn: ec2Arn("vpc-flow-log") },
  },
};

import { CloudError } from "../cloud-error";
import { contains, overlaps, parseBlock } from "../cidr";
import { zoneId, zonesOf } from "../invokes/aws";
import { hex, text } from "../values";
import { blocks, exactlyOne, form, oneOf, refuseWhen } from "./checks";
import type { Reference, RuleTable, Subject, WorldCheck } from "./contract";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";

/** The network that a thing lies in. */
export const inVpc: Reference = {
  path: "vpcId",
  to: [vpcType],
  missing: "InvalidVpcID.NotFound",
  sentence: "The vpc ID '{value}' does not exist",
};

/** The subnet or subnets that a thing lies in. */
export function inSubnet(path: string): Reference {
  const sentence = "The subnet ID '{value}' does not exist";
  return { path, to: [subnetType], missing: "InvalidSubnetID.NotFound", sentence };
}

/** The ARN of an EC2 thing. */
export function ec2Arn(kind: string): string {
  return `arn:{partition}:ec2:{region}:{account}:${kind}/{id}`;
}

/** The refusal of EC2 to delete what something else still uses. */
export function hasDependencies(kind: string): { readonly code: string; readonly sentence: string } {
  return {
    code: "DependencyViolation",
    sentence: `The ${kind} '{id}' has dependencies and cannot be deleted.`,
  };
}

const subnetFits: WorldCheck = (subject, world) => {
  const block = parseBlock(text(subject.inputs, "cidrBlock") ?? "");
  const vpc = world.find([vpcType], text(subject.inputs, "vpcId") ?? "", subject.scope.key);
  const range = parseBlock(text(vpc?.inputs ?? {}, "cidrBlock") ?? "");
  if (block === undefined || vpc === undefined || range === undefined) return undefined;
  if (!contains(range, block)) {
    return new CloudError(
      "InvalidSubnet.Range",
      `The CIDR '${block.cidr}' is invalid: it is not inside '${range.cidr}' of ${vpc.id}.`,
    );
  }
  const sibling = world
    .ofType(subnetType)
    .filter((item) => item.id !== subject.id && item.inputs["vpcId"] === vpc.id)
    .find((item) => {
      const other = parseBlock(text(item.inputs, "cidrBlock") ?? "");
      return other !== undefined && overlaps(other, block);
    });
  if (sibling === undefined) return undefined;
  return new CloudError(
    "InvalidSubnet.Conflict",
    `The CIDR '${block.cidr}' conflicts with another subnet: ${sibling.id} has '${String(sibling.inputs["cidrBlock"])}'.`,
  );
};

const zoneExists: WorldCheck = ({ inputs, scope }) => {
  const zone = text(inputs, "availabilityZone");
  const zones = zonesOf(scope.facts["region"] ?? "");
  if (zone === undefined || zones.includes(zone)) return undefined;
  const sentence = `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in: ${zones.join(", ")}.`;
  return new CloudError("InvalidParameterValue", sentence);
};

const zoneOf = ({ inputs, scope }: Subject): string =>
  text(inputs, "availabilityZone") ?? zonesOf(scope.facts["region"] ?? "")[0] ?? "";

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
  const zones = ids.map(
    (id) => world.find([subnetType], String(id), subject.scope.key)?.outputs["availabilityZone"],
  );
  const twice = zones.find((zone, i) => zone !== undefined && zones.indexOf(zone) !== i);
  if (twice === undefined) return undefined;
  return new CloudError(
    "DuplicateSubnetsInSameZone",
    `Found another VPC endpoint subnet in the availability zone of ${String(twice)}.`,
  );
};

const gatewayServices = /\.(s3|dynamodb|s3express)$/;
const isInterface = (inputs: Readonly<Record<string, unknown>>): boolean =>
  inputs["vpcEndpointType"] === "Interface" || inputs["vpcEndpointType"] === "GatewayLoadBalancer";

/** Networks, subnets, private endpoints, flow logs. Source: Amazon EC2 API reference, 2026-11-21. */
export const awsNetwork: RuleTable = {
  [vpcType]: {
    id: "vpc-0{hex:16}",
    checks: [
      blocks("cidrBlock", 16, 28, "InvalidVpc.Range"),
      oneOf("instanceTenancy", ["default", "dedicated"]),
    ],
    replaceOn: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    defaults: {
      enableDnsSupport: true,
      enableDnsHostnames: false,
      instanceTenancy: "default",
      enableNetworkAddressUsageMetrics: false,
    },
    outputs: {
      arn: ec2Arn("vpc"),
      defaultSecurityGroupId: "sg-0{hex:16}",
      defaultNetworkAclId: "acl-0{hex:16}",
      defaultRouteTableId: "rtb-0{hex:16}",
      mainRouteTableId: "rtb-0{hex:16}",
      dhcpOptionsId: "dopt-0{hex:16}",
    },
    inUse: hasDependencies("vpc"),
  },
  [subnetType]: {
    id: "subnet-0{hex:16}",
    checks: [blocks("cidrBlock", 16, 28, "InvalidSubnet.Range")],
    references: [inVpc],
    refuses: [zoneExists, subnetFits],
    replaceOn: ["availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"],
    deleteBeforeReplace: true,
    defaults: {
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      ipv6Native: false,
    },
    outputs: {
      arn: ec2Arn("subnet"),
      availabilityZone: zoneOf,
      availabilityZoneId: (subject) => zoneId(zoneOf(subject)),
      privateDnsHostnameTypeOnLaunch: () => "ip-name",
    },
    inUse: hasDependencies("subnet"),
  },
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
    replaceOn: ["serviceName", "vpcEndpointType", "vpcId", "serviceRegion"],
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

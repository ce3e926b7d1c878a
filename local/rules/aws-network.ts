import { CloudError } from "../cloud-error";
import { contains, overlaps, parseBlock } from "../cidr";
import { zoneId, zonesOf } from "../invokes/aws";
import { text } from "../values";
import { blocks, oneOf } from "./checks";
import type { Reference, RuleTable, Subject, WorldCheck } from "./contract";

export const vpcType = "aws:ec2/vpc:Vpc";
export const subnetType = "aws:ec2/subnet:Subnet";

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
};

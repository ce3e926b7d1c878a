import type { RuleTable } from "./contract";

const vpc = {
  path: "vpcId",
  to: ["aws:ec2/vpc:Vpc"],
  missing: "InvalidVpcID.NotFound",
  sentence: "The vpc ID '{value}' does not exist",
} as const;

const ec2 = (kind: string): string => `arn:{partition}:ec2:{region}:{account}:${kind}/{id}`;

/** Networks, subnets, security groups, endpoints, flow logs. */
export const awsNetwork: RuleTable = {
  "aws:ec2/vpc:Vpc": {
    id: "vpc-0{hex:16}",
    replaceOn: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    defaults: {
      enableDnsSupport: true,
      enableDnsHostnames: false,
      instanceTenancy: "default",
      enableNetworkAddressUsageMetrics: false,
    },
    outputs: {
      arn: ec2("vpc"),
      defaultSecurityGroupId: "sg-0{hex:16}",
      defaultNetworkAclId: "acl-0{hex:16}",
      defaultRouteTableId: "rtb-0{hex:16}",
      mainRouteTableId: "rtb-0{hex:16}",
      dhcpOptionsId: "dopt-0{hex:16}",
    },
    inUse: {
      code: "DependencyViolation",
      sentence: "The vpc '{id}' has dependencies and cannot be deleted.",
    },
  },
  "aws:ec2/subnet:Subnet": {
    id: "subnet-0{hex:16}",
    references: [vpc],
    replaceOn: ["availabilityZone", "availabilityZoneId", "cidrBlock", "ipv6Native", "outpostArn", "vpcId"],
    deleteBeforeReplace: true,
    defaults: {
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      ipv6Native: false,
    },
    outputs: { arn: ec2("subnet") },
    inUse: {
      code: "DependencyViolation",
      sentence: "The subnet '{id}' has dependencies and cannot be deleted.",
    },
  },
};

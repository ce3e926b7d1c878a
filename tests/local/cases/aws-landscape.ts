import type { Passing } from "../rule-tables";

export const root = { AWS: "arn:aws:iam::123456789012:root" };
export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const keyPolicy = policy(
  { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" },
  {
    Effect: "Allow",
    Principal: { Service: "logs.us-east-1.amazonaws.com" },
    Action: "kms:Encrypt*",
    Resource: "*",
  },
);
export const trust = policy({
  Effect: "Allow",
  Principal: { Service: "vpc-flow-logs.amazonaws.com" },
  Action: "sts:AssumeRole",
});
export const mayWrite = policy({ Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" });
export const tlsOnly = (bucket: string): string =>
  policy({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  });
export const lifecycle = (...transitions: readonly object[]) => ({
  rules: [{ id: "age", status: "Enabled", filter: { prefix: "" }, transitions, expiration: { days: 365 } }],
});

/** One thing of every type that the cloud takes, in an order in which it takes them. */
export const passing: readonly Passing[] = [
  ["net", "aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true }],
  ["other", "aws:ec2/vpc:Vpc", { cidrBlock: "10.9.0.0/16" }],
  [
    "subnet",
    "aws:ec2/subnet:Subnet",
    ({ net }) => ({ vpcId: net!.id, cidrBlock: "10.0.0.0/24", availabilityZone: "us-east-1a" }),
  ],
  [
    "twin",
    "aws:ec2/subnet:Subnet",
    ({ net }) => ({ vpcId: net!.id, cidrBlock: "10.0.1.0/24", availabilityZone: "us-east-1a" }),
  ],
  ["foreign", "aws:ec2/subnet:Subnet", ({ other }) => ({ vpcId: other!.id, cidrBlock: "10.9.0.0/24" })],
  ["gateway", "aws:ec2/internetGateway:InternetGateway", ({ net }) => ({ vpcId: net!.id })],
  ["table", "aws:ec2/routeTable:RouteTable", ({ net }) => ({ vpcId: net!.id })],
  [
    "link",
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    ({ table, subnet }) => ({ routeTableId: table!.id, subnetId: subnet!.id }),
  ],
  [
    "way",
    "aws:ec2/route:Route",
    ({ table, gateway }) => ({
      routeTableId: table!.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: gateway!.id,
    }),
  ],
  ["address", "aws:ec2/eip:Eip", { domain: "vpc" }],
  [
    "nat",
    "aws:ec2/natGateway:NatGateway",
    ({ subnet, address }) => ({ subnetId: subnet!.id, allocationId: address!.id }),
  ],
  ["group", "aws:ec2/securityGroup:SecurityGroup", ({ net }) => ({ vpcId: net!.id, description: "web" })],
  [
    "default-group",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    ({ net }) => ({ vpcId: net!.id, ingress: [], egress: [] }),
  ],
  [
    "in",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ({ group }) => ({
      securityGroupId: group!.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    }),
  ],
  [
    "out",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ({ group }) => ({ securityGroupId: group!.id, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" }),
  ],
  [
    "old-rule",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    ({ group }) => ({
      securityGroupId: group!.id,
      type: "ingress",
      protocol: "tcp",
      fromPort: 22,
      toPort: 22,
      cidrBlocks: ["10.0.0.0/8"],
    }),
  ],
  [
    "endpoint",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    ({ net, subnet, group }) => ({
      vpcId: net!.id,
      serviceName: "com.amazonaws.us-east-1.sts",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: [subnet!.id],
      securityGroupIds: [group!.id],
    }),
  ],
  ["key", "aws:kms/key:Key", { policy: keyPolicy, deletionWindowInDays: 7 }],
  ["closed-key", "aws:kms/key:Key", {}],
  ["alias", "aws:kms/alias:Alias", ({ key }) => ({ name: "alias/data", targetKeyId: key!.id })],
  [
    "logs",
    "aws:cloudwatch/logGroup:LogGroup",
    ({ key }) => ({ retentionInDays: 90, kmsKeyId: key!.state["arn"] }),
  ],
  ["role", "aws:iam/role:Role", { assumeRolePolicy: trust }],
  ["inline", "aws:iam/rolePolicy:RolePolicy", ({ role }) => ({ role: role!.id, policy: mayWrite })],
  ["policy", "aws:iam/policy:Policy", { policy: mayWrite }],
  [
    "attached",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ({ role, policy: managed }) => ({ role: role!.id, policyArn: managed!.id }),
  ],
  [
    "flows",
    "aws:ec2/flowLog:FlowLog",
    ({ net, role, logs }) => ({
      vpcId: net!.id,
      trafficType: "ALL",
      iamRoleArn: role!.state["arn"],
      logDestination: logs!.state["arn"],
      maxAggregationInterval: 600,
    }),
  ],
  ["bucket", "aws:s3/bucket:Bucket", { bucket: "acme-data" }],
  [
    "access",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    { bucket: "acme-data", blockPublicPolicy: true },
  ],
  [
    "owner",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    { bucket: "acme-data", rule: { objectOwnership: "BucketOwnerEnforced" } },
  ],
  [
    "versions",
    "aws:s3/bucketVersioning:BucketVersioning",
    { bucket: "acme-data", versioningConfiguration: { status: "Enabled" } },
  ],
  [
    "encryption",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    ({ key }) => ({
      bucket: "acme-data",
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key!.state["arn"] },
        },
      ],
    }),
  ],
  [
    "ageing",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    {
      bucket: "acme-data",
      ...lifecycle({ days: 30, storageClass: "STANDARD_IA" }, { days: 90, storageClass: "GLACIER" }),
    },
  ],
  [
    "bucket-policy",
    "aws:s3/bucketPolicy:BucketPolicy",
    { bucket: "acme-data", policy: tlsOnly("acme-data") },
  ],
  [
    "logging",
    "aws:s3/bucketLogging:BucketLogging",
    { bucket: "acme-data", targetBucket: "acme-data", targetPrefix: "logs/" },
  ],
];

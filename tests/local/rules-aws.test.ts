import { awsEndpoints } from "../../local/rules/aws-endpoints";
import { awsFirewall } from "../../local/rules/aws-firewall";
import { awsIdentity } from "../../local/rules/aws-identity";
import { awsNetwork } from "../../local/rules/aws-network";
import { awsRouting } from "../../local/rules/aws-routing";
import { awsStorage } from "../../local/rules/aws-storage";
import { describeRules, type Failing, type Passing } from "./rule-tables";

const root = { AWS: "arn:aws:iam::123456789012:root" };
const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const keyPolicy = policy(
  { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" },
  {
    Effect: "Allow",
    Principal: { Service: "logs.us-east-1.amazonaws.com" },
    Action: "kms:Encrypt*",
    Resource: "*",
  },
);
const trust = policy({
  Effect: "Allow",
  Principal: { Service: "vpc-flow-logs.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const mayWrite = policy({ Effect: "Allow", Action: "logs:PutLogEvents", Resource: "*" });
const tlsOnly = (bucket: string): string =>
  policy({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  });
const lifecycle = (...transitions: readonly object[]) => ({
  rules: [{ id: "age", status: "Enabled", filter: { prefix: "" }, transitions, expiration: { days: 365 } }],
});

const passing: readonly Passing[] = [
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

const failing: readonly Failing[] = [
  [
    "net",
    { cidrBlock: "10.0.0.0/8" },
    /InvalidVpc\.Range: The CIDR '10\.0\.0\.0\/8' is invalid.*\/16 and a \/28/,
  ],
  [
    "net",
    { cidrBlock: "10.0.0.1/16" },
    /'10\.0\.0\.1\/16' is not a valid IPv4 CIDR block; did you mean '10\.0\.0\.0\/16'/,
  ],
  ["net", { cidrBlock: "10.0.0.300/16" }, /not a valid IPv4 CIDR block/],
  ["net", { cidrBlok: "10.0.0.0/16" }, /Invalid or unknown key 'cidrBlok'/],
  [
    "net",
    { cidrBlock: 16 as unknown as string, enableDnsSupport: "perhaps" },
    /expected boolean, got string "perhaps"/,
  ],
  ["net", { tags: { "aws:name": "x" } }, /InvalidTag: the tag key 'aws:name'/],
  [
    "net",
    { tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"])) },
    /TooManyTags: 51 tags given, 50 allowed/,
  ],
  ["net", { tags: { a: "<b>" } }, /InvalidTag: the tag value '<b>'/],
  [
    "subnet",
    { vpcId: "vpc-0missing" },
    /creating Subnet \(.*\): InvalidVpcID\.NotFound: The vpc ID 'vpc-0missing' does not exist/,
  ],
  ["subnet", { vpcId: undefined }, /Missing required property 'vpcId'/],
  [
    "subnet",
    { cidrBlock: "10.1.0.0/24" },
    /InvalidSubnet\.Range.*'10\.1\.0\.0\/24'.*not inside '10\.0\.0\.0\/16'/,
  ],
  [
    "subnet",
    { cidrBlock: "10.0.0.128/25" },
    /InvalidSubnet\.Conflict.*'10\.0\.0\.128\/25' conflicts with another subnet/,
  ],
  ["subnet", { cidrBlock: "10.0.2.0/29" }, /InvalidSubnet\.Range.*\/16 and a \/28/],
  [
    "subnet",
    { cidrBlock: "10.0.2.0/24", availabilityZone: "us-east-1z" },
    /Value \(us-east-1z\).*us-east-1a, us-east-1b/,
  ],
  ["gateway", {}, /Resource\.AlreadyAssociated.*already has an internet gateway/],
  ["table", { vpcId: "vpc-0missing" }, /InvalidVpcID\.NotFound/],
  [
    "link",
    ({ foreign }) => ({ subnetId: foreign!.id }),
    /InvalidParameterValue: Route table rtb-\w+ and subnet subnet-\w+ belong to different networks/,
  ],
  ["link", {}, /Resource\.AlreadyAssociated: the specified association/],
  ["way", {}, /RouteAlreadyExists: The route identified by 0\.0\.0\.0\/0 already exists/],
  ["way", { destinationCidrBlock: "10.5.0.1/24" }, /did you mean '10\.5\.0\.0\/24'/],
  ["way", { natGatewayId: "nat-1" }, /gatewayId and natGatewayId are given/],
  ["way", { gatewayId: "igw-0missing", destinationCidrBlock: "10.5.0.0/24" }, /InvalidGatewayID\.NotFound/],
  ["address", { domain: "standard" }, /expected domain to be one of vpc, got standard/],
  ["nat", {}, /Resource\.AlreadyAssociated: resource eipalloc-\w+ is already associated/],
  ["nat", { allocationId: undefined }, /MissingParameter.*allocationId/],
  ["nat", { subnetId: "subnet-0missing", allocationId: "x" }, /InvalidSubnetID\.NotFound/],
  ["group", { name: "sg-web" }, /invalid name 'sg-web'.*not starting with 'sg-'/],
  ["group", ({ group }) => ({ name: group!.inputs["name"] }), /InvalidGroup\.Duplicate/],
  ["group", { vpcId: undefined }, /VPCIdNotSpecified/],
  ["group", { description: "naïve" }, /invalid description/],
  ["group", { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80 }] }, /names no source/],
  [
    "default-group",
    { ingress: [{ protocol: "tcp", fromPort: 80, toPort: 70, self: true }] },
    /'80-70' for portRange/,
  ],
  ["in", {}, /InvalidPermission\.Duplicate.*peer: 0\.0\.0\.0\/0, tcp, from port: 443/],
  ["in", { prefixListId: "pl-1" }, /cidrIpv4 and prefixListId are given/],
  ["in", { cidrIpv4: undefined }, /one of cidrIpv4.*is needed, none is given/],
  ["in", { fromPort: undefined }, /protocol tcp needs fromPort and toPort/],
  ["in", { fromPort: 70000, toPort: 70000 }, /'70000-70000' for portRange/],
  ["out", { fromPort: 1, toPort: 2 }, /must be left out \(or 0\)/],
  ["out", { cidrIpv4: undefined, referencedSecurityGroupId: "sg-0missing" }, /InvalidGroup\.NotFound/],
  ["old-rule", { cidrBlocks: undefined }, /one of cidrBlocks.*is needed/],
  [
    "endpoint",
    { serviceName: "com.amazonaws.eu-west-1.sts" },
    /InvalidServiceName.*does not exist in us-east-1/,
  ],
  ["endpoint", { vpcEndpointType: "Gateway" }, /subnetIds and securityGroupIds are for interface endpoints/],
  [
    "endpoint",
    ({ subnet, twin }) => ({ subnetIds: [subnet!.id, twin!.id] }),
    /DuplicateSubnetsInSameZone.*us-east-1a/,
  ],
  [
    "endpoint",
    ({ other, foreign }) => ({ vpcId: other!.id, subnetIds: [foreign!.id] }),
    /requires both enableDnsSupport and enableDnsHostnames/,
  ],
  ["key", { deletionWindowInDays: 6 }, /deletionWindowInDays to be in the range \(7 - 30\), got 6/],
  [
    "key",
    {
      policy: policy({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::999999999999:root" },
        Action: "kms:*",
        Resource: "*",
      }),
    },
    /will not allow you to update the key policy/,
  ],
  ["alias", { name: "data" }, /invalid name 'data': it must be alias\//],
  ["alias", {}, /AlreadyExistsException: An alias with the name alias\/data already exists/],
  ["logs", { retentionInDays: 100 }, /retentionInDays to be one of 0, 1, 3.*got 100/],
  [
    "logs",
    ({ "closed-key": closed }) => ({ kmsKeyId: closed!.state["arn"] }),
    /AccessDeniedException.*not allowed to be used with Arn/,
  ],
  ["role", { assumeRolePolicy: "{" }, /MalformedPolicyDocument: Syntax errors in policy/],
  ["role", { assumeRolePolicy: mayWrite }, /Missing required field Principal/],
  ["role", ({ role }) => ({ name: role!.id }), /EntityAlreadyExists: Role with name role-\w+ already exists/],
  ["role", { name: "a b" }, /invalid name 'a b'/],
  ["inline", { role: "nobody" }, /NoSuchEntity: The role with name nobody cannot be found/],
  [
    "policy",
    { policy: policy({ Effect: "Allow", Action: "x".repeat(6200), Resource: "*" }) },
    /Cannot exceed quota for PolicySize: 6144/,
  ],
  [
    "attached",
    { policyArn: "arn:aws:iam::123456789012:policy/none" },
    /NoSuchEntity: Policy arn.*none does not exist/,
  ],
  ["flows", { maxAggregationInterval: 300 }, /maxAggregationInterval to be one of 60, 600, got 300/],
  ["flows", ({ subnet }) => ({ subnetId: subnet!.id }), /vpcId and subnetId are given/],
  ["flows", {}, /FlowLogAlreadyExists/],
  ["flows", { iamRoleArn: undefined }, /DeliverLogsPermissionArn/],
  ["bucket", { bucket: "acme-data" }, /BucketAlreadyOwnedByYou/],
  ["bucket", { bucket: "Acme_Data" }, /InvalidBucketName: invalid bucket 'Acme_Data'/],
  ["access", { bucket: "nowhere" }, /NoSuchBucket: The specified bucket does not exist: nowhere/],
  ["owner", { rule: { objectOwnership: "Me" } }, /rule\.objectOwnership to be one of/],
  ["versions", { versioningConfiguration: { status: "On" } }, /Enabled, Suspended, Disabled, got On/],
  [
    "encryption",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256", kmsMasterKeyId: "x" } }] },
    /KMSMasterKeyID is not applicable/,
  ],
  [
    "encryption",
    { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "none" } }] },
    /NotFoundException: Key 'none' does not exist/,
  ],
  [
    "ageing",
    lifecycle({ days: 7, storageClass: "STANDARD_IA" }),
    /greater than or equal to 30 for storageClass 'STANDARD_IA': 7 in rule 'age'/,
  ],
  [
    "ageing",
    lifecycle({ days: 90, storageClass: "GLACIER" }, { days: 90, storageClass: "DEEP_ARCHIVE" }),
    /'DEEP_ARCHIVE' for rule 'age' must be greater than that for StorageClass 'GLACIER'/,
  ],
  [
    "ageing",
    lifecycle({ days: 365, storageClass: "GLACIER" }),
    /'Days' in the Expiration action for rule 'age' must be greater/,
  ],
  [
    "ageing",
    lifecycle({ days: 30, storageClass: "STANDARD_IA" }, { days: 40, storageClass: "GLACIER" }),
    /stay 30 days in 'STANDARD_IA'/,
  ],
  ["ageing", { rules: [...lifecycle().rules, ...lifecycle().rules] }, /Rule ID must be unique.*age/],
  [
    "bucket-policy",
    { policy: tlsOnly("acme-other") },
    /MalformedPolicy: Policy has invalid resource: arn:aws:s3:::acme-other/,
  ],
  [
    "bucket-policy",
    {
      policy: policy({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-data/*",
      }),
    },
    /AccessDenied.*BlockPublicPolicy/,
  ],
  [
    "bucket-policy",
    {
      policy: policy({
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:role/none" },
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-data/*",
      }),
    },
    /Invalid principal in policy/,
  ],
  ["logging", { targetBucket: "nowhere" }, /InvalidTargetBucketForLogging/],
];

describeRules("aws", { region: "us-east-1" }, passing, failing, {
  ...awsEndpoints,
  ...awsFirewall,
  ...awsIdentity,
  ...awsNetwork,
  ...awsRouting,
  ...awsStorage,
});

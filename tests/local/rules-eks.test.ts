import { awsEks } from "../../local/rules/aws-eks";
import { awsEksAccess } from "../../local/rules/aws-eks-access";
import { awsLaunchTemplate } from "../../local/rules/aws-launch-template";
import { awsNodes } from "../../local/rules/aws-nodes";
import type { Properties } from "../../local/values";
import { describeRules, type Failing } from "./rule-tables";
import { subnetIds, person, eksLandscape } from "./landscape-eks";

const like = (name: string): Properties => ({ name });
const sized = (minSize: number, desiredSize: number, maxSize: number): Properties => ({
  nodeGroupName: "x",
  scalingConfig: { minSize, desiredSize, maxSize },
});

const failing: readonly Failing[] = [
  ["cluster", {}, /ResourceInUseException: Cluster already exists/],
  ["cluster", like("-ml"), /invalid name '-ml'/],
  ["cluster", like("x".repeat(101)), /1 to 100 letters/],
  ["cluster", { ...like("x"), version: "1.20" }, /unsupported Kubernetes version.*1\.20/],
  [
    "cluster",
    ({ nodes }) => ({ ...like("x"), roleArn: nodes!.state["arn"] }),
    /does not allow eks\.amazonaws\.com/,
  ],
  ["cluster", { ...like("x"), roleArn: "arn:aws:iam::123456789012:role/none" }, /does not exist \(roleArn\)/],
  [
    "cluster",
    ({ a }) => ({ ...like("x"), vpcConfig: { subnetIds: [a!.id] } }),
    /at least two different AZs; given 1/,
  ],
  [
    "cluster",
    ({ a }) => ({ ...like("x"), vpcConfig: { subnetIds: [a!.id, a!.id] } }),
    /they are in us-east-1a/,
  ],
  [
    "cluster",
    ({ a, old }) => ({ ...like("x"), vpcConfig: { subnetIds: [a!.id, old!.id] } }),
    /UnsupportedAvailabilityZoneException.*us-east-1e/,
  ],
  [
    "cluster",
    { ...like("x"), vpcConfig: { subnetIds: ["subnet-1", "subnet-2"] } },
    /subnet ID 'subnet-1' does not exist/,
  ],
  [
    "cluster",
    (made) => ({ ...like("x"), vpcConfig: { subnetIds: subnetIds(made), endpointPublicAccess: false } }),
    /Private and public endpoint access cannot be false/,
  ],
  [
    "cluster",
    { ...like("x"), kubernetesNetworkConfig: { serviceIpv4Cidr: "10.0.0.0/16" } },
    /overlaps the VPC's block 10\.0\.0\.0\/16/,
  ],
  [
    "cluster",
    { ...like("x"), kubernetesNetworkConfig: { serviceIpv4Cidr: "100.64.0.0/16" } },
    /within 10\.0\.0\.0\/8/,
  ],
  [
    "cluster",
    { ...like("x"), encryptionConfig: { provider: { keyArn: "arn:none" }, resources: ["secrets"] } },
    /Key 'arn:none' does not exist/,
  ],
  ["cluster", { ...like("x"), enabledClusterLogTypes: ["kubelet"] }, /got kubelet/],
  [
    "template",
    { metadataOptions: { httpTokens: "maybe" } },
    /httpTokens to be one of optional, required, got maybe/,
  ],
  ["template", { instanceType: "m99.large" }, /Invalid instance type: m99\.large/],
  ["template", { vpcSecurityGroupIds: ["sg-none"] }, /security group 'sg-none' does not exist/],
  ["template", { userData: "#!/bin/sh" }, /InvalidUserData\.Malformed/],
  ["template", { blockDeviceMappings: [{ ebs: { kmsKeyId: "k" } }] }, /requires the parameter Encrypted/],
  ["general", {}, /NodeGroup already exists/],
  ["general", sized(3, 2, 3), /Minimum capacity 3 can't be greater than desired size 2/],
  ["general", sized(1, 4, 3), /Desired capacity 4 can't be greater than max size 3/],
  ["general", sized(4, 4, 3), /Minimum capacity 4 can't be greater than maximum size 3/],
  ["general", { nodeGroupName: "x", instanceTypes: ["m99.large"] }, /do not exist: \[m99\.large\]/],
  [
    "general",
    { nodeGroupName: "x", instanceTypes: ["m7g.large"], amiType: "AL2023_x86_64_STANDARD" },
    /\[m7g\.large\] is not a valid instance type/,
  ],
  [
    "general",
    { nodeGroupName: "x", amiType: "AL2023_x86_64_NVIDIA" },
    /\[m7i\.large\] is not a valid instance type/,
  ],
  [
    "general",
    ({ a, old }) => ({ nodeGroupName: "x", subnetIds: [a!.id, old!.id] }),
    /\(m7i\.large\) is not supported in your requested Availability Zone \(us-east-1e\)/,
  ],
  ["general", { nodeGroupName: "x", diskSize: 50 }, /Disk size must be specified within the launch template/],
  ["general", { nodeGroupName: "x", clusterName: "none" }, /No cluster found for name: none/],
  [
    "general",
    { nodeGroupName: "x", version: "1.36" },
    /1\.36 cannot be newer than the cluster's version 1\.35/,
  ],
  [
    "general",
    ({ pods }) => ({ nodeGroupName: "x", nodeRoleArn: pods!.state["arn"] }),
    /does not allow ec2\.amazonaws\.com/,
  ],
  [
    "general",
    { nodeGroupName: "x", launchTemplate: { id: "lt-none", version: "1" } },
    /launch template lt-none does not exist/,
  ],
  [
    "general",
    { nodeGroupName: "x", taints: [{ key: "nvidia.com/gpu", effect: "NoSchedule" }] },
    /got NoSchedule/,
  ],
  [
    "general",
    { nodeGroupName: "x", updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 10 } },
    /not 2/,
  ],
  ["general", { nodeGroupName: "x", labels: { "bad key": "v" } }, /bad key=v is no Kubernetes label/],
  ["people", {}, /already in use on this cluster/],
  ["people", { principalArn: "someone" }, /the ARN of a role or user/],
  [
    "people",
    { principalArn: `${person}2`, kubernetesGroups: ["system:masters"] },
    /does not start with system:/,
  ],
  ["rights", { principalArn: `${person}2` }, /has no access entry on the cluster/],
  ["rights", { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, /an EKS access policy/],
  ["rights", { accessScope: { type: "namespace" } }, /needs namespaces/],
  ["identity", {}, /Association already exists/],
  [
    "identity",
    ({ nodes }) => ({ serviceAccount: "x", roleArn: nodes!.state["arn"] }),
    /does not allow pods\.eks\.amazonaws\.com/,
  ],
  ["proxy", { addonName: "istio" }, /Addon specified is not supported.*istio/],
  ["proxy", { addonName: "coredns", configurationValues: "{" }, /is no JSON document/],
  ["proxy", {}, /Addon already exists: kube-proxy/],
  ["issuer", {}, /EntityAlreadyExists/],
  ["issuer", { url: "http://x" }, /starts with https/],
];

describeRules("aws", { region: "us-east-1" }, eksLandscape, failing, {
  ...awsEks,
  ...awsEksAccess,
  ...awsNodes,
  ...awsLaunchTemplate,
});

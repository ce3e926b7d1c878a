import type { Properties } from "../../local/values";
import type { Landscape, Passing } from "./rule-tables";

const trust = (...services: readonly string[]): Properties => ({
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: services }, Action: ["sts:AssumeRole", "sts:TagSession"] },
    ],
  }),
});
const clusterType = "aws:eks/cluster:Cluster";
const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
const subnet =
  (cidrBlock: string, availabilityZone: string): Passing[2] =>
  ({ net }: Landscape) => ({ vpcId: net!.id, cidrBlock, availabilityZone });
export const subnetIds = ({ a, b }: Landscape): readonly string[] => [a!.id, b!.id];
const admin = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
export const person = "arn:aws:iam::123456789012:role/people";

/** What an AWS cluster is made of, as the EKS components register it. */
export const eksLandscape: readonly Passing[] = [
  ["net", "aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }],
  ["a", "aws:ec2/subnet:Subnet", subnet("10.0.0.0/20", "us-east-1a")],
  ["b", "aws:ec2/subnet:Subnet", subnet("10.0.16.0/20", "us-east-1b")],
  ["old", "aws:ec2/subnet:Subnet", subnet("10.0.32.0/20", "us-east-1e")],
  ["service", "aws:iam/role:Role", trust("eks.amazonaws.com")],
  ["nodes", "aws:iam/role:Role", trust("ec2.amazonaws.com")],
  ["pods", "aws:iam/role:Role", trust("pods.eks.amazonaws.com")],
  [
    "cluster",
    clusterType,
    (made) => ({
      name: "ml",
      version: "1.35",
      roleArn: made["service"]!.state["arn"],
      vpcConfig: { subnetIds: subnetIds(made), endpointPrivateAccess: true, endpointPublicAccess: false },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    }),
  ],
  [
    "template",
    "aws:ec2/launchTemplate:LaunchTemplate",
    {
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: 100, volumeType: "gp3", encrypted: "true" } },
      ],
    },
  ],
  [
    "general",
    nodeGroupType,
    (made) => ({
      clusterName: "ml",
      nodeGroupName: "general",
      nodeRoleArn: made["nodes"]!.state["arn"],
      subnetIds: subnetIds(made),
      instanceTypes: ["m7i.large"],
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
      launchTemplate: { id: made["template"]!.id, version: "1" },
      labels: { workload: "general" },
    }),
  ],
  ["people", "aws:eks/accessEntry:AccessEntry", { clusterName: "ml", principalArn: person }],
  [
    "rights",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    { clusterName: "ml", principalArn: person, policyArn: admin, accessScope: { type: "cluster" } },
  ],
  [
    "identity",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    ({ pods }) => ({
      clusterName: "ml",
      namespace: "ml",
      serviceAccount: "train",
      roleArn: pods!.state["arn"],
    }),
  ],
  ["proxy", "aws:eks/addon:Addon", { clusterName: "ml", addonName: "kube-proxy" }],
  [
    "issuer",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    ({ cluster }) => {
      const [identity] = cluster!.state["identities"] as readonly { oidcs: readonly { issuer: string }[] }[];
      return { url: identity!.oidcs[0]!.issuer, clientIdLists: ["sts.amazonaws.com"] };
    },
  ],
];

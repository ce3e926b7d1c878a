import * as ec2 from "@pulumi/aws/ec2";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import type { Cluster } from "@pulumi/eks/cluster";
import { ManagedNodeGroup } from "@pulumi/eks/managedNodeGroup";
import * as pulumi from "@pulumi/pulumi";
import type { Capacity } from "../catalog/accelerators";
import type { DriverContext } from "../core/capability";
import type { ClusterArgs } from "./contract";
import { accelerated, nodeDiskGiB, type PoolPlan } from "./pools";

/** What a node may do: join the cluster, pull images and be looked at through Session Manager. Pods have identities of their own. */
const nodePolicies = {
  worker: "AmazonEKSWorkerNodePolicy",
  cni: "AmazonEKS_CNI_Policy",
  pull: "AmazonEC2ContainerRegistryPullOnly",
  sessions: "AmazonSSMManagedInstanceCore",
} as const;

/** The role that every node has. */
export function createNodeRole({ name, tags, child }: DriverContext<"aws">): iam.Role {
  const { partition } = getPartitionOutput({}, child);
  const role = new iam.Role(
    `${name}-nodes`,
    {
      description: "Nodes of the cluster: join it and pull images",
      assumeRolePolicy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: ["sts:AssumeRole"] },
        ],
      }),
      tags,
    },
    child,
  );
  for (const [policyRole, policy] of Object.entries(nodePolicies)) {
    new iam.RolePolicyAttachment(
      `${name}-nodes-${policyRole}`,
      { role: role.name, policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}` },
      child,
    );
  }
  return role;
}

interface PoolArgs extends ClusterArgs {
  readonly cluster: Cluster;
  readonly nodeRole: iam.Role;
}

/** A managed node group for each pool: EKS replaces its nodes one by one, and starts a new one before an old one goes. */
export function createNodePools(context: DriverContext<"aws">, args: PoolArgs): readonly ManagedNodeGroup[] {
  return args.pools.map((pool) => createNodePool(context, args, pool));
}

/** EKS knows two ways; a reservation is taken by the launch template, and on-demand machines are the rest. */
const capacityTypes: { readonly [C in Capacity]: "ON_DEMAND" | "SPOT" } = {
  reservation: "ON_DEMAND",
  "on-demand": "ON_DEMAND",
  "flexible-start": "ON_DEMAND",
  spot: "SPOT",
};

function createNodePool(context: DriverContext<"aws">, args: PoolArgs, pool: PoolPlan): ManagedNodeGroup {
  const { name, tags, child } = context;
  const template = createLaunchTemplate(context, args, pool);
  return new ManagedNodeGroup(
    `${name}-${pool.name}`,
    {
      cluster: args.cluster,
      nodeRoleArn: args.nodeRole.arn,
      subnetIds: args.network.privateSubnetIds,
      instanceTypes: [pool.machine.type],
      amiType: accelerated(pool.machine) ? "AL2023_x86_64_NVIDIA" : "AL2023_x86_64_STANDARD",
      capacityType: capacityTypes[pool.capacity],
      scalingConfig: { minSize: pool.min, desiredSize: pool.min, maxSize: pool.max },
      // The autoscaler moves it; the program only says where it starts.
      ignoreScalingChanges: true,
      labels: pool.labels,
      taints: pool.taints.map((taint) => ({ ...taint, effect: "NO_SCHEDULE" })),
      launchTemplate: {
        id: template.id,
        version: pulumi.interpolate`${template.latestVersion}`,
      },
      version: args.version,
      tags,
    },
    child,
  );
}

/** Prefix delegation gives even small machines more addresses than they can run pods. */
const maxPods = 110;

/** Read by the node's own start-up program (nodeadm); EKS adds the cluster's part itself. */
const nodeConfig = [
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="//"',
  "",
  "--//",
  "Content-Type: application/node.eks.aws",
  "",
  "apiVersion: node.eks.aws/v1alpha1",
  "kind: NodeConfig",
  "spec:",
  "  kubelet:",
  "    config:",
  `      maxPods: ${maxPods}`,
  "",
  "--//--",
  "",
].join("\n");

function createLaunchTemplate(
  { name, tags, child }: DriverContext<"aws">,
  { cluster, network, key }: PoolArgs,
  pool: PoolPlan,
): ec2.LaunchTemplate {
  const clusterGroup = cluster.eksCluster.vpcConfig.clusterSecurityGroupId;
  const machineTags = { ...tags, Name: `${name}-${pool.name}` };
  return new ec2.LaunchTemplate(
    `${name}-${pool.name}`,
    {
      description: `Nodes of pool ${pool.name}`,
      updateDefaultVersion: true,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: nodeDiskGiB,
            encrypted: "true",
            kmsKeyId: key.keyId,
            deleteOnTermination: "true",
          },
        },
      ],
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: [clusterGroup, network.firewallIds.nodes],
        },
      ],
      monitoring: { enabled: true },
      ...(pool.capacity === "reservation"
        ? { capacityReservationSpecification: { capacityReservationPreference: "open" } }
        : {}),
      userData: Buffer.from(nodeConfig).toString("base64"),
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: machineTags,
      })),
      tags,
    },
    child,
  );
}

import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import { Cluster } from "@pulumi/eks/cluster";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { engineTransforms } from "../core/engine";
import { adminName } from "./admins";
import { createAddons, createAgent } from "./aws-addons";
import { createControllerRoles } from "./aws-controllers";
import { createNodePools, createNodeRole } from "./aws-nodes";
import type { ClusterArgs, ClusterDrivers } from "./contract";
import { kubeconfig } from "./kubeconfig";

/** Amazon EKS, laid out by Pulumi's eks package, with managed node groups and EKS's own add-ons. */
export const aws: ClusterDrivers["aws"] = (context, args) => {
  const { settings, physicalName } = context;
  const clusterName = physicalName("cluster", nameRules.eksCluster);
  const cluster = createCluster(context, clusterName, args);
  const made = cluster.eksCluster;
  const nodeRole = createNodeRole(context);
  const agent = createAgent(context, cluster);
  const pools = createNodePools(context, { cluster, nodeRole, ...args });
  createAddons(context, { cluster, clusterName: made.name, agent, pools, keyId: args.key.keyId });
  createControllerRoles(context, made.name);
  return {
    clusterName: made.name,
    endpoint: made.endpoint,
    version: made.version,
    kubeconfig: kubeconfig({
      clusterName: made.name,
      endpoint: made.endpoint,
      certificateAuthority: made.certificateAuthority.data,
      login: {
        command: "aws",
        args: [
          "eks",
          "get-token",
          "--output",
          "json",
          "--region",
          settings.region,
          "--cluster-name",
          made.name,
        ],
        installHint: "Install the AWS CLI, version 2.",
      },
    }),
    setupCommand: pulumi.interpolate`aws eks update-kubeconfig --region ${settings.region} --name ${made.name}`,
    oidcIssuer: pulumi.interpolate`https://${cluster.oidcIssuer}`,
    identityRealm: made.name,
    nodeIdentityId: nodeRole.arn,
    pools: args.pools.map(({ name, labels, taints }) => ({ name, labels, taints })),
  };
};

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

function createCluster(
  context: DriverContext<"aws">,
  clusterName: pulumi.Output<string>,
  args: ClusterArgs,
): Cluster {
  const { name, tags, child, stateful } = context;
  // EKS makes this group itself when it is not there, without an end of its logs and without the stack's key.
  const logs = new cloudwatch.LogGroup(
    `${name}-logs`,
    {
      name: pulumi.interpolate`/aws/eks/${clusterName}/cluster`,
      kmsKeyId: args.key.keyId,
      retentionInDays: args.logDays,
      tags,
    },
    child,
  );
  const isPublic = args.endpointAccess.length > 0;
  return new Cluster(
    name,
    {
      name: clusterName,
      version: args.version,
      vpcId: args.network.networkId,
      subnetIds: args.network.privateSubnetIds,
      endpointPrivateAccess: true,
      endpointPublicAccess: isPublic,
      ...(isPublic ? { publicAccessCidrs: args.endpointAccess } : {}),
      authenticationMode: "API",
      accessEntries: accessEntries(context, args.admins),
      createOidcProvider: true,
      encryptionConfigKeyArn: args.key.keyId,
      enabledClusterLogTypes: logTypes,
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      // The component takes CoreDNS over only where it makes nodes itself; aws-addons.ts does it here.
      corednsAddonOptions: { enabled: false },
      kubeProxyAddonOptions: { enabled: true },
      vpcCniOptions: { enableNetworkPolicy: true, enablePrefixDelegation: true },
      deletionProtection: args.deletionProtection,
      upgradePolicy: { supportType: "STANDARD" },
      tags,
    },
    {
      ...stateful,
      dependsOn: logs,
      ...(engineTransforms() ? { transforms: [hardened(tags)] } : {}),
    },
  );
}

/** Each admin by name; without any, whoever deploys, so that somebody can get in at all. */
function accessEntries({ child }: DriverContext<"aws">, admins: readonly string[]) {
  const { partition } = getPartitionOutput({}, child);
  const caller = iam.getSessionContextOutput({ arn: getCallerIdentityOutput({}, child).arn }, child);
  const principals: Record<string, pulumi.Input<string>> = admins.length === 0
    ? { deployer: caller.issuerArn }
    : Object.fromEntries(admins.map((admin) => [adminName(admin), admin]));
  const entry = (principalArn: pulumi.Input<string>) => ({
    principalArn,
    accessPolicies: {
      admin: {
        policyArn: pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
        accessScope: { type: "cluster" },
      },
    },
  });
  return Object.fromEntries(Object.entries(principals).map(([key, arn]) => [key, entry(arn)]));
}

/** Children of the component that AWS lets carry tags and that the component gives none. */
const taggable: ReadonlySet<string> = new Set([
  "aws:eks/accessEntry:AccessEntry",
  "aws:eks/addon:Addon",
  "aws:eks/cluster:Cluster",
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
  "aws:iam/role:Role",
]);

/**
 * What the component has no argument for: the tags of its children, and that whoever creates the cluster gets no rights
 * that no access entry shows.
 */
function hardened(tags: Readonly<Record<string, string>>): pulumi.ResourceTransform {
  return ({ type, props, opts }) => {
    if (!taggable.has(type)) return undefined;
    const own = props as { tags?: pulumi.Input<Record<string, string>>; accessConfig?: object };
    const merged = pulumi.output(own.tags ?? {}).apply((given) => ({ ...given, ...tags }));
    const accessConfig =
      type === "aws:eks/cluster:Cluster"
        ? { accessConfig: { ...own.accessConfig, bootstrapClusterCreatorAdminPermissions: false } }
        : {};
    return { props: { ...props, tags: merged, ...accessConfig }, opts };
  };
}

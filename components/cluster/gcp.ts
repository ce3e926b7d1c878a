import * as container from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import type { ClusterArgs, ClusterDrivers } from "./contract";
import { createNodeIdentity, grantAdmins, groupsDomain } from "./gcp-access";
import { autoscaling, createNodePools, machineDefaults } from "./gcp-nodes";
import { kubeconfig } from "./kubeconfig";

/** Google Kubernetes Engine: a regional cluster whose control plane and nodes have private addresses. */
export const gcp: ClusterDrivers["gcp"] = (context, args) => {
  const { settings } = context;
  const nodes = createNodeIdentity(context);
  const cluster = createCluster(context, args, nodes);
  createNodePools(context, { ...args, cluster, nodes });
  grantAdmins(context, args.admins);
  const endpoint = pulumi.interpolate`https://${cluster.endpoint}`;
  return {
    clusterName: cluster.name,
    endpoint,
    version: cluster.masterVersion,
    kubeconfig: kubeconfig({
      clusterName: cluster.name,
      endpoint,
      certificateAuthority: cluster.masterAuth.clusterCaCertificate,
      login: {
        command: "gke-gcloud-auth-plugin",
        args: [],
        installHint: "Run `gcloud components install gke-gcloud-auth-plugin`.",
      },
    }),
    setupCommand: pulumi.interpolate`gcloud container clusters get-credentials ${cluster.name} --region ${settings.region} --project ${settings.project}`,
    oidcIssuer: pulumi.interpolate`https://container.googleapis.com/v1/projects/${settings.project}/locations/${settings.region}/clusters/${cluster.name}`,
    identityRealm: cluster.workloadIdentityConfig.apply(
      (pool) => pool.workloadPool ?? `${settings.project}.svc.id.goog`,
    ),
    nodeIdentityId: nodes,
    pools: args.pools.map(({ name, labels, taints }) => ({ name, labels, taints })),
  };
};

const clusterLogs = ["SYSTEM_COMPONENTS", "WORKLOADS"];

function createCluster(
  context: DriverContext<"gcp">,
  args: ClusterArgs,
  nodes: pulumi.Output<string>,
): container.Cluster {
  const { name, settings, environment, tags, stateful, physicalName } = context;
  const isProd = environment === "prod";
  return new container.Cluster(
    name,
    {
      name: physicalName("cluster", nameRules.gkeCluster),
      location: settings.region,
      description: "ML platform",
      ...versionSettings(args),
      ...networkSettings(args),
      // Every pool is a resource of its own. The pool that GKE insists on making first goes at once, and must not run
      // as the project's default account until then.
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      nodeConfig: { ...machineDefaults(nodes, args), workloadMetadataConfig: { mode: "GKE_METADATA" } },
      clusterAutoscaling: autoscaling(args, nodes),
      verticalPodAutoscaling: { enabled: true },
      databaseEncryption: { state: "ENCRYPTED", keyName: args.key.keyId },
      workloadIdentityConfig: { workloadPool: `${settings.project}.svc.id.goog` },
      ...accessSettings(args),
      enableShieldedNodes: true,
      binaryAuthorization: { evaluationMode: isProd ? "PROJECT_SINGLETON_POLICY_ENFORCE" : "DISABLED" },
      securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_BASIC" },
      addonsConfig: {
        gcePersistentDiskCsiDriverConfig: { enabled: true },
        gcpFilestoreCsiDriverConfig: { enabled: true },
        gcsFuseCsiDriverConfig: { enabled: true },
        horizontalPodAutoscaling: { disabled: false },
        httpLoadBalancing: { disabled: false },
      },
      gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
      loggingConfig: { enableComponents: [...clusterLogs, "APISERVER", "SCHEDULER", "CONTROLLER_MANAGER"] },
      monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"], managedPrometheus: { enabled: true } },
      costManagementConfig: { enabled: true },
      deletionProtection: args.deletionProtection,
      resourceLabels: tags,
    },
    // The first pool's settings are read back as the cluster's own once it is gone, and would replace the cluster.
    { ...stateful, ignoreChanges: ["nodeConfig", "initialNodeCount"] },
  );
}

/** Any moment before the first cluster was made; a fixed one, so that nothing changes from run to run. */
const exclusionStart = "2026-11-21T00:00:00Z";

/**
 * A release channel upgrades by itself: the minimum says where it starts. It stays on that minor version as long as
 * Google supports it, and only takes patches, so that a minor upgrade is a change of the config.
 */
function versionSettings({ version }: ClusterArgs) {
  return {
    releaseChannel: { channel: "REGULAR" },
    minMasterVersion: version,
    maintenancePolicy: {
      dailyMaintenanceWindow: { startTime: "03:00" },
      maintenanceExclusions: [
        {
          exclusionName: "minor-version-is-config",
          startTime: exclusionStart,
          exclusionOptions: { scope: "NO_MINOR_UPGRADES", endTimeBehavior: "UNTIL_END_OF_SUPPORT" },
        },
      ],
    },
  };
}

function networkSettings({ network, endpointAccess }: ClusterArgs) {
  const { clusterRanges: ranges } = network;
  const isPublic = endpointAccess.length > 0;
  const inside = network.cidr.apply((cidrBlock) => [{ cidrBlock, displayName: "network" }]);
  const outside = endpointAccess.map((cidrBlock, index) => ({
    cidrBlock,
    displayName: `range-${index + 1}`,
  }));
  return {
    network: network.networkId,
    subnetwork: network.privateSubnetIds.apply(([first]) => first ?? ""),
    networkingMode: "VPC_NATIVE",
    // In a network that is not ours GKE makes the secondary ranges itself.
    ipAllocationPolicy:
      ranges === undefined
        ? {}
        : { clusterSecondaryRangeName: ranges.pods, servicesSecondaryRangeName: ranges.services },
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: !isPublic,
      ...(ranges === undefined ? {} : { masterIpv4CidrBlock: ranges.controlPlane }),
      masterGlobalAccessConfig: { enabled: false },
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: inside.apply((own) => [...own, ...outside]),
      gcpPublicCidrsAccessEnabled: false,
    },
    // The DNS name takes IAM identities from anywhere when it lets external traffic in, whatever the ranges say.
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: false } },
    datapathProvider: "ADVANCED_DATAPATH",
    enableIntranodeVisibility: true,
    enableL4IlbSubsetting: true,
  };
}

function accessSettings({ admins }: ClusterArgs) {
  const domain = groupsDomain(admins);
  return {
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    // Google wants a group of exactly this name, in whose subgroups RBAC finds its members.
    ...(domain === undefined
      ? {}
      : { authenticatorGroupsConfig: { securityGroup: `gke-security-groups@${domain}` } }),
  };
}

import { unknown } from "../../support/policy";
import { configMap, fails, passes, resource, type RuleCases } from "./case";
import { aks, eks, gke } from "./clusters";

export const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
export const template = "aws:ec2/launchTemplate:LaunchTemplate";
const pool = "gcp:container/nodePool:NodePool";
export const agentPool = "azure-native:containerservice:AgentPool";

const metadata = (httpTokens: string, httpPutResponseHopLimit: number) =>
  resource(template, { metadataOptions: { httpTokens, httpPutResponseHopLimit } });
const hidden = {
  workloadMetadataConfig: { mode: "GKE_METADATA" },
  metadata: { "disable-legacy-endpoints": "true" },
};

const nodeMetadataIsGuarded: RuleCases = {
  fails: [
    fails("nothing said", ["AWS-EKS-08", "AWS-EKS-08"], resource(template)),
    fails("version 1", ["AWS-EKS-08"], metadata("optional", 1)),
    fails("as far as pods", ["AWS-EKS-08"], metadata("required", 2)),
    fails("EKS's own template", ["AWS-EKS-08"], resource(nodeGroup)),
    fails(
      "the node's metadata",
      ["GCP-GKE-07"],
      resource(pool, { nodeConfig: { ...hidden, workloadMetadataConfig: { mode: "GCE_METADATA" } } }),
    ),
    fails("old endpoints", ["GCP-GKE-07"], resource(pool, { nodeConfig: { ...hidden, metadata: {} } })),
  ],
  passes: [
    passes("guarded", [
      metadata("required", 1),
      resource(nodeGroup, { launchTemplate: { id: unknown, version: "1" } }),
      resource(pool, { nodeConfig: hidden }),
    ]),
  ],
  foreign: [configMap, resource(agentPool)],
};

const disks = (...list: object[]) =>
  resource(template, { blockDeviceMappings: list.map((ebs) => ({ ebs })) });
const sealed = { diskEncryptionSetID: "set" };
const inCluster = (...profiles: object[]) => resource(aks, { ...sealed, agentPoolProfiles: profiles });
const host = { enableEncryptionAtHost: true };
const withLocalDisk = { ...host, vmSize: "Standard_D4ds_v5" };
const set = "azure-native:compute:DiskEncryptionSet";
const provisioned = (autoProvisioningDefaults: object) =>
  resource(gke, { clusterAutoscaling: { enabled: true, autoProvisioningDefaults } });

const nodeDisksAreEncrypted: RuleCases = {
  fails: [
    fails("Amazon's defaults", ["AWS-EKS-09", "AWS-EKS-09"], resource(template)),
    fails(
      "one disk of two",
      ["AWS-EKS-09"],
      disks({ encrypted: "true", kmsKeyId: "k" }, { encrypted: "false", kmsKeyId: "k" }),
    ),
    fails("Amazon's key", ["AWS-EKS-09"], disks({ encrypted: true })),
    fails("Google's key", ["GCP-GKE-11"], resource(pool)),
    fails("Google's key for pools that GKE makes", ["GCP-GKE-11"], provisioned({})),
    fails("Microsoft's key", ["AZ-AKS-06"], resource(aks)),
    fails("a key that stays behind", ["AZ-AKS-06"], resource(set)),
    fails("plain to the host", ["AZ-AKS-07"], inCluster(host, {})),
    fails("plain to the host in a pool", ["AZ-AKS-07"], resource(agentPool)),
    fails("a size that nobody exempted", ["AZ-AKS-07"], resource(agentPool, { vmSize: "Standard_A" }), {
      settings: { sizesWithoutHostEncryption: ["Standard_B"] },
    }),
    fails("a remote disk in place of the local", ["AZ-AKS-07"], resource(agentPool, withLocalDisk)),
    fails(
      "the same in a cluster",
      ["AZ-AKS-07"],
      inCluster({ ...withLocalDisk, vmSize: "Standard_NC24ads_A100_v4", osDiskType: "Managed" }),
    ),
  ],
  passes: [
    passes("own keys", [
      disks({ encrypted: "true", kmsKeyId: unknown }),
      resource(pool, { nodeConfig: { bootDiskKmsKey: unknown } }),
      provisioned({ bootDiskKmsKey: "key" }),
      resource(set, { rotationToLatestKeyVersionEnabled: true }),
    ]),
    passes("encryption at host, on local disks where there are some", [
      inCluster({ ...withLocalDisk, osDiskType: "Ephemeral" }),
      resource(agentPool, { ...host, vmSize: "Standard_D4s_v5", osDiskType: "Managed" }),
      resource(agentPool, { ...host, vmSize: "Standard_D4ds_v6", osDiskType: "Managed" }),
    ]),
    passes("an exempt size", resource(agentPool, { vmSize: "Standard_B" }), {
      settings: { sizesWithoutHostEncryption: ["Standard_B"] },
    }),
  ],
  foreign: [configMap, resource(nodeGroup), resource(eks)],
};

const shielded = { enableSecureBoot: true, enableIntegrityMonitoring: true };
const node = (shieldedInstanceConfig: object, imageType = "COS_CONTAINERD") => ({
  shieldedInstanceConfig,
  imageType,
});

const nodesAreShielded: RuleCases = {
  fails: [
    fails("off", ["GCP-GKE-06"], resource(gke, { enableShieldedNodes: false })),
    fails(
      "any boot",
      ["GCP-GKE-06"],
      resource(pool, { nodeConfig: node({ ...shielded, enableSecureBoot: false }) }),
    ),
    fails("nobody watches", ["GCP-GKE-06"], resource(pool, { nodeConfig: node({ enableSecureBoot: true }) })),
    fails(
      "another system",
      ["GCP-GKE-08"],
      resource(pool, { nodeConfig: node(shielded, "UBUNTU_CONTAINERD") }),
    ),
    fails("pools that GKE makes", ["GCP-GKE-06", "GCP-GKE-06", "GCP-GKE-08"], provisioned({})),
  ],
  passes: [
    passes("shielded", [
      resource(gke),
      provisioned(node(shielded)),
      resource(pool, { nodeConfig: node(shielded) }),
    ]),
  ],
  foreign: [configMap, resource(template), resource(agentPool)],
};

const scaleSet = { type: "VirtualMachineScaleSets", maxPods: 110 };
const systemPool = { ...scaleSet, mode: "System" };
const taint = "CriticalAddonsOnly=true:NoSchedule";

const nodePoolsAreWellFormed: RuleCases = {
  fails: [
    fails("GKE's first pool", ["GCP-GKE-12"], resource(gke)),
    fails("single machines", ["AZ-AKS-09"], resource(agentPool, { ...scaleSet, type: "AvailabilitySet" })),
    fails("room for 30", ["AZ-AKS-09"], inCluster({ ...scaleSet, maxPods: 30 })),
    fails(
      "workloads beside the system",
      ["AZ-AKS-09"],
      inCluster({ ...systemPool, nodeTaints: ["a=b:NoSchedule"] }),
    ),
    fails("in a pool of its own", ["AZ-AKS-09"], resource(agentPool, systemPool)),
  ],
  passes: [
    passes("well formed", [
      resource(gke, { removeDefaultNodePool: true }),
      inCluster({ ...systemPool, nodeTaints: [taint] }, { ...scaleSet, mode: "User" }),
      resource(agentPool, { ...scaleSet, mode: "User" }),
    ]),
  ],
  foreign: [configMap, resource(nodeGroup)],
};

const subnet = "aws:ec2/subnet:Subnet";
const as = (id: string) => ({ name: id, outputs: { id } });
const publicSide = [
  resource("aws:ec2/internetGateway:InternetGateway", {}, as("igw-1")),
  resource("aws:ec2/routeTable:RouteTable", {}, as("rtb-public")),
  resource("aws:ec2/routeTable:RouteTable", {}, as("rtb-private")),
  resource("aws:ec2/route:Route", { routeTableId: "rtb-public", gatewayId: "igw-1" }, as("r-public")),
  resource("aws:ec2/route:Route", { routeTableId: "rtb-private", natGatewayId: "nat-1" }, as("r-private")),
  ...["public", "private"].map((side) =>
    resource(
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      { routeTableId: `rtb-${side}`, subnetId: `subnet-${side}` },
      as(`association-${side}`),
    ),
  ),
];
const inSubnets = (subnetIds: unknown) => resource(nodeGroup, { subnetIds });
const interfaces = (associatePublicIpAddress?: unknown) =>
  resource(template, { networkInterfaces: [{ associatePublicIpAddress }] });
const privateNodes = { privateClusterConfig: { enablePrivateNodes: true } };

const machinesGetNoPublicAddress: RuleCases = {
  fails: [
    fails("a public address", ["AWS-NET-03"], resource(subnet, { mapPublicIpOnLaunch: true })),
    fails("an interface with one", ["AWS-EKS-09"], interfaces("true")),
    fails(
      "nodes in a public subnet",
      ["AWS-EKS-07"],
      [...publicSide, inSubnets(["subnet-private", "subnet-public"])],
    ),
    fails("public nodes on GKE", ["GCP-GKE-01"], resource(gke)),
    fails("public nodes on AKS", ["AZ-AKS-07"], inCluster({ enableNodePublicIP: true })),
    fails("in a pool of its own", ["AZ-AKS-07"], resource(agentPool, { enableNodePublicIP: true })),
  ],
  passes: [
    passes("none", [resource(subnet), resource(subnet, { mapPublicIpOnLaunch: false })]),
    passes("private nodes", [
      ...publicSide,
      inSubnets(["subnet-private"]),
      interfaces("false"),
      resource(template),
      resource(gke, privateNodes),
      inCluster({}),
      resource(agentPool, { enableNodePublicIP: false }),
    ]),
    passes("subnets that are not known yet", [...publicSide, inSubnets(unknown)]),
  ],
  foreign: [configMap, resource("azure-native:network:Subnet", { mapPublicIpOnLaunch: true })],
};

export const nodeCases = {
  "machines-get-no-public-address": machinesGetNoPublicAddress,
  "node-metadata-is-guarded": nodeMetadataIsGuarded,
  "node-disks-are-encrypted": nodeDisksAreEncrypted,
  "nodes-are-shielded": nodesAreShielded,
  "node-pools-are-well-formed": nodePoolsAreWellFormed,
};

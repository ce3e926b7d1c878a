import { gcpGke } from "../../local/rules/gcp-gke";
import { gcpNodePools } from "../../local/rules/gcp-node-pools";
import { openScope } from "../../local/scope";
import type { Properties } from "../../local/values";
import { describeRules, type Failing, type Passing } from "./rule-tables";

const config = { project: "acme-ml-dev", region: "us-central1" };
const number = openScope("gcp", config).facts["projectNumber"] ?? "";
const clusterType = "gcp:container/cluster:Cluster";
const poolType = "gcp:container/nodePool:NodePool";
const mayUse =
  (agent: string): Passing[2] =>
  ({ key }) => ({
    cryptoKeyId: key!.id,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member: `serviceAccount:service-${number}@${agent}.iam.gserviceaccount.com`,
  });

/** What a cluster on Google Cloud is made of. */
export const gkeLandscape: readonly Passing[] = [
  ["net", "gcp:compute/network:Network", { name: "net", autoCreateSubnetworks: false }],
  [
    "nodes",
    "gcp:compute/subnetwork:Subnetwork",
    ({ net }) => ({
      network: net!.id,
      region: "us-central1",
      ipCidrRange: "10.2.0.0/20",
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.4.0.0/14" },
        { rangeName: "services", ipCidrRange: "10.2.32.0/20" },
      ],
    }),
  ],
  ["ring", "gcp:kms/keyRing:KeyRing", { location: "us-central1" }],
  ["key", "gcp:kms/cryptoKey:CryptoKey", ({ ring }) => ({ keyRing: ring!.id })],
  ["secrets-grant", "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", mayUse("container-engine-robot")],
  ["account", "gcp:serviceaccount/account:Account", { accountId: "ml-nodes" }],
  [
    "cluster",
    clusterType,
    ({ net, nodes, key }) => ({
      name: "ml",
      location: "us-central1",
      nodeLocations: ["us-central1-a", "us-central1-b"],
      network: net!.id,
      subnetwork: nodes!.id,
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      minMasterVersion: "1.35",
      releaseChannel: { channel: "REGULAR" },
      ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
      privateClusterConfig: {
        enablePrivateNodes: true,
        enablePrivateEndpoint: true,
        masterIpv4CidrBlock: "172.16.0.0/28",
      },
      databaseEncryption: { state: "ENCRYPTED", keyName: key!.id },
      workloadIdentityConfig: { workloadPool: "acme-ml-dev.svc.id.goog" },
      deletionProtection: false,
    }),
  ],
  [
    "general",
    poolType,
    ({ cluster, account }) => ({
      name: "general",
      cluster: cluster!.id,
      autoscaling: { minNodeCount: 0, maxNodeCount: 3 },
      nodeConfig: {
        machineType: "n2-standard-4",
        serviceAccount: account!.state["email"],
        workloadMetadataConfig: { mode: "GKE_METADATA" },
      },
    }),
  ],
  [
    "gpu",
    poolType,
    ({ cluster }) => ({
      name: "gpu",
      cluster: cluster!.state["name"],
      location: "us-central1",
      nodeConfig: {
        machineType: "n1-standard-4",
        guestAccelerators: [{ type: "nvidia-tesla-t4", count: 1 }],
      },
    }),
  ],
];

const node = (nodeConfig: Properties): Properties => ({ name: "x", nodeConfig });
const gpus = (machineType: string, type: string, count: number): Properties =>
  node({ machineType, guestAccelerators: [{ type, count }] });

const failing: readonly Failing[] = [
  ["cluster", {}, /Already exists: projects\/acme-ml-dev/],
  ["cluster", { name: "Ml" }, /invalid name 'Ml'/],
  ["cluster", { name: "a".repeat(41) }, /1 to 40/],
  ["cluster", { name: "x", minMasterVersion: "1.20" }, /"1\.20" is unsupported/],
  ["cluster", { name: "x", initialNodeCount: undefined }, /initial_node_count must be greater than zero/],
  [
    "cluster",
    { name: "x", privateClusterConfig: { masterIpv4CidrBlock: "172.16.0.0/27" } },
    /must be a \/28/,
  ],
  [
    "cluster",
    { name: "x", privateClusterConfig: { masterIpv4CidrBlock: "10.2.1.0/28" } },
    /conflicts with 10\.2\.0\.0\/20/,
  ],
  [
    "cluster",
    { name: "x", ipAllocationPolicy: { clusterSecondaryRangeName: "none" } },
    /range 'none' does not exist.*pods, services/,
  ],
  ["cluster", { name: "x", location: "us-east1" }, /lies in us-central1, the cluster in us-east1/],
  ["cluster", { name: "x", location: "mars" }, /a region such as us-central1/],
  [
    "cluster",
    { name: "x", network: "projects/acme-ml-dev/global/networks/none" },
    /networks\/none' was not found/,
  ],
  ["cluster", { name: "x", releaseChannel: { channel: "FAST" } }, /got FAST/],
  [
    "cluster",
    { name: "x", datapathProvider: "ADVANCED_DATAPATH", networkPolicy: { enabled: true } },
    /ADVANCED_DATAPATH is not allowed/,
  ],
  [
    "cluster",
    {
      name: "x",
      clusterAutoscaling: { enabled: true, resourceLimits: [{ resourceType: "cpu", maximum: 10 }] },
    },
    /needs resource limits for memory/,
  ],
  [
    "cluster",
    { name: "x", workloadIdentityConfig: { workloadPool: "other.svc.id.goog" } },
    /only supported identity namespace is acme-ml-dev/,
  ],
  ["cluster", { name: "x", databaseEncryption: { state: "ENCRYPTED" } }, /keyName is needed/],
  [
    "cluster",
    { name: "x", maintenancePolicy: { dailyMaintenanceWindow: { startTime: "3am" } } },
    /a time such as 03:00/,
  ],
  ["general", {}, /Already exists/],
  ["general", { name: "x".repeat(41) }, /1 to 40/],
  ["general", node({ machineType: "z9-standard-4" }), /'z9-standard-4' does not exist/],
  [
    "general",
    gpus("n2-standard-4", "nvidia-tesla-t4", 1),
    /cannot be attached to machine type n2-standard-4/,
  ],
  ["general", gpus("g2-standard-4", "nvidia-l4", 2), /g2-standard-4 has 1 nvidia-l4; given 2/],
  ["general", gpus("n1-standard-4", "nvidia-tesla-t4", 3), /1, 2, 4 are allowed/],
  ["general", gpus("n1-standard-4", "nvidia-x1", 1), /'nvidia-x1' does not exist/],
  [
    "general",
    { ...gpus("a3-highgpu-1g", "nvidia-h100-80gb", 1), nodeLocations: ["us-central1-f"] },
    /"nvidia-h100-80gb" does not exist in zone us-central1-f/,
  ],
  [
    "general",
    { name: "x", autoscaling: { minNodeCount: 4, maxNodeCount: 3 } },
    /minNodeCount 4 and maxNodeCount 3/,
  ],
  ["general", { name: "x", management: { autoUpgrade: false } }, /autoUpgrade must be true/],
  ["general", node({ spot: true, preemptible: true }), /exclude each other/],
  ["general", node({ serviceAccount: "none@acme-ml-dev.iam.gserviceaccount.com" }), /or it does not exist/],
  [
    "general",
    ({ key }) => node({ bootDiskKmsKey: key!.id }),
    /compute-system\.iam\.gserviceaccount\.com must have/,
  ],
  ["general", { name: "x", version: "1.36" }, /must not be newer than the control plane's 1\.35/],
  ["general", { name: "x", cluster: "none" }, /Not found: cluster none/],
  ["general", node({ taints: [{ key: "k", value: "v", effect: "NoSchedule" }] }), /got NoSchedule/],
];

describeRules("gcp", config, gkeLandscape, failing, { ...gcpGke, ...gcpNodePools });

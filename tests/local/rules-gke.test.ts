import { gcpGke } from "../../local/rules/gcp-gke";
import { gcpNodePools } from "../../local/rules/gcp-node-pools";
import type { Properties } from "../../local/values";
import { describeRules, type Failing } from "./rule-tables";
import { config, gkeLandscape } from "./landscape-gke";

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

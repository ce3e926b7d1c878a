import { openScope } from "../../local/scope";
import type { Passing } from "./rule-tables";

export const config = { project: "acme-ml-dev", region: "us-central1" };
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

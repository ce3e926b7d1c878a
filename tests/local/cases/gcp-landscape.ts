import { openScope } from "../../../local/scope";
import type { Passing } from "../rule-tables";

export const region = "us-central1";
export const agent = "serviceAccount:service-{number}@gs-project-accounts.iam.gserviceaccount.com";
export const ruleOf = (action: object, condition: object) => ({ lifecycleRules: [{ action, condition }] });

/** The number that the local cloud gives the project `acme-ml-dev`. */
export const projectNumber = openScope("gcp", { project: "acme-ml-dev" }).facts["projectNumber"] ?? "";

/** One thing of every type that the cloud takes, in an order in which it takes them. */
export const passing: readonly Passing[] = [
  ["net", "gcp:compute/network:Network", { name: "net", autoCreateSubnetworks: false }],
  [
    "nodes",
    "gcp:compute/subnetwork:Subnetwork",
    ({ net }) => ({
      network: net!.id,
      region,
      ipCidrRange: "10.2.0.0/20",
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.2.64.0/18" }],
      logConfig: { flowSampling: 0.5 },
    }),
  ],
  [
    "router",
    "gcp:compute/router:Router",
    ({ net }) => ({ name: "router", network: net!.state["selfLink"], region }),
  ],
  ["address", "gcp:compute/address:Address", { region, addressType: "EXTERNAL" }],
  [
    "nat",
    "gcp:compute/routerNat:RouterNat",
    ({ router, address }) => ({
      router: router!.state["name"],
      region,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: [address!.state["selfLink"]],
      sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    }),
  ],
  [
    "range",
    "gcp:compute/globalAddress:GlobalAddress",
    ({ net }) => ({
      name: "range",
      network: net!.id,
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      address: "10.2.128.0",
      prefixLength: 20,
    }),
  ],
  [
    "peering",
    "gcp:servicenetworking/connection:Connection",
    ({ net, range }) => ({
      network: net!.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [range!.state["name"]],
    }),
  ],
  [
    "firewall",
    "gcp:compute/firewall:Firewall",
    ({ net }) => ({
      network: net!.id,
      priority: 1000,
      direction: "INGRESS",
      sourceRanges: ["10.0.0.0/8"],
      allows: [{ protocol: "tcp", ports: ["443", "8000-8080"] }],
    }),
  ],
  [
    "route",
    "gcp:compute/route:Route",
    ({ net }) => ({ network: net!.id, destRange: "10.9.0.0/16", nextHopIp: "10.2.0.9" }),
  ],
  [
    "zone",
    "gcp:dns/managedZone:ManagedZone",
    ({ net }) => ({
      name: "apis",
      dnsName: "googleapis.com.",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: net!.id }] },
    }),
  ],
  [
    "record",
    "gcp:dns/recordSet:RecordSet",
    { managedZone: "apis", name: "*.googleapis.com.", type: "CNAME", ttl: 300, rrdatas: ["googleapis.com."] },
  ],
  ["ring", "gcp:kms/keyRing:KeyRing", { name: "ring", location: region }],
  [
    "key",
    "gcp:kms/cryptoKey:CryptoKey",
    ({ ring }) => ({
      name: "key",
      keyRing: ring!.id,
      rotationPeriod: "7776000s",
      destroyScheduledDuration: "604800s",
    }),
  ],
  ["closed-key", "gcp:kms/cryptoKey:CryptoKey", ({ ring }) => ({ name: "closed", keyRing: ring!.id })],
  [
    "key-use",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    ({ key }) => ({
      cryptoKeyId: key!.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: agent.replace("{number}", projectNumber),
    }),
  ],
  ["account", "gcp:serviceaccount/account:Account", { accountId: "training" }],
  [
    "project-grant",
    "gcp:projects/iAMMember:IAMMember",
    ({ account }) => ({
      project: "acme-ml-dev",
      role: "roles/monitoring.metricWriter",
      member: account!.state["member"],
    }),
  ],
  [
    "account-grant",
    "gcp:serviceaccount/iAMMember:IAMMember",
    ({ account }) => ({
      serviceAccountId: account!.id,
      role: "roles/iam.workloadIdentityUser",
      member: "serviceAccount:acme-ml-dev.svc.id.goog[training/jobs]",
    }),
  ],
  ["sql", "gcp:projects/serviceIdentity:ServiceIdentity", { service: "sqladmin.googleapis.com" }],
  [
    "bucket",
    "gcp:storage/bucket:Bucket",
    ({ key }) => ({
      name: "acme-data",
      location: "US-CENTRAL1",
      encryption: { defaultKmsKeyName: key!.id },
      softDeletePolicy: { retentionDurationSeconds: 604_800 },
      ...ruleOf(
        { type: "SetStorageClass", storageClass: "NEARLINE" },
        { age: 30, matchesPrefixes: ["training-data/"] },
      ),
    }),
  ],
  [
    "bucket-grant",
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    { bucket: "acme-data", role: "roles/storage.objectViewer", member: "group:ml@example.com" },
  ],
  [
    "log-bucket",
    "gcp:logging/projectBucketConfig:ProjectBucketConfig",
    { project: "acme-ml-dev", location: region, bucketId: "flow-logs", retentionDays: 90 },
  ],
  [
    "log-sink",
    "gcp:logging/projectSink:ProjectSink",
    ({ "log-bucket": bucket }) => ({ destination: `logging.googleapis.com/${bucket!.id}` }),
  ],
];

import { openScope } from "../../local/scope";
import { gcpDns } from "../../local/rules/gcp-dns";
import { gcpEgress } from "../../local/rules/gcp-egress";
import { gcpFirewall } from "../../local/rules/gcp-firewall";
import { gcpNetwork } from "../../local/rules/gcp-network";
import { gcpSecurity } from "../../local/rules/gcp-security";
import { gcpStorage } from "../../local/rules/gcp-storage";
import { describeRules, type Failing, type Passing } from "./rule-tables";

const region = "us-central1";
const agent = "serviceAccount:service-{number}@gs-project-accounts.iam.gserviceaccount.com";
const ruleOf = (action: object, condition: object) => ({ lifecycleRules: [{ action, condition }] });

/** The number that the local cloud gives the project `acme-ml-dev`. */
const projectNumber = openScope("gcp", { project: "acme-ml-dev" }).facts["projectNumber"] ?? "";

const passing: readonly Passing[] = [
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
];

const failing: readonly Failing[] = [
  ["net", {}, /alreadyExists: The resource 'projects\/acme-ml-dev\/global\/networks\/net' already exists/],
  ["net", { name: "Net_1" }, /invalid name 'Net_1'.*starting with a letter/],
  ["net", { name: "n".repeat(64) }, /invalid name/],
  ["net", { name: "n2", routingMode: "LOCAL" }, /routingMode to be one of REGIONAL, GLOBAL/],
  [
    "nodes",
    { network: "projects/acme-ml-dev/global/networks/none" },
    /notFound: The resource 'projects\/acme-ml-dev\/global\/networks\/none' was not found/,
  ],
  [
    "nodes",
    { ipCidrRange: "10.2.70.0/24", secondaryIpRanges: [] },
    /conflicts with existing subnetwork .*10\.2\.64\.0\/18/,
  ],
  [
    "nodes",
    { ipCidrRange: "10.3.0.0/20", secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.3.0.0/24" }] },
    /Requested ranges 10\.3\.0\.0\/20 and 10\.3\.0\.0\/24 overlap/,
  ],
  ["nodes", { ipCidrRange: "10.3.0.1/20" }, /did you mean '10\.3\.0\.0\/20'/],
  ["nodes", { ipCidrRange: "10.3.0.0/30" }, /between a \/4 and a \/29/],
  [
    "nodes",
    { ipCidrRange: "10.4.0.0/20", logConfig: { flowSampling: 2 } },
    /flowSampling to be in the range \(0 - 1\), got 2/,
  ],
  ["router", { name: "r2", network: "none" }, /notFound/],
  ["address", { addressType: "BOTH" }, /addressType to be one of EXTERNAL, INTERNAL, got BOTH/],
  ["address", { labels: { Team: "ml" } }, /Invalid label key 'Team'.*lower-case letter/],
  ["address", { labels: { team: "ML Platform" } }, /Invalid label value 'ML Platform'/],
  ["nat", { natIps: [] }, /natIps must be given when natIpAllocateOption is MANUAL_ONLY/],
  [
    "nat",
    { natIpAllocateOption: "AUTO_ONLY" },
    /natIps must not be given when natIpAllocateOption is AUTO_ONLY/,
  ],
  ["nat", { router: "none" }, /notFound: The resource 'none' was not found \(router\)/],
  ["range", { name: "r2", prefixLength: undefined }, /a VPC_PEERING address needs a prefixLength/],
  ["range", { name: "r2", purpose: "OTHER" }, /purpose to be one of VPC_PEERING/],
  [
    "peering",
    { service: "other.googleapis.com", reservedPeeringRanges: ["none"] },
    /FAILED_PRECONDITION: Allocated range 'none' does not exist/,
  ],
  ["firewall", { priority: 65_536 }, /priority to be in the range \(0 - 65535\), got 65536/],
  [
    "firewall",
    { allows: [{ protocol: "tcp", ports: ["70000"] }] },
    /port '70000' must be a number from 0 to 65535/,
  ],
  ["firewall", { allows: [{ protocol: "icmp", ports: ["1"] }] }, /protocol 'icmp' takes no ports/],
  ["firewall", { allows: [{ protocol: "http" }] }, /protocol 'http' must be all, tcp/],
  ["firewall", { denies: [{ protocol: "all" }] }, /one of `allows,denies` must be specified/],
  [
    "firewall",
    { sourceRanges: undefined },
    /one of sourceRanges, sourceTags or sourceServiceAccounts must be given/,
  ],
  ["firewall", { targetTags: ["Web"] }, /network tag/],
  ["firewall", { name: "-web" }, /invalid name '-web'/],
  ["route", { destRange: "10.9.0.1/16" }, /did you mean '10\.9\.0\.0\/16'/],
  ["zone", { name: "other", dnsName: "googleapis.com" }, /a domain that ends with a dot/],
  [
    "zone",
    { name: "other", privateVisibilityConfig: { networks: [{ networkUrl: "none" }] } },
    /privateVisibilityConfig.*'none'/,
  ],
  [
    "record",
    { name: "other.example.com." },
    /invalidRecordName: Record 'other\.example\.com\.' is not in the zone's domain 'googleapis\.com\.'/,
  ],
  ["record", { managedZone: "none" }, /notFound: .*'none' does not exist/],
  ["record", { name: "a.googleapis.com.", rrdatas: ["a.", "b."] }, /a CNAME record has exactly one value/],
  ["ring", {}, /lreadyExists|ALREADY_EXISTS/],
  ["ring", { name: "a.b" }, /invalid name 'a\.b'/],
  ["key", { name: "k2", rotationPeriod: "3600s" }, /rotationPeriod '3600s' must be seconds such as 86400s/],
  [
    "key",
    { name: "k2", keyRing: "projects/p/locations/l/keyRings/none" },
    /NOT_FOUND: KeyRing .*none not found/,
  ],
  ["key-use", { member: "someone" }, /invalid member 'someone'/],
  ["account", { accountId: "ml" }, /invalid accountId 'ml': it must be 6 to 30/],
  ["account", {}, /Service account training already exists/],
  [
    "project-grant",
    { member: "serviceAccount:none@acme-ml-dev.iam.gserviceaccount.com" },
    /Service account none@.* does not exist/,
  ],
  ["account-grant", { serviceAccountId: "none" }, /NOT_FOUND: Service account none does not exist/],
  ["sql", { service: "sqladmin" }, /invalid service 'sqladmin'/],
  ["bucket", { name: "goog-data" }, /invalid name 'goog-data'/],
  ["bucket", { name: "acme-data" }, /already exists|not available/],
  [
    "bucket",
    { name: "acme-2", location: "EU" },
    /Cannot use Cloud KMS key in location 'us-central1' to encrypt a bucket in location 'eu'/,
  ],
  [
    "bucket",
    ({ "closed-key": closed }) => ({ name: "acme-2", encryption: { defaultKmsKeyName: closed!.id } }),
    /forbidden: Permission denied on Cloud KMS key/,
  ],
  [
    "bucket",
    { name: "acme-2", ...ruleOf({ type: "SetStorageClass", storageClass: "GLACIER" }, { age: 1 }) },
    /SetStorageClass needs a storageClass of STANDARD/,
  ],
  ["bucket", { name: "acme-2", ...ruleOf({ type: "Delete" }, {}) }, /a rule needs at least one condition/],
  [
    "bucket",
    { name: "acme-2", ...ruleOf({ type: "AbortIncompleteMultipartUpload" }, { daysSinceNoncurrentTime: 1 }) },
    /AbortIncompleteMultipartUpload takes the conditions age/,
  ],
  [
    "bucket",
    { name: "acme-2", softDeletePolicy: { retentionDurationSeconds: 60 } },
    /60 must be 0 \(off\) or from 604800/,
  ],
  ["bucket-grant", { bucket: "none" }, /The specified bucket does not exist: none/],
];

describeRules("gcp", { project: "acme-ml-dev", region }, passing, failing, {
  ...gcpDns,
  ...gcpEgress,
  ...gcpFirewall,
  ...gcpNetwork,
  ...gcpSecurity,
  ...gcpStorage,
});

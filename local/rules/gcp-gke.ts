import { overlaps, parseBlock } from "../cidr";
import { gcpZones } from "../catalog/gcp-machines";
import { defaultMinors, minorOf, minorsBetween } from "../catalog/kubernetes";
import { CloudError } from "../cloud-error";
import { hex, object, objects, text, texts, valuesAt, type Properties } from "../values";
import { keyOf, type World } from "../world";
import { certificate } from "./aws-eks";
import { clusterChecks } from "./gcp-gke-checks";
import { handleOf, inNetwork, notFound, subnetType } from "./gcp-network";
import { cryptoKey } from "./gcp-security";
import type { RuleTable, Subject, WorldCheck } from "./contract";

export const gkeClusterType = "gcp:container/cluster:Cluster";
const grantType = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

/** The region of a place that may be a zone. */
export const regionOfPlace = (place: string): string => place.replace(/-[a-z]$/, "");

/** Zones in which a cluster's nodes run. */
export function zonesOfCluster(inputs: Properties, fallback: string): readonly string[] {
  const named = texts(inputs, "nodeLocations");
  if (named.length > 0) return named;
  const place = text(inputs, "location") ?? fallback;
  return /-[a-z]$/.test(place) ? [place] : gcpZones(place).slice(0, 3);
}

/** One of Google's own accounts must have been given the right to use a key. */
export function agentMayUse(path: string, agent: "container-engine-robot" | "compute-system"): WorldCheck {
  return ({ inputs, scope }, world) => {
    const member = `serviceAccount:service-${scope.facts["projectNumber"] ?? ""}@${agent}.iam.gserviceaccount.com`;
    for (const key of valuesAt(inputs, path)) {
      const granted = world
        .ofType(grantType)
        .some((item) => item.inputs["cryptoKeyId"] === key && item.inputs["member"] === member);
      if (granted) continue;
      return new CloudError(
        "badRequest",
        `Cloud KMS key '${String(key)}': ${member} must have roles/cloudkms.cryptoKeyEncrypterDecrypter on it (${path}).`,
      );
    }
    return undefined;
  };
}

function subnetOf({ inputs, scope }: Subject, world: World): Properties | undefined {
  return world.find([subnetType], handleOf(text(inputs, "subnetwork")), scope.key)?.inputs;
}

const rangesExist: WorldCheck = (subject, world) => {
  const subnet = subnetOf(subject, world);
  const names = objects(subnet ?? {}, "secondaryIpRanges").map((range) => text(range, "rangeName"));
  const policy = object(subject.inputs, "ipAllocationPolicy");
  for (const key of ["clusterSecondaryRangeName", "servicesSecondaryRangeName"]) {
    const wanted = text(policy, key);
    if (subnet === undefined || wanted === undefined || names.includes(wanted)) continue;
    return new CloudError(
      "badRequest",
      `Pod or service secondary range '${wanted}' does not exist in network (${key}); the subnetwork has ${names.join(", ") || "none"}.`,
    );
  }
  return undefined;
};

const subnetInRegion: WorldCheck = (subject, world) => {
  const region = text(subnetOf(subject, world) ?? {}, "region");
  const wanted = regionOfPlace(text(subject.inputs, "location") ?? subject.scope.facts["region"] ?? "");
  if (region === undefined || region === wanted) return undefined;
  return new CloudError(
    "badRequest",
    `Subnetwork '${String(subject.inputs["subnetwork"])}' lies in ${region}, the cluster in ${wanted}.`,
  );
};

const masterApart: WorldCheck = (subject, world) => {
  const given = text(object(subject.inputs, "privateClusterConfig"), "masterIpv4CidrBlock");
  const master = parseBlock(given ?? "");
  if (master === undefined) return undefined;
  const network = handleOf(text(subject.inputs, "network"));
  for (const subnet of world.ofType(subnetType)) {
    if (handleOf(text(subnet.inputs, "network")) !== network) continue;
    const taken = [
      text(subnet.inputs, "ipCidrRange"),
      ...objects(subnet.inputs, "secondaryIpRanges").map((range) => text(range, "ipCidrRange")),
    ].flatMap((cidr) => parseBlock(cidr ?? "") ?? []);
    const clash = taken.find((block) => overlaps(block, master));
    if (clash === undefined) continue;
    return new CloudError(
      "badRequest",
      `The given master CIDR ${master.cidr} conflicts with ${clash.cidr} of subnetwork '${subnet.id}'.`,
    );
  }
  return undefined;
};

const upgradesByOne: WorldCheck = (subject, world) => {
  const before = world.get(keyOf({ type: subject.type, scope: subject.scope.key, id: subject.id }));
  const from = minorOf(text(before?.outputs ?? {}, "masterVersion") ?? "");
  const to = minorOf(text(subject.inputs, "minMasterVersion") ?? "");
  if (from === undefined || to === undefined) return undefined;
  // An older minimum is met already.
  if (minorsBetween(from, to) <= 1) return undefined;
  return new CloudError(
    "badRequest",
    `Master cannot be upgraded from ${from} to ${to}: a control plane moves up one minor at a time.`,
  );
};

/** The provider guards clusters itself, and does so unless it is told otherwise. */
const protectedFromDeletion: WorldCheck = ({ inputs }) =>
  inputs["deletionProtection"] === false
    ? undefined
    : new CloudError(
        "deletionProtection",
        "Cannot destroy cluster because deletionProtection is set to true. Set it to false to proceed with cluster deletion.",
      );

function versionOf({ inputs, id, type, scope }: Subject, world: World): string {
  const before = text(world.get(keyOf({ type, scope: scope.key, id }))?.outputs ?? {}, "masterVersion");
  const wanted = text(inputs, "minMasterVersion");
  const [have, want] = [minorOf(before ?? ""), minorOf(wanted ?? "")];
  if (before !== undefined && have !== undefined && (want === undefined || minorsBetween(have, want) <= 0))
    return before;
  if (wanted?.includes("-gke.") === true) return wanted;
  return `${want ?? defaultMinors.gke}.3-gke.1020000`;
}

const address = (seed: string, first: string): string =>
  `${first}.${[0, 2, 4].map((i) => parseInt(hex(`address ${seed}`, 6).slice(i, i + 2), 16)).join(".")}`;

function privateConfigOf({ inputs, seed }: Subject): Properties | undefined {
  if (inputs["privateClusterConfig"] === undefined) return undefined;
  const given = object(inputs, "privateClusterConfig");
  const master = parseBlock(text(given, "masterIpv4CidrBlock") ?? "");
  const privateEndpoint =
    master === undefined ? address(seed, "10") : master.cidr.replace(/\.\d+\/28$/, ".2");
  return { publicEndpoint: address(seed, "34"), ...given, privateEndpoint };
}

/** GKE clusters. Source: GKE API reference and documentation, Google provider documentation, 2026-11-21. */
export const gcpGke: RuleTable = {
  [gkeClusterType]: {
    id: ({ inputs, scope }) =>
      `projects/${text(inputs, "project") ?? scope.facts["project"] ?? ""}/locations/${text(inputs, "location") ?? scope.facts["region"] ?? ""}/clusters/${text(inputs, "name") ?? ""}`,
    autoName: "name",
    exists: { code: "alreadyExists", sentence: "Already exists: {id}." },
    checks: clusterChecks,
    references: [
      inNetwork("network"),
      { path: "subnetwork", to: [subnetType], ...notFound },
      cryptoKey("databaseEncryption.keyName"),
    ],
    refuses: [
      subnetInRegion,
      rangesExist,
      masterApart,
      upgradesByOne,
      agentMayUse("databaseEncryption.keyName", "container-engine-robot"),
      ({ inputs, scope }) => {
        const pool = text(object(inputs, "workloadIdentityConfig"), "workloadPool");
        const own = `${scope.facts["project"] ?? ""}.svc.id.goog`;
        return pool === undefined || pool === own
          ? undefined
          : new CloudError(
              "badRequest",
              `Currently, the only supported identity namespace is ${own}; given ${pool}.`,
            );
      },
    ],
    keeps: [protectedFromDeletion],
    replaceOn: [
      "name",
      "location",
      "network",
      "subnetwork",
      "initialNodeCount",
      "description",
      "networkingMode",
      "datapathProvider",
      "defaultMaxPodsPerNode",
      "enableAutopilot",
      "enableKubernetesAlpha",
      "enableTpu",
      "ipAllocationPolicy.clusterSecondaryRangeName",
      "ipAllocationPolicy.servicesSecondaryRangeName",
      "ipAllocationPolicy.clusterIpv4CidrBlock",
      "ipAllocationPolicy.servicesIpv4CidrBlock",
      "ipAllocationPolicy.stackType",
      "privateClusterConfig.masterIpv4CidrBlock",
      "confidentialNodes",
    ],
    defaults: {
      deletionProtection: true,
      enableShieldedNodes: true,
      enableKubernetesAlpha: false,
      enableLegacyAbac: false,
      loggingService: "logging.googleapis.com/kubernetes",
      monitoringService: "monitoring.googleapis.com/kubernetes",
      networkingMode: "VPC_NATIVE",
      databaseEncryption: { state: "DECRYPTED", keyName: "" },
      releaseChannel: { channel: "REGULAR" },
    },
    outputs: {
      location: ({ inputs, scope }) => inputs["location"] ?? scope.facts["region"],
      selfLink: "https://container.googleapis.com/v1/{id}",
      endpoint: (subject) => {
        const config = privateConfigOf(subject);
        return config?.["enablePrivateEndpoint"] === true
          ? config["privateEndpoint"]
          : address(subject.seed, "34");
      },
      masterVersion: versionOf,
      nodeVersion: versionOf,
      masterAuth: ({ seed }) => ({
        clusterCaCertificate: certificate(seed),
        clientCertificate: "",
        clientKey: "",
        clientCertificateConfig: { issueClientCertificate: false },
      }),
      privateClusterConfig: privateConfigOf,
      controlPlaneEndpointsConfig: ({ inputs, scope, seed }) => ({
        ...object(inputs, "controlPlaneEndpointsConfig"),
        dnsEndpointConfig: {
          allowExternalTraffic: false,
          ...object(object(inputs, "controlPlaneEndpointsConfig"), "dnsEndpointConfig"),
          endpoint: `gke-${hex(seed, 32)}-${scope.facts["projectNumber"] ?? ""}.${regionOfPlace(text(inputs, "location") ?? scope.facts["region"] ?? "")}.gke.goog`,
        },
      }),
      nodeLocations: ({ inputs, scope }) => zonesOfCluster(inputs, scope.facts["region"] ?? ""),
      effectiveLabels: ({ inputs, scope }) => ({ ...scope.defaultTags, ...object(inputs, "resourceLabels") }),
      pulumiLabels: ({ inputs, scope }) => ({ ...scope.defaultTags, ...object(inputs, "resourceLabels") }),
      labelFingerprint: "{hex:8}",
      operation: () => "",
    },
    takesAlong: ["gcp:container/nodePool:NodePool"],
  },
};

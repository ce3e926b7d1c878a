import { attachable, gcpMachine, gpuQuota, isGpuType, zoneHasGpu } from "../catalog/gcp-machines";
import { minorOf, minorsBetween } from "../catalog/kubernetes";
import { CloudError } from "../cloud-error";
import { overQuota, type Demand } from "../quotas";
import { number, object, objects, text, texts, type Properties } from "../values";
import type { World } from "../world";
import { between, form, oneOf, refuseWhen } from "./checks";
import { agentMayUse, gkeClusterType, zonesOfCluster } from "./gcp-gke";
import { gkeName, nodeLabels, offeredVersion } from "./gcp-gke-checks";
import { handleOf } from "./gcp-network";
import { cryptoKey } from "./gcp-security";
import type { Check, Problem, RuleTable, Subject, WorldCheck } from "./contract";

const poolType = "gcp:container/nodePool:NodePool";
const bad = "badRequest";
const defaultMachine = "e2-medium";

const configOf = (inputs: Properties): Properties => object(inputs, "nodeConfig");

function clusterOf({ inputs, scope }: Pick<Subject, "inputs" | "scope">, world: World): Properties {
  return world.find([gkeClusterType], handleOf(text(inputs, "cluster")), scope.key)?.outputs ?? {};
}

const machines: Check = function* (inputs) {
  const config = configOf(inputs);
  const type = text(config, "machineType") ?? defaultMachine;
  const machine = gcpMachine(type);
  const problem = (reason: string): Problem => ({ property: "nodeConfig", reason: `${bad}: ${reason}` });
  if (machine === undefined) {
    yield problem(`Machine type with name '${type}' does not exist`);
    return;
  }
  for (const gpu of objects(config, "guestAccelerators")) {
    const [name, count] = [text(gpu, "type") ?? "", number(gpu, "count") ?? 0];
    const built = machine.gpu;
    if (!isGpuType(name)) yield problem(`Accelerator type '${name}' does not exist`);
    else if (built !== undefined && (built.type !== name || built.count !== count))
      yield problem(`machine type ${type} has ${built.count} ${built.type}; given ${count} ${name}`);
    else if (built === undefined && (!machine.attaches || attachable[name] === undefined))
      yield problem(`Accelerator type '${name}' cannot be attached to machine type ${type}`);
    else if (built === undefined && attachable[name]?.includes(count) !== true)
      yield problem(`${count} GPUs of type ${name}: ${String(attachable[name]?.join(", "))} are allowed`);
  }
};

const sizes: Check = function* (inputs) {
  const scaling = object(inputs, "autoscaling");
  const problem = (reason: string): Problem => ({ property: "autoscaling", reason: `${bad}: ${reason}` });
  for (const [low, high] of [
    ["minNodeCount", "maxNodeCount"],
    ["totalMinNodeCount", "totalMaxNodeCount"],
  ] as const) {
    const [least, most] = [number(scaling, low) ?? 0, number(scaling, high)];
    if (most !== undefined && (most < 1 || least > most))
      yield problem(
        `${low} ${least} and ${high} ${most}: the maximum must be at least 1 and at least the minimum`,
      );
  }
  const first = number(inputs, "initialNodeCount");
  const most = number(scaling, "maxNodeCount");
  if (first !== undefined && most !== undefined && first > most)
    yield problem(`initialNodeCount ${first} is over maxNodeCount ${most}`);
  const surge = object(inputs, "upgradeSettings");
  if (surge["maxSurge"] === 0 && (surge["maxUnavailable"] ?? 0) === 0)
    yield { property: "upgradeSettings", reason: `${bad}: maxSurge and maxUnavailable cannot both be 0` };
};

/** Clusters in a release channel repair and upgrade their nodes themselves. */
const managedNodes: WorldCheck = (subject, world) => {
  const channel = text(object(clusterOf(subject, world), "releaseChannel"), "channel") ?? "REGULAR";
  const management = object(subject.inputs, "management");
  const off = ["autoUpgrade", "autoRepair"].find((key) => management[key] === false);
  if (channel === "UNSPECIFIED" || off === undefined) return undefined;
  return new CloudError(bad, `${off} must be true when the cluster's release channel is ${channel}.`);
};

const identityOn: WorldCheck = (subject, world) => {
  const mode = text(object(configOf(subject.inputs), "workloadMetadataConfig"), "mode");
  const pool = text(object(clusterOf(subject, world), "workloadIdentityConfig"), "workloadPool");
  if (mode !== "GKE_METADATA" || pool !== undefined) return undefined;
  return new CloudError(bad, "The GKE metadata server needs workloadIdentityConfig on the cluster.");
};

const versionFits: WorldCheck = (subject, world) => {
  const control = minorOf(text(clusterOf(subject, world), "masterVersion") ?? "");
  const wanted = minorOf(text(subject.inputs, "version") ?? "");
  if (control === undefined || wanted === undefined) return undefined;
  const ahead = minorsBetween(control, wanted);
  if (ahead <= 0 && ahead >= -2) return undefined;
  return new CloudError(
    bad,
    `Node version ${wanted} must not be newer than the control plane's ${control}, nor more than two minors older.`,
  );
};

function zonesOf({ inputs, scope }: Pick<Subject, "inputs" | "scope">, world: World): readonly string[] {
  if (texts(inputs, "nodeLocations").length > 0) return texts(inputs, "nodeLocations");
  const cluster = clusterOf({ inputs, scope }, world);
  return zonesOfCluster({ ...cluster, location: inputs["location"] ?? cluster["location"] }, "");
}

const zonesHaveGpus: WorldCheck = (subject, world) => {
  const config = configOf(subject.inputs);
  const wanted = [
    ...objects(config, "guestAccelerators").map((gpu) => text(gpu, "type") ?? ""),
    gcpMachine(text(config, "machineType") ?? defaultMachine)?.gpu?.type ?? "",
  ].filter((type) => type !== "");
  for (const zone of zonesOf(subject, world)) {
    const lacking = wanted.find((type) => !zoneHasGpu(zone, type));
    if (lacking === undefined) continue;
    return new CloudError(
      bad,
      `Accelerator type "${lacking}" does not exist in zone ${zone}. Name zones that have it in nodeLocations.`,
    );
  }
  return undefined;
};

/** What a pool's nodes use at the start, by quota. */
function useOf(subject: Pick<Subject, "inputs" | "scope">, world: World): readonly Omit<Demand, "used">[] {
  const { inputs } = subject;
  const config = configOf(inputs);
  const machine = gcpMachine(text(config, "machineType") ?? defaultMachine);
  const scaling = object(inputs, "autoscaling");
  const perZone =
    number(inputs, "initialNodeCount") ?? number(inputs, "nodeCount") ?? number(scaling, "minNodeCount") ?? 0;
  const nodes = perZone * zonesOf(subject, world).length;
  const spot = config["spot"] === true || config["preemptible"] === true;
  const gpus = objects(config, "guestAccelerators").map((gpu) => ({
    name: gpuQuota(text(gpu, "type") ?? "", spot),
    needed: nodes * (number(gpu, "count") ?? 0),
  }));
  return [{ name: machine?.quota ?? "CPUS", needed: nodes * (machine?.vcpus ?? 0) }, ...gpus];
}

const withinQuota: WorldCheck = (subject, world) => {
  const others = world
    .ofType(poolType)
    .filter((item) => item.scope === subject.scope.key && item.id !== subject.id)
    .flatMap(({ inputs }) => useOf({ inputs, scope: subject.scope }, world));
  const demands = useOf(subject, world).map((demand) => ({
    ...demand,
    used: others.filter(({ name }) => name === demand.name).reduce((sum, { needed }) => sum + needed, 0),
  }));
  return overQuota(
    world.quotas.gcp,
    demands,
    ({ name, needed, used }, limit) =>
      new CloudError(
        "quotaExceeded",
        `Insufficient regional quota to satisfy request: resource "${name}": request requires '${needed}.0' and is short '${used + needed - limit}.0'. project has a quota of '${limit}.0' with '${Math.max(0, limit - used)}.0' available.`,
      ),
  );
};

/** Node pools of GKE. Source: GKE API reference and Google provider documentation, 2026-11-21. */
export const gcpNodePools: RuleTable = {
  [poolType]: {
    id: ({ inputs, scope }, world) => {
      const cluster = world.find([gkeClusterType], handleOf(text(inputs, "cluster")), scope.key);
      const parent =
        cluster?.id ??
        `projects/${scope.facts["project"] ?? ""}/locations/${text(inputs, "location") ?? ""}/clusters/${(text(inputs, "cluster") ?? "").split("/").at(-1) ?? ""}`;
      return `${parent}/nodePools/${text(inputs, "name") ?? ""}`;
    },
    autoName: "name",
    exists: { code: "alreadyExists", sentence: "Already exists: {id}." },
    checks: [
      gkeName,
      offeredVersion("version"),
      oneOf("nodeConfig.taints[].effect", ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"], bad),
      form(
        "nodeConfig.taints[].key",
        /^([a-z0-9.-]+\/)?[A-Za-z0-9][\w.-]{0,62}$/,
        "a Kubernetes label key",
        bad,
      ),
      oneOf("nodeConfig.diskType", ["pd-standard", "pd-balanced", "pd-ssd", "hyperdisk-balanced"], bad),
      oneOf("nodeConfig.imageType", ["COS_CONTAINERD", "UBUNTU_CONTAINERD", "WINDOWS_LTSC_CONTAINERD"], bad),
      oneOf(
        "nodeConfig.workloadMetadataConfig.mode",
        ["GCE_METADATA", "GKE_METADATA", "MODE_UNSPECIFIED"],
        bad,
      ),
      oneOf(
        "nodeConfig.reservationAffinity.consumeReservationType",
        ["UNSPECIFIED", "NO_RESERVATION", "ANY_RESERVATION", "SPECIFIC_RESERVATION"],
        bad,
      ),
      oneOf(
        "nodeConfig.guestAccelerators[].gpuDriverInstallationConfig.gpuDriverVersion",
        ["GPU_DRIVER_VERSION_UNSPECIFIED", "INSTALLATION_DISABLED", "DEFAULT", "LATEST"],
        bad,
      ),
      oneOf("autoscaling.locationPolicy", ["BALANCED", "ANY"], bad),
      oneOf("upgradeSettings.strategy", ["SURGE", "BLUE_GREEN", "SHORT_LIVED"], bad),
      between("nodeConfig.diskSizeGb", 10, 65_536, bad),
      between("maxPodsPerNode", 8, 256, bad),
      refuseWhen(
        "nodeConfig",
        (inputs) => configOf(inputs)["spot"] === true && configOf(inputs)["preemptible"] === true,
        `${bad}: spot and preemptible exclude each other`,
      ),
      nodeLabels("nodeConfig.labels"),
      machines,
      sizes,
    ],
    references: [
      { path: "cluster", to: [gkeClusterType], missing: "notFound", sentence: "Not found: cluster {value}." },
      cryptoKey("nodeConfig.bootDiskKmsKey"),
      {
        path: "nodeConfig.serviceAccount",
        to: ["gcp:serviceaccount/account:Account"],
        missing: bad,
        sentence: 'The user does not have access to service account "{value}", or it does not exist.',
        held: false,
        provided: /^(default|\d+-compute@developer\.gserviceaccount\.com)$/,
      },
    ],
    refuses: [
      managedNodes,
      identityOn,
      versionFits,
      zonesHaveGpus,
      withinQuota,
      agentMayUse("nodeConfig.bootDiskKmsKey", "compute-system"),
    ],
    replaceOn: [
      "cluster",
      "location",
      "name",
      "namePrefix",
      "initialNodeCount",
      "maxPodsPerNode",
      "placementPolicy",
      "queuedProvisioning",
      ...["guestAccelerators", "serviceAccount", "oauthScopes", "spot", "preemptible", "bootDiskKmsKey"].map(
        (key) => `nodeConfig.${key}`,
      ),
      ...["metadata", "localSsdCount", "minCpuPlatform", "shieldedInstanceConfig", "reservationAffinity"].map(
        (key) => `nodeConfig.${key}`,
      ),
    ],
    outputs: {
      location: (subject, world) => subject.inputs["location"] ?? clusterOf(subject, world)["location"],
      version: (subject, world) => subject.inputs["version"] ?? clusterOf(subject, world)["masterVersion"],
      initialNodeCount: ({ inputs }) => inputs["initialNodeCount"] ?? inputs["nodeCount"] ?? 0,
      management: ({ inputs }) => ({ autoRepair: true, autoUpgrade: true, ...object(inputs, "management") }),
      maxPodsPerNode: ({ inputs }) => inputs["maxPodsPerNode"] ?? 110,
      nodeLocations: (subject, world) => zonesOf(subject, world),
      nodeConfig: ({ inputs }) => ({
        ...{
          machineType: defaultMachine,
          diskSizeGb: 100,
          diskType: "pd-balanced",
          imageType: "COS_CONTAINERD",
        },
        ...configOf(inputs),
      }),
      operation: () => "",
    },
  },
};

import { azureMachine, locationHas, zonesWithSize } from "../catalog/azure-machines";
import { minorOf, minorsBetween } from "../catalog/kubernetes";
import { CloudError } from "../cloud-error";
import { overQuota, type Demand } from "../quotas";
import { number, objects, text, texts, type Properties } from "../values";
import { keyOf, type World } from "../world";
import { byId } from "./azure-network";
import { poolProblems } from "./azure-pool-checks";
import { form } from "./checks";
import type { RuleTable, Subject, WorldCheck } from "./contract";

export const aksType = "azure-native:containerservice:ManagedCluster";
const poolType = "azure-native:containerservice:AgentPool";
const subnetType = "azure-native:network:Subnet";

/** Where a thing that may leave its location out lies. */
export function locationOf(
  { inputs, scope, id }: Pick<Subject, "inputs" | "scope" | "id">,
  world: World,
): string {
  const group = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(id)?.[0] ?? "";
  const given = text(inputs, "location") ?? text(world.withId(group)?.outputs ?? {}, "location");
  return (given ?? scope.facts["location"] ?? "").toLowerCase().replaceAll(" ", "");
}

/** The sizes of pools must be there, in every zone that they name. */
export function skuRefusal(pools: readonly Properties[], location: string): CloudError | undefined {
  for (const pool of pools) {
    const size = text(pool, "vmSize") ?? "";
    if (!locationHas(location, size)) {
      return new CloudError(
        "BadRequest",
        `The VM size of ${size} is not allowed in your subscription in location '${location}'.`,
      );
    }
    const zones = zonesWithSize(location, size);
    const lacking = texts(pool, "availabilityZones").filter((zone) => !zones.includes(zone));
    if (lacking.length > 0) {
      return new CloudError(
        "AvailabilityZoneNotSupported",
        `The zone(s) '${lacking.join(", ")}' for resource '${text(pool, "name") ?? size}' is not supported. The supported zones for location '${location}' are '${zones.join(", ")}' for ${size}`,
      );
    }
  }
  return undefined;
}

function useOf(pool: Properties): readonly Omit<Demand, "used">[] {
  const machine = azureMachine(text(pool, "vmSize") ?? "");
  const nodes = number(pool, "count") ?? number(pool, "minCount") ?? 1;
  const needed = nodes * (machine?.vcpus ?? 0);
  if (text(pool, "scaleSetPriority") === "Spot") return [{ name: "lowPriorityCores", needed }];
  return [
    { name: machine?.family ?? "", needed },
    { name: "cores", needed },
  ];
}

/** vCPU quotas of a location: those of the family, and of the whole location; spot nodes have one of their own. */
export function quotaRefusal(
  subject: Subject,
  pools: readonly Properties[],
  world: World,
): CloudError | undefined {
  const location = locationOf(subject, world);
  const others = [...world.ofType(aksType), ...world.ofType(poolType)]
    .filter((item) => item.scope === subject.scope.key && item.id !== subject.id)
    .filter((item) => locationOf({ ...item, scope: subject.scope }, world) === location)
    .flatMap(({ type, inputs }) => (type === aksType ? objects(inputs, "agentPoolProfiles") : [inputs]))
    .flatMap(useOf);
  const wanted = pools.flatMap(useOf);
  const demands = [...new Set(wanted.map(({ name }) => name))].map((name) => ({
    name,
    needed: wanted.filter((each) => each.name === name).reduce((sum, { needed }) => sum + needed, 0),
    used: others.filter((each) => each.name === name).reduce((sum, { needed }) => sum + needed, 0),
  }));
  return overQuota(
    world.quotas["azure-native"],
    demands,
    ({ name, needed, used }, limit) =>
      new CloudError(
        "ErrCode_InsufficientVCPUQuota",
        `Insufficient vcpu quota requested ${needed}, remaining ${Math.max(0, limit - used)} for family ${name} for region ${location}.`,
      ),
  );
}

const parentOf = ({ id }: Subject, world: World): Properties =>
  world.withId(id.replace(/\/agentPools\/[^/]+$/i, ""))?.outputs ?? {};

const versionFits: WorldCheck = (subject, world) => {
  const control = minorOf(text(parentOf(subject, world), "currentKubernetesVersion") ?? "");
  const wanted = minorOf(text(subject.inputs, "orchestratorVersion") ?? "");
  if (control === undefined || wanted === undefined) return undefined;
  const ahead = minorsBetween(control, wanted);
  if (ahead <= 0 && ahead >= -3) return undefined;
  return new CloudError(
    "NodePoolMcVersionIncompatible",
    `Node pool version ${wanted} and control plane version ${control} are incompatible: a pool is no newer, and at most three minors older.`,
  );
};

/** What a pool keeps for life. Source: AKS documentation, "Manage node pools", 2026-11-21. */
const fixedForLife = [
  ...["vmSize", "osDiskType", "osDiskSizeGB", "osType", "maxPods", "availabilityZones"],
  ...["scaleSetPriority", "scaleSetEvictionPolicy", "vnetSubnetID", "podSubnetID", "enableFIPS"],
  ...["enableEncryptionAtHost", "enableNodePublicIP", "enableUltraSSD", "gpuInstanceProfile"],
];

/** A change that the API answers with a refusal: neither an update nor a replacement. */
export function unchangeable(paths: readonly string[], code = "PropertyChangeNotAllowed"): WorldCheck {
  return (subject, world) => {
    const before = world.get(keyOf({ type: subject.type, scope: subject.scope.key, id: subject.id }));
    if (before === undefined) return undefined;
    const at = (inputs: Properties, path: string): unknown =>
      path.split(".").reduce<unknown>((value, step) => (value as Properties | undefined)?.[step], inputs);
    const changed = paths.find((path) => {
      const [was, is] = [at(before.inputs, path), at(subject.inputs, path)];
      return was !== undefined && is !== undefined && JSON.stringify(was) !== JSON.stringify(is);
    });
    if (changed === undefined) return undefined;
    return new CloudError(
      code,
      `Changing property 'properties.${changed}' is not allowed. Make a new one under another name.`,
    );
  };
}

const nameFree: WorldCheck = (subject, world) => {
  const name = subject.id.split("/").at(-1);
  const taken = objects(parentOf(subject, world), "agentPoolProfiles").some((pool) => pool["name"] === name);
  if (!taken) return undefined;
  return new CloudError(
    "Conflict",
    `Agent pool '${String(name)}' exists already in the cluster's agentPoolProfiles.`,
  );
};

/** Node pools of AKS. Source: AKS REST API reference and documentation, 2026-11-21. */
export const azurePools: RuleTable = {
  [poolType]: {
    id: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters/{resourceName}/agentPools/{agentPoolName}",
    autoName: "agentPoolName",
    nameForm: (name) =>
      name
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "")
        .slice(0, 12),
    checks: [
      form(
        "agentPoolName",
        /^[a-z][a-z0-9]{0,11}$/,
        "1 to 12 lower-case letters or digits, starting with a letter",
        "InvalidParameter",
      ),
      (inputs) => poolProblems(inputs),
    ],
    references: [byId("vnetSubnetID", [subnetType]), byId("podSubnetID", [subnetType])],
    refuses: [
      nameFree,
      versionFits,
      unchangeable(fixedForLife),
      (subject, world) => skuRefusal([subject.inputs], locationOf(subject, world)),
      (subject, world) => quotaRefusal(subject, [subject.inputs], world),
    ],
    defaults: {
      mode: "User",
      osType: "Linux",
      osSKU: "Ubuntu",
      type: "VirtualMachineScaleSets",
      scaleSetPriority: "Regular",
      scaleDownMode: "Delete",
      enableAutoScaling: false,
      maxPods: 110,
    },
    outputs: {
      count: ({ inputs }) => inputs["count"] ?? inputs["minCount"] ?? 1,
      currentOrchestratorVersion: (subject, world) =>
        subject.inputs["orchestratorVersion"] ?? parentOf(subject, world)["currentKubernetesVersion"],
      powerState: () => ({ code: "Running" }),
      nodeImageVersion: () => "AKSUbuntu-2404gen2containerd-202611.01.0",
      // The property of that name is the kind of pool, not the resource's type.
      type: ({ inputs }) => inputs["type"] ?? "VirtualMachineScaleSets",
    },
  },
};

/** Whether any pool names a subnet, for checks that need one. */
export function subnetsOf(pools: readonly Properties[]): readonly string[] {
  return pools.flatMap((pool) => text(pool, "vnetSubnetID") ?? []);
}

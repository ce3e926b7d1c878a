import { azureMachine } from "../catalog/azure-machines";
import { minorOf, minors } from "../catalog/kubernetes";
import { isUnknown, number, object, text, texts, type Properties } from "../values";
import type { Problem } from "./contract";

/** Form of a taint: key=value:Effect, or key:Effect. */
const taint =
  /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?(=[\w.-]{0,63})?:(NoSchedule|NoExecute|PreferNoSchedule)$/;
const labelKey = /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

const choices: Readonly<Record<string, readonly string[]>> = {
  mode: ["System", "User", "Gateway"],
  osDiskType: ["Managed", "Ephemeral"],
  osType: ["Linux", "Windows"],
  osSKU: ["Ubuntu", "Ubuntu2204", "Ubuntu2404", "AzureLinux", "AzureLinux3", "Windows2019", "Windows2022"],
  scaleSetPriority: ["Regular", "Spot"],
  scaleSetEvictionPolicy: ["Delete", "Deallocate"],
  type: ["VirtualMachineScaleSets", "AvailabilitySet", "VirtualMachines"],
  scaleDownMode: ["Delete", "Deallocate"],
};

/** What AKS refuses of a pool, whether it is a resource of its own or part of its cluster. */
export function* poolProblems(pool: Properties): Iterable<Problem> {
  yield* choiceProblems(pool);
  yield* sizeProblems(pool);
  yield* countProblems(pool);
  yield* spotProblems(pool);
  yield* markProblems(pool);
  const version = text(pool, "orchestratorVersion");
  if (version !== undefined && !minors.aks.includes(minorOf(version) ?? ""))
    yield problem(
      "orchestratorVersion",
      `K8sVersionNotSupported: ${version}; minors offered: ${minors.aks.join(", ")}`,
    );
}

function* choiceProblems(pool: Properties): Iterable<Problem> {
  for (const [key, allowed] of Object.entries(choices)) {
    const given = text(pool, key);
    if (given !== undefined && !allowed.includes(given))
      yield problem(key, `InvalidParameter: ${key} '${given}' must be one of ${allowed.join(", ")}`);
  }
  const pods = number(pool, "maxPods");
  if (pods !== undefined && (pods < 10 || pods > 250))
    yield problem("maxPods", `InvalidParameter: maxPods ${pods} must be from 10 to 250`);
}

function* sizeProblems(pool: Properties): Iterable<Problem> {
  const size = text(pool, "vmSize");
  if (size === undefined) return;
  const machine = azureMachine(size);
  if (machine === undefined) {
    yield problem("vmSize", `BadRequest: The VM size '${size}' does not exist`);
    return;
  }
  const disk = number(pool, "osDiskSizeGB") ?? 128;
  if (text(pool, "osDiskType") === "Ephemeral" && disk > machine.ephemeralGiB) {
    yield problem(
      "osDiskType",
      `BadRequest: The virtual machine size ${size} has a cache or temporary disk of ${machine.ephemeralGiB} GiB; an ephemeral OS disk of ${disk} GiB does not fit`,
    );
  }
  if (text(pool, "mode") === "System" && machine.vcpus < 2)
    yield problem("vmSize", "BadRequest: The VM size of a system pool needs at least 2 vCPUs");
  const driver = text(object(pool, "gpuProfile"), "driver");
  if (driver !== undefined && machine.gpus === 0)
    yield problem("gpuProfile", `InvalidParameter: ${size} has no GPU; leave gpuProfile out`);
}

function* countProblems(pool: Properties): Iterable<Problem> {
  const [count, least, most] = ["count", "minCount", "maxCount"].map((key) => number(pool, key));
  const scales = pool["enableAutoScaling"] === true;
  const system = text(pool, "mode") === "System";
  if (!scales && !isUnknown(pool["enableAutoScaling"]) && (least !== undefined || most !== undefined))
    yield problem("minCount", "InvalidParameter: minCount and maxCount need enableAutoScaling");
  if (scales && (pool["minCount"] === undefined || pool["maxCount"] === undefined))
    yield problem("minCount", "InvalidParameter: enableAutoScaling needs minCount and maxCount");
  if (least !== undefined && most !== undefined && least > most)
    yield problem("minCount", `InvalidParameter: minCount ${least} must not be over maxCount ${most}`);
  const between = count === undefined || ((least ?? 0) <= count && count <= (most ?? 1000));
  if (scales && !between)
    yield problem(
      "count",
      `InvalidParameter: count ${count} must be from minCount ${String(least)} to maxCount ${String(most)}`,
    );
  if (system && (count === 0 || least === 0))
    yield problem("count", "InvalidParameter: System node pools need at least one node");
  if ((most ?? 0) > 1000)
    yield problem("maxCount", `InvalidParameter: maxCount ${String(most)} is over 1000`);
}

function* spotProblems(pool: Properties): Iterable<Problem> {
  const spot = text(pool, "scaleSetPriority") === "Spot";
  if (spot && text(pool, "mode") === "System")
    yield problem("scaleSetPriority", "InvalidParameter: Spot VMs are not supported in system node pools");
  const spotOnly = ["scaleSetEvictionPolicy", "spotMaxPrice"].find((key) => pool[key] !== undefined);
  if (!spot && spotOnly !== undefined && !isUnknown(pool["scaleSetPriority"]))
    yield problem(spotOnly, `InvalidParameter: ${spotOnly} is for pools with scaleSetPriority Spot`);
  const price = number(pool, "spotMaxPrice");
  if (price !== undefined && price !== -1 && price <= 0)
    yield problem("spotMaxPrice", `InvalidParameter: spotMaxPrice ${price} must be -1 or above 0`);
  const surge = text(object(pool, "upgradeSettings"), "maxSurge");
  if (spot && surge !== undefined)
    yield problem("upgradeSettings", "InvalidParameter: spot pools cannot have maxSurge");
  if (surge !== undefined && !/^(\d+|\d{1,3}%)$/.test(surge))
    yield problem(
      "upgradeSettings",
      `InvalidParameter: maxSurge '${surge}' must be a number or a percentage`,
    );
}

function* markProblems(pool: Properties): Iterable<Problem> {
  for (const given of texts(pool, "nodeTaints")) {
    if (!taint.test(given))
      yield problem(
        "nodeTaints",
        `InvalidParameter: taint '${given}' must be of the form key=value:NoSchedule`,
      );
  }
  if (text(pool, "mode") === "System") {
    const hard = texts(pool, "nodeTaints").find(
      (given) => !given.startsWith("CriticalAddonsOnly=true:") && !given.endsWith(":PreferNoSchedule"),
    );
    if (hard !== undefined)
      yield problem(
        "nodeTaints",
        `InvalidParameter: system pools take the taint CriticalAddonsOnly=true:NoSchedule only, not '${hard}'`,
      );
  }
  for (const [key, value] of Object.entries(object(pool, "nodeLabels"))) {
    // What AKS puts on spot nodes itself may be said too (azurerm provider documentation, read 2026-11-21).
    const own =
      text(pool, "scaleSetPriority") === "Spot" &&
      key === "kubernetes.azure.com/scalesetpriority" &&
      value === "spot";
    const reserved = !own && /^(kubernetes\.azure\.com|kubernetes\.io|[\w.-]*\.kubernetes\.io)\//.test(key);
    const fits =
      labelKey.test(key) && (typeof value !== "string" || isUnknown(value) || labelValue.test(value));
    if (reserved || !fits)
      yield problem(
        "nodeLabels",
        `InvalidParameter: label ${key}=${String(value)} is ${reserved ? "reserved" : "no Kubernetes label"}`,
      );
  }
}

function problem(property: string, reason: string): Problem {
  return { property, reason };
}

import { awsMachine, type AwsMachine } from "../catalog/aws-machines";
import { number, object, objects, text, texts, type Properties } from "../values";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { Check, Problem } from "./contract";

const invalid = "InvalidParameterException";

/** Source: Amazon EKS API reference, Nodegroup, 2026-11-21. */
const imageTypes = [
  "AL2_x86_64",
  "AL2_x86_64_GPU",
  "AL2_ARM_64",
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NEURON",
  "AL2023_x86_64_NVIDIA",
  "AL2023_ARM_64_NVIDIA",
  "BOTTLEROCKET_x86_64",
  "BOTTLEROCKET_ARM_64",
  "BOTTLEROCKET_x86_64_NVIDIA",
  "BOTTLEROCKET_ARM_64_NVIDIA",
  "BOTTLEROCKET_x86_64_FIPS",
  "BOTTLEROCKET_ARM_64_FIPS",
  "CUSTOM",
];

const scaling: Check = function* (inputs) {
  const sizes = object(inputs, "scalingConfig");
  const [least, wanted, most] = ["minSize", "desiredSize", "maxSize"].map((key) => number(sizes, key));
  const problem = (reason: string): Problem => ({
    property: "scalingConfig",
    reason: `${invalid}: ${reason}`,
  });
  if (least !== undefined && least < 0) yield problem(`minSize ${least} can't be less than 0`);
  if (most !== undefined && most < 1) yield problem(`maxSize ${most} can't be less than 1`);
  if (least !== undefined && most !== undefined && least > most)
    yield problem(`Minimum capacity ${least} can't be greater than maximum size ${most}`);
  if (wanted !== undefined && least !== undefined && wanted < least)
    yield problem(`Minimum capacity ${least} can't be greater than desired size ${wanted}`);
  if (wanted !== undefined && most !== undefined && wanted > most)
    yield problem(`Desired capacity ${wanted} can't be greater than max size ${most}`);
};

const types: Check = function* (inputs) {
  const image = text(inputs, "amiType") ?? "";
  const problem = (reason: string): Problem => ({
    property: "instanceTypes",
    reason: `${invalid}: ${reason}`,
  });
  const given = texts(inputs, "instanceTypes");
  if (given.length > 20) yield problem(`${given.length} instance types given, 20 allowed`);
  for (const type of given) {
    const machine = awsMachine(type);
    if (machine === undefined) yield problem(`The following supplied instance types do not exist: [${type}]`);
    else if (!imageFits(image, machine))
      yield problem(`[${type}] is not a valid instance type for requested amiType ${image}`);
  }
};

function imageFits(image: string, { arm, gpu }: AwsMachine): boolean {
  if (image === "" || image === "CUSTOM") return true;
  return image.includes("ARM_64") === arm && (gpu || !/_(NVIDIA|GPU)$/.test(image));
}

const update: Check = function* (inputs) {
  const config = inputs["updateConfig"];
  if (config === undefined) return;
  const given = ["maxUnavailable", "maxUnavailablePercentage"].filter(
    (key) => (config as Properties)[key] !== undefined,
  );
  if (given.length !== 1) {
    yield {
      property: "updateConfig",
      reason: `${invalid}: give one of maxUnavailable and maxUnavailablePercentage, not ${given.length}`,
    };
  }
};

const labelValue = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

const labels: Check = function* (inputs) {
  for (const [key, value] of Object.entries(object(inputs, "labels"))) {
    const name = key.split("/").at(-1) ?? "";
    if (
      name === "" ||
      !labelValue.test(name) ||
      (typeof value === "string" && value.length < 36 && !labelValue.test(value))
    )
      yield {
        property: "labels",
        reason: `${invalid}: label ${key}=${String(value)} is no Kubernetes label`,
      };
  }
};

/** What EKS refuses of a node group whatever else there is. */
export const nodeGroupChecks: readonly Check[] = [
  form("nodeGroupName", /^[0-9A-Za-z][\w-]{0,62}$/, "1 to 63 letters, digits, _ or -", invalid),
  oneOf("amiType", imageTypes, invalid),
  oneOf("capacityType", ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"], invalid),
  oneOf("taints[].effect", ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"], invalid),
  form("taints[].key", /^([a-z0-9.-]+\/)?[A-Za-z0-9][\w.-]{0,62}$/, "a Kubernetes label key", invalid),
  form("taints[].value", labelValue, "a Kubernetes label value", invalid),
  between("diskSize", 1, 16_384, invalid),
  between("updateConfig.maxUnavailable", 1, 100, invalid),
  between("updateConfig.maxUnavailablePercentage", 1, 100, invalid),
  refuseWhen(
    "taints",
    (inputs) => objects(inputs, "taints").length > 50,
    `${invalid}: 50 taints are allowed`,
  ),
  scaling,
  types,
  update,
  labels,
];

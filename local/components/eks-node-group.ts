import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { isUnknown, object, text, texts, unknownValue, type Properties } from "../values";
import { fromStruct } from "../wire";
import { idOf, Monitor, Ref, referenced, type Registered } from "./monitor";
import { response } from "./vpc-outputs";

/** Arguments that go to the node group as they are. */
const passedOn = [
  "amiType",
  "capacityType",
  "diskSize",
  "forceUpdateVersion",
  "instanceTypes",
  "labels",
  "nodeGroupName",
  "nodeGroupNamePrefix",
  "releaseVersion",
  "remoteAccess",
  "tags",
  "taints",
  "version",
];

/** Arguments that need user data of the component's own making. */
const userDataOptions = ["kubeletExtraArgs", "bootstrapExtraArgs", "bottlerocketSettings", "userData"];
const templateOptions = [
  "kubeletExtraArgs",
  "bootstrapExtraArgs",
  "bottlerocketSettings",
  "userData",
  "enableIMDSv2",
  "amiId",
];
const notModelled = [...userDataOptions, "amiId", "enableEfaSupport", "nodeadmExtraOptions"];

/**
 * `eks:index:ManagedNodeGroup`: an EKS node group, and a launch template where `enableIMDSv2` asks for one.
 * Source: pulumi-eks 4.3, read 2026-11-21.
 */
export async function constructManagedNodeGroup(request: ConstructRequest): Promise<ConstructResponse> {
  const monitor = new Monitor(request, "aws");
  try {
    const inputs = fromStruct(request.getInputs());
    refuse(inputs);
    const core = await coreOf(monitor, inputs["cluster"]);
    const component = await monitor.component();
    const template =
      inputs["enableIMDSv2"] === undefined ? undefined : await launchTemplate(monitor, component, inputs);
    const nodeGroup = await monitor.child({
      type: "aws:eks/nodeGroup:NodeGroup",
      name: request.getName(),
      parent: component,
      inputs: await nodeGroupInputs(monitor, inputs, core, template),
      dependsOn: request.getDependenciesList(),
      ignoreChanges: inputs["ignoreScalingChanges"] === true ? ["scalingConfig.desiredSize"] : [],
    });
    const state = { nodeGroup: monitor.reference(nodeGroup), placementGroupName: "" };
    await monitor.outputs(component, state);
    return response(component, state);
  } finally {
    monitor.close();
  }
}

/** @throws Error for what the real component refuses, and for what the local clouds do not model. */
function refuse(inputs: Properties): void {
  const given = (key: string): boolean => inputs[key] !== undefined;
  if (!given("nodeRole") && !given("nodeRoleArn"))
    throw new Error("An IAM role, or role ARN must be provided to create a managed node group");
  if (given("nodeRole") && given("nodeRoleArn"))
    throw new Error("You cannot specify both nodeRole and nodeRoleArn when creating a managed node group.");
  for (const key of ["gpu", "amiType"]) {
    if (given("amiId") && given(key))
      throw new Error(`You cannot specify both amiId and ${key} when creating a managed node group.`);
  }
  if (given("launchTemplate") && templateOptions.some(given)) {
    throw new Error(
      "If you provide a custom launch template, you cannot provide kubeletExtraArgs, bootstrapExtraArgs, enableIMDSv2, userData or amiId. Please include these in the launch template that you are providing.",
    );
  }
  const unmodelled = notModelled.filter((key) => given(key) && inputs[key] !== false);
  if (unmodelled.length > 0)
    throw new Error(
      `the local clouds do not model ${unmodelled.join(", ")} of eks:index:ManagedNodeGroup; give a launchTemplate`,
    );
}

/** What a cluster component, or the core data of one, says about its cluster. */
async function coreOf(monitor: Monitor, cluster: unknown): Promise<Properties> {
  const component = referenced(cluster);
  if (component === undefined)
    return isUnknown(cluster) ? { subnetIds: unknownValue } : object({ cluster }, "cluster");
  return object(await monitor.stateOf(component.urn), "core");
}

/** The physical name of the cluster that an argument `cluster` stands for. An EKS cluster's id is its name. */
export async function clusterNameOf(monitor: Monitor, cluster: unknown): Promise<Ref> {
  // In a preview core data as a whole is not known, because some of it is not.
  if (isUnknown(cluster)) return new Ref(unknownValue, []);
  const found = referenced((await coreOf(monitor, cluster))["cluster"]);
  if (found === undefined) throw new Error("cluster: expected an eks:index:Cluster or its core data");
  return new Ref(found.id, [{ ...found, state: {} }]);
}

async function nodeGroupInputs(
  monitor: Monitor,
  inputs: Properties,
  core: Properties,
  template: Registered | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const role = referenced(inputs["nodeRole"]);
  const roleArn =
    role === undefined
      ? inputs["nodeRoleArn"]
      : new Ref((await monitor.stateOf(role.urn))["arn"] ?? unknownValue, [{ ...role, state: {} }]);
  const scaling = object(inputs, "scalingConfig");
  const passed = Object.fromEntries(passedOn.map((key) => [key, inputs[key]]));
  // The disk belongs to the launch template where the component makes one.
  if (template !== undefined) delete passed["diskSize"];
  return {
    ...passed,
    amiType: inputs["amiType"] ?? amiTypeOf(inputs),
    clusterName: inputs["clusterName"] ?? (await clusterNameOf(monitor, inputs["cluster"])),
    launchTemplate: template === undefined ? inputs["launchTemplate"] : templateUse(template),
    nodeRoleArn: roleArn,
    scalingConfig: isUnknown(inputs["scalingConfig"])
      ? unknownValue
      : {
          desiredSize: scaling["desiredSize"] ?? 2,
          maxSize: scaling["maxSize"] ?? 2,
          minSize: scaling["minSize"] ?? 1,
        },
    subnetIds: inputs["subnetIds"] ?? core["subnetIds"] ?? core["privateSubnetIds"] ?? [],
  };
}

async function launchTemplate(monitor: Monitor, parent: Registered, inputs: Properties): Promise<Registered> {
  const bottlerocket = (text(inputs, "amiType") ?? text(inputs, "operatingSystem") ?? "")
    .toUpperCase()
    .startsWith("BOTTLEROCKET");
  const disk = { deviceName: bottlerocket ? "/dev/xvdb" : "/dev/xvda" };
  return monitor.child({
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: `${monitor.request.getName()}-launchTemplate`,
    parent,
    inputs: {
      blockDeviceMappings:
        inputs["diskSize"] === undefined ? undefined : [{ ...disk, ebs: { volumeSize: inputs["diskSize"] } }],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpPutResponseHopLimit: 2,
        httpTokens: inputs["enableIMDSv2"] === true ? "required" : "optional",
      },
    },
  });
}

function templateUse(template: Registered): Ref {
  const version = template.state["latestVersion"];
  return new Ref(
    {
      id: idOf(template).value,
      version: version === undefined || isUnknown(version) ? unknownValue : JSON.stringify(version),
    },
    [template],
  );
}

/** Image types by operating system: for Intel and AMD, for those with GPUs, for Graviton. */
const amiTypes: Readonly<Record<string, readonly [string, string, string]>> = {
  RECOMMENDED: ["AL2023_x86_64_STANDARD", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_STANDARD"],
  AL2023: ["AL2023_x86_64_STANDARD", "AL2023_x86_64_NVIDIA", "AL2023_ARM_64_STANDARD"],
  AL2: ["AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64"],
  Bottlerocket: ["BOTTLEROCKET_x86_64", "BOTTLEROCKET_x86_64_NVIDIA", "BOTTLEROCKET_ARM_64"],
};

/** The image type that the operating system asks for; none when neither it nor a type is named. */
function amiTypeOf(inputs: Properties): string | undefined {
  const system = text(inputs, "operatingSystem");
  if (system === undefined) return undefined;
  const types = amiTypes[system];
  if (types === undefined) {
    const allowed = Object.keys(amiTypes).join(", ");
    throw new Error(`operatingSystem "${system}": it must be one of ${allowed}`);
  }
  const graviton = texts(inputs, "instanceTypes").some((type) => /^[a-z]+\d+g/.test(type));
  if (graviton) return types[2];
  return inputs["gpu"] === true ? types[1] : types[0];
}

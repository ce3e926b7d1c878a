import { awsMachine, awsQuotas, zoneHas } from "../catalog/aws-machines";
import { minorsBetween } from "../catalog/kubernetes";
import { CloudError } from "../cloud-error";
import { overQuota, type Demand } from "../quotas";
import { number, object, text, texts, type Properties } from "../values";
import { keyOf, type World } from "../world";
import { clusterOf, inCluster, roleArn, trusted } from "./aws-eks";
import { securityGroup } from "./aws-firewall";
import { templateType } from "./aws-launch-template";
import { inSubnet, subnetType } from "./aws-network";
import { nodeGroupChecks } from "./aws-node-checks";
import type { RuleTable, Subject, WorldCheck } from "./contract";

const nodeGroupType = "aws:eks/nodeGroup:NodeGroup";
const invalid = "InvalidParameterException";
const defaultTypes = ["t3.medium"];

/** The types that a group asks for: its own, its launch template's, or EKS's default. */
function typesOf({ inputs, scope }: Pick<Subject, "inputs" | "scope">, world: World): readonly string[] {
  const own = texts(inputs, "instanceTypes");
  if (own.length > 0) return own;
  const template = templateOf(inputs, scope.key, world);
  const type = text(template, "instanceType");
  return type === undefined ? defaultTypes : [type];
}

function templateOf(inputs: Properties, scope: string, world: World): Properties {
  const use = object(inputs, "launchTemplate");
  const handle = text(use, "id") ?? text(use, "name");
  return handle === undefined ? {} : (world.find([templateType], handle, scope)?.inputs ?? {});
}

/** What a launch template decides cannot be said a second time. */
const saidOnce: WorldCheck = ({ inputs, scope }, world) => {
  if (inputs["launchTemplate"] === undefined) return undefined;
  if (inputs["diskSize"] !== undefined)
    return new CloudError(invalid, "Disk size must be specified within the launch template.");
  if (inputs["remoteAccess"] !== undefined)
    return new CloudError(invalid, "Remote access configuration cannot be specified with a launch template.");
  const template = templateOf(inputs, scope.key, world);
  if (template["instanceType"] !== undefined && texts(inputs, "instanceTypes").length > 0)
    return new CloudError(
      invalid,
      "Instance type must be given in the launch template or the request, not both.",
    );
  if (template["imageId"] !== undefined && ![undefined, "CUSTOM"].includes(text(inputs, "amiType")))
    return new CloudError(
      invalid,
      "You cannot specify an image id in the launch template together with amiType.",
    );
  const profile = template["iamInstanceProfile"];
  if (profile !== undefined)
    return new CloudError(invalid, "The launch template must not name an instance profile: EKS makes it.");
  if (object(template, "instanceMarketOptions")["marketType"] !== undefined)
    return new CloudError(invalid, "Spot must be asked for with capacityType, not in the launch template.");
  return undefined;
};

const zonesHaveTypes: WorldCheck = (subject, world) => {
  const wanted = typesOf(subject, world);
  for (const id of texts(subject.inputs, "subnetIds")) {
    const zone = text(world.find([subnetType], id, subject.scope.key)?.outputs ?? {}, "availabilityZone");
    if (zone === undefined || wanted.some((type) => zoneHas(zone, type))) continue;
    return new CloudError(
      "AsgInstanceLaunchFailures",
      `Your requested instance type (${wanted.join(", ")}) is not supported in your requested Availability Zone (${zone}). Leave out subnet ${id} or choose another type.`,
    );
  }
  return undefined;
};

const versionFits: WorldCheck = (subject, world) => {
  const control = text(clusterOf(subject, world), "version");
  const wanted = text(subject.inputs, "version");
  if (control === undefined || wanted === undefined) return undefined;
  if (minorsBetween(control, wanted) > 0)
    return new CloudError(
      invalid,
      `Nodegroup version ${wanted} cannot be newer than the cluster's version ${control}`,
    );
  if (minorsBetween(wanted, control) > 3)
    return new CloudError(
      invalid,
      `Nodegroup version ${wanted} is more than three minors older than the cluster's version ${control}`,
    );
  const before = world.get(keyOf({ type: subject.type, scope: subject.scope.key, id: subject.id }));
  const from = text(before?.outputs ?? {}, "version");
  if (from === undefined || minorsBetween(from, wanted) >= 0) return undefined;
  return new CloudError(invalid, `Nodegroup version cannot go back from ${from} to ${wanted}`);
};

/** vCPUs of a group's nodes now, under the quota that counts them. */
function useOf(subject: Pick<Subject, "inputs" | "scope">, world: World): Omit<Demand, "used"> | undefined {
  const machine = awsMachine(typesOf(subject, world)[0] ?? "");
  if (machine === undefined) return undefined;
  const kind = text(subject.inputs, "capacityType") === "SPOT" ? "spot" : "onDemand";
  const nodes = number(object(subject.inputs, "scalingConfig"), "desiredSize") ?? 0;
  return { name: awsQuotas[machine.quota][kind], needed: nodes * machine.vcpus };
}

const withinQuota: WorldCheck = (subject, world) => {
  const wanted = useOf(subject, world);
  if (wanted === undefined) return undefined;
  const others = world
    .ofType(nodeGroupType)
    .filter((item) => item.scope === subject.scope.key && item.id !== subject.id)
    .map(({ inputs }) => useOf({ inputs, scope: subject.scope }, world))
    .filter((use) => use?.name === wanted.name);
  const used = others.reduce((sum, use) => sum + (use?.needed ?? 0), 0);
  return overQuota(
    world.quotas.aws,
    [{ ...wanted, used }],
    ({ name, needed }, limit) =>
      new CloudError(
        "VcpuLimitExceeded",
        `You have requested more vCPU capacity than your current vCPU limit of ${limit} allows for the instance bucket that the specified instance type belongs to: ${needed} requested, ${used} in use, quota '${name}'. Ask for an increase in Service Quotas.`,
      ),
  );
};

/** Node groups of EKS. Source: Amazon EKS API reference and user guide, 2026-11-21. */
export const awsNodes: RuleTable = {
  [nodeGroupType]: {
    id: "{clusterName}:{nodeGroupName}",
    autoName: "nodeGroupName",
    exists: {
      code: "ResourceInUseException",
      sentence: "NodeGroup already exists with name {nodeGroupName} and cluster name {clusterName}",
    },
    checks: nodeGroupChecks,
    references: [
      inCluster,
      roleArn("nodeRoleArn"),
      inSubnet("subnetIds[]"),
      {
        path: "launchTemplate.id",
        to: [templateType],
        missing: "InvalidRequestException",
        sentence: "The launch template {value} does not exist",
        // EKS works with a copy of its own.
        held: false,
      },
      securityGroup("remoteAccess.sourceSecurityGroupIds[]"),
    ],
    refuses: [
      trusted("nodeRoleArn", "ec2.amazonaws.com"),
      versionFits,
      saidOnce,
      zonesHaveTypes,
      withinQuota,
    ],
    replaceOn: [
      "amiType",
      "capacityType",
      "clusterName",
      "diskSize",
      "instanceTypes",
      "launchTemplate.id",
      "launchTemplate.name",
      "nodeGroupName",
      "nodeGroupNamePrefix",
      "nodeRoleArn",
      "remoteAccess",
      "subnetIds",
    ],
    defaults: { capacityType: "ON_DEMAND" },
    outputs: {
      arn: "arn:{partition}:eks:{region}:{account}:nodegroup/{clusterName}/{nodeGroupName}/{uuid}",
      amiType: ({ inputs }) => inputs["amiType"] ?? "AL2023_x86_64_STANDARD",
      instanceTypes: (subject, world) => typesOf(subject, world),
      diskSize: ({ inputs }) =>
        inputs["diskSize"] ?? (inputs["launchTemplate"] === undefined ? 20 : undefined),
      version: (subject, world) => subject.inputs["version"] ?? clusterOf(subject, world)["version"],
      releaseVersion: (subject, world) =>
        subject.inputs["releaseVersion"] ??
        `${String(subject.inputs["version"] ?? clusterOf(subject, world)["version"])}.0-20261101`,
      resources: (subject) => [
        {
          autoscalingGroups: [{ name: `eks-${subject.id.replace(":", "-")}` }],
          remoteAccessSecurityGroupId: "",
        },
      ],
      status: () => "ACTIVE",
    },
  },
};

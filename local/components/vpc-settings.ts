import { isObject, list, number, object, objects, text, texts, type Properties } from "../values";
import type { PlannedSubnet, SubnetSpec, SubnetStrategy, SubnetType } from "./subnet-layout";

/** The arguments of `awsx:ec2:Vpc`, read and completed. */
export interface VpcSettings {
  readonly cidrBlock: string;
  /** Zones by name, when the program names them. */
  readonly zoneNames: readonly string[] | undefined;
  readonly zoneCount: number;
  readonly zoneMask: number | undefined;
  readonly region: string | undefined;
  readonly specs: readonly SubnetSpec[] | undefined;
  readonly strategy: SubnetStrategy;
  readonly zoneNameTags: boolean;
  readonly nat: Properties | undefined;
  readonly endpoints: readonly Properties[];
  readonly endpointsInferred: boolean;
  /** A map, or the mark of an unknown one. */
  readonly tags: unknown;
  /** What the VPC itself gets, its tags apart. */
  readonly vpcInputs: Properties;
}

/** Arguments that go to the VPC as they are. */
const passedOn = [
  "assignGeneratedIpv6CidrBlock",
  "cidrBlock",
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
  "ipv4IpamPoolId",
  "ipv4NetmaskLength",
  "ipv6CidrBlock",
  "ipv6CidrBlockNetworkBorderGroup",
  "ipv6IpamPoolId",
  "ipv6NetmaskLength",
  "region",
];

const defaultZones = 3;
const subnetTypes: readonly string[] = ["Public", "Private", "Isolated", "Unused"];
const subnetStrategies: readonly string[] = ["Legacy", "Auto", "Exact"];
const natStrategies: readonly string[] = ["None", "Single", "OnePerAz"];

/** Reads the arguments. @throws Error for what the real component refuses. */
export function readSettings(inputs: Properties): VpcSettings {
  const zoneNames =
    inputs["availabilityZoneNames"] === undefined ? undefined : texts(inputs, "availabilityZoneNames");
  const zoneCount = number(inputs, "numberOfAvailabilityZones");
  if (zoneNames !== undefined && zoneCount !== undefined) {
    throw new Error("only one of availabilityZoneNames and numberOfAvailabilityZones can be specified");
  }
  const strategy = text(inputs, "subnetStrategy") ?? "Legacy";
  if (!subnetStrategies.includes(strategy)) {
    throw new Error(`subnetStrategy "${strategy}": the local clouds model ${subnetStrategies.join(", ")}`);
  }
  const cidrBlock = text(inputs, "cidrBlock") ?? "10.0.0.0/16";
  const given = Object.fromEntries(
    passedOn.filter((key) => inputs[key] !== undefined).map((key) => [key, inputs[key]]),
  );
  return {
    cidrBlock,
    zoneNames,
    zoneCount: zoneCount ?? defaultZones,
    zoneMask: number(inputs, "availabilityZoneCidrMask"),
    region: text(inputs, "region"),
    specs: inputs["subnetSpecs"] === undefined ? undefined : objects(inputs, "subnetSpecs").map(specOf),
    strategy: strategy as SubnetStrategy,
    zoneNameTags: text(inputs, "subnetNameTagStrategy") === "AvailabilityZone",
    nat: isObject(inputs["natGateways"]) ? object(inputs, "natGateways") : undefined,
    endpoints: objects(inputs, "vpcEndpointSpecs"),
    endpointsInferred: text(inputs, "vpcEndpointStrategy") === "Auto",
    tags: inputs["tags"] ?? {},
    vpcInputs: { ...given, cidrBlock },
  };
}

function specOf(spec: Properties): SubnetSpec {
  const type = text(spec, "type") ?? "";
  if (!subnetTypes.includes(type))
    throw new Error(`subnet type "${type}": it must be one of ${subnetTypes.join(", ")}`);
  const [name, cidrMask, size] = [text(spec, "name"), number(spec, "cidrMask"), number(spec, "size")];
  return {
    type: type as SubnetType,
    ...(name === undefined ? {} : { name }),
    ...(cidrMask === undefined ? {} : { cidrMask }),
    ...(size === undefined ? {} : { size }),
    ...(spec["cidrBlocks"] === undefined ? {} : { cidrBlocks: texts(spec, "cidrBlocks") }),
    ...(spec["tags"] === undefined ? {} : { tags: spec["tags"] }),
  };
}

/** How many NAT gateways there are, and the addresses that they are to use. @throws Error when they cannot be had. */
export function natPlan(
  settings: VpcSettings,
  plan: readonly PlannedSubnet[],
  zones: number,
): { readonly count: number; readonly allocationIds?: readonly unknown[] } {
  const has = (type: SubnetType): boolean => plan.some(({ spec }) => spec.type === type);
  const given = settings.nat === undefined ? undefined : text(settings.nat, "strategy");
  const strategy = given ?? (has("Public") && has("Private") ? "OnePerAz" : "None");
  if (!natStrategies.includes(strategy)) {
    throw new Error(`natGateways.strategy "${strategy}": it must be one of ${natStrategies.join(", ")}`);
  }
  if (strategy !== "None" && !(has("Public") && has("Private"))) {
    throw new Error(
      `natGateways.strategy ${strategy} needs public subnets, which hold the gateways, and private subnets, which use them`,
    );
  }
  const count = { None: 0, Single: 1, OnePerAz: zones }[strategy] ?? 0;
  const ids: unknown = settings.nat?.["elasticIpAllocationIds"];
  if (!Array.isArray(ids)) return { count };
  if (ids.length !== count) {
    throw new Error(
      `natGateways.elasticIpAllocationIds has ${ids.length} entries; strategy ${strategy} with ${zones} zones needs ${count}`,
    );
  }
  return { count, allocationIds: list(settings.nat ?? {}, "elasticIpAllocationIds") };
}

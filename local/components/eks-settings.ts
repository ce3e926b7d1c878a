import { isObject, isUnknown, list, object, text, unknownValue, type Properties } from "../values";

/** The arguments of `eks:index:Cluster`, read and completed. */
export interface EksSettings {
  readonly inputs: Properties;
  /** Public subnets first, then private ones; the mark of an unknown value when either list is not known yet. */
  readonly subnetIds: unknown;
  readonly securityGroups: boolean;
  readonly tags: unknown;
  readonly kubeProxy: boolean;
  readonly coreDns: boolean;
  readonly vpcCni: boolean;
}

const modes: readonly string[] = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

/** Arguments of the default node group, which exclude the bundle `nodeGroupOptions`. */
const singularOptions = [
  "nodeSubnetIds",
  "nodeAssociatePublicIpAddress",
  "instanceType",
  "instanceProfileName",
  "nodePublicKey",
  "nodeRootVolumeSize",
  "nodeUserData",
  "minSize",
  "maxSize",
  "desiredCapacity",
  "nodeAmiId",
  "gpu",
];

/** Parts of the component that no program here uses. */
const notModelled = ["fargate", "storageClasses", "creationRoleProvider", "createInstanceRole"];

/**
 * Reads the arguments.
 *
 * @throws Error for what the real component refuses (pulumi-eks 4.3, read 2026-11-21), and for parts that the local
 * clouds do not model.
 */
export function readEksSettings(inputs: Properties): EksSettings {
  refuseAuthentication(inputs);
  refuseCombinations(inputs);
  refuseUnmodelled(inputs);
  const coreDns = object(inputs, "corednsAddonOptions");
  return {
    inputs,
    subnetIds: subnetsOf(inputs),
    securityGroups: inputs["skipDefaultSecurityGroups"] !== true,
    tags: inputs["tags"],
    kubeProxy: object(inputs, "kubeProxyAddonOptions")["enabled"] !== false,
    // Without a default node group the add-on comes only when it is asked for.
    coreDns: coreDns["enabled"] === true || coreDns["configurationValues"] !== undefined,
    vpcCni: inputs["useDefaultVpcCni"] !== true,
  };
}

function refuseAuthentication(inputs: Properties): void {
  const mode = text(inputs, "authenticationMode");
  if (mode !== undefined && !modes.includes(mode)) {
    throw new Error(
      `Invalid value for authenticationMode: ${mode}. Allowed values are: ${modes.join(", ")}.`,
    );
  }
  for (const property of mode === "API" ? ["roleMappings", "userMappings", "instanceRoles"] : []) {
    if (isUnknown(inputs[property]) || list(inputs, property).length > 0) {
      throw new Error(
        `The '${property}' property does not support non-empty values when 'authenticationMode' is set to 'API'.`,
      );
    }
  }
  const entries = Object.keys(object(inputs, "accessEntries")).length;
  if (entries > 0 && (mode === undefined || mode === "CONFIG_MAP")) {
    const how = mode === undefined ? "not set" : `set to '${mode}'`;
    throw new Error(`The 'accessEntries' property is not supported when 'authenticationMode' is ${how}.`);
  }
}

function refuseCombinations(inputs: Properties): void {
  const given = (property: string): boolean => inputs[property] !== undefined;
  if (given("instanceRole") && given("instanceRoles")) {
    throw new Error("instanceRole and instanceRoles are mutually exclusive, and cannot both be set.");
  }
  if (given("subnetIds") && (given("publicSubnetIds") || given("privateSubnetIds"))) {
    throw new Error(
      "subnetIds, and the use of publicSubnetIds and/or privateSubnetIds are mutually exclusive. Choose a single approach.",
    );
  }
  const singular = singularOptions.filter(given);
  if (given("nodeGroupOptions") && singular.length > 0) {
    throw new Error(
      `Setting nodeGroupOptions, and any set of singular node group option(s) on the cluster (${singular.join(", ")}), is mutually exclusive. Choose a single approach.`,
    );
  }
  if (given("publicAccessCidrs") && inputs["endpointPublicAccess"] === false) {
    throw new Error("`publicAccessCidrs` can only be set when `endpointPublicAccess` is true");
  }
  const cni = object(inputs, "vpcCniOptions");
  if (cni["externalSnat"] === true && cni["cniExternalSnat"] === true) {
    throw new Error("Please specify one of `cniExternalSnat` or `externalSnat` in your VpcCniOptions");
  }
}

function refuseUnmodelled(inputs: Properties): void {
  const used = notModelled.filter((property) => inputs[property] !== undefined && inputs[property] !== false);
  if (object(inputs, "autoMode")["enabled"] === true) used.push("autoMode");
  if (used.length > 0)
    throw new Error(`the local clouds do not model ${used.join(", ")} of eks:index:Cluster`);
  if (inputs["skipDefaultNodeGroup"] !== true) {
    throw new Error(
      "the local clouds model eks:index:Cluster with skipDefaultNodeGroup true and node groups of type eks:index:ManagedNodeGroup",
    );
  }
  if (text(inputs, "authenticationMode") !== "API") {
    throw new Error("the local clouds model eks:index:Cluster with authenticationMode API");
  }
  if (inputs["vpcId"] === undefined) {
    throw new Error("the local clouds have no default VPC: eks:index:Cluster needs vpcId");
  }
}

function subnetsOf(inputs: Properties): unknown {
  if (inputs["subnetIds"] !== undefined) return inputs["subnetIds"];
  const lists = [inputs["publicSubnetIds"], inputs["privateSubnetIds"]];
  if (lists.some(isUnknown)) return unknownValue;
  return lists.flatMap((each: unknown) => (Array.isArray(each) ? (each as readonly unknown[]) : []));
}

/** A component's tags with defaults under them and additions between. Unknown tags make the whole map unknown. */
export function mergedTags(first: Properties, between: unknown, tags: unknown): unknown {
  if (isUnknown(between) || isUnknown(tags)) return unknownValue;
  return { ...first, ...(isObject(between) ? between : {}), ...(isObject(tags) ? tags : {}) };
}

/** JSON with keys in order, as add-on configuration is written; undefined for nothing, unknown for an unknown part. */
export function sortedJson(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const json = JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
  return json.includes(unknownValue) || isUnknown(value) ? unknownValue : json;
}

/** The entries of a map argument whose values are objects. */
export function entriesOf(inputs: Properties, key: string): readonly (readonly [string, Properties])[] {
  return Object.entries(object(inputs, key)).map(([name, value]) => [name, isObject(value) ? value : {}]);
}

import { CloudError } from "../cloud-error";
import { overlaps, parseBlock } from "../cidr";
import { zonesWithoutControlPlane } from "../catalog/aws-machines";
import { defaultMinors, minors, minorsBetween } from "../catalog/kubernetes";
import { hex, isUnknown, object, text, texts, type Properties } from "../values";
import { keyOf, type World } from "../world";
import { securityGroup } from "./aws-firewall";
import { kmsKey } from "./aws-identity";
import { inSubnet, subnetType, vpcType } from "./aws-network";
import { statementsOf } from "./aws-policy";
import { blocks, form, oneOf } from "./checks";
import type { Check, Reference, RuleTable, Subject, WorldCheck } from "./contract";

export const eksClusterType = "aws:eks/cluster:Cluster";
const roleType = "aws:iam/role:Role";

/** The cluster that a thing belongs to. */
export const inCluster: Reference = {
  path: "clusterName",
  to: [eksClusterType],
  missing: "ResourceNotFoundException",
  sentence: "No cluster found for name: {value}.",
};

/** A role that a service is to take on, by ARN. */
export function roleArn(path: string): Reference {
  const sentence = "Role with arn: {value}, could not be assumed because it does not exist";
  return { path, to: [roleType], missing: "InvalidParameterException", sentence, held: false };
}

/** The role under a path must let a service take it on. */
export function trusted(path: string, service: string): WorldCheck {
  return ({ inputs, scope }, world) => {
    const arn = text(inputs, path) ?? "";
    const trust = text(world.find([roleType], arn, scope.key)?.inputs ?? {}, "assumeRolePolicy");
    if (
      statementsOf(trust).some(({ effect, principals }) => effect === "Allow" && principals.includes(service))
    )
      return undefined;
    return new CloudError(
      "InvalidParameterException",
      `Role with arn: ${arn}, could not be assumed: its trust policy does not allow ${service}`,
    );
  };
}

/** The cluster that a subject names. */
export function clusterOf({ inputs, scope }: Subject, world: World): Properties {
  return world.find([eksClusterType], text(inputs, "clusterName") ?? "", scope.key)?.outputs ?? {};
}

/** A cluster moves up one minor at a time, and never back. */
const upgradesByOne: WorldCheck = (subject, world) => {
  const before = world.get(keyOf({ type: subject.type, scope: subject.scope.key, id: subject.id }));
  const [from, to] = [text(before?.outputs ?? {}, "version"), text(subject.inputs, "version")];
  if (from === undefined || to === undefined) return undefined;
  const step = minorsBetween(from, to);
  if (step === 0 || step === 1) return undefined;
  return new CloudError(
    "InvalidParameterException",
    `Unsupported Kubernetes minor version update from ${from} to ${to}: a cluster moves up one minor at a time and never back`,
  );
};

const zonesOfSubnets = ({ inputs, scope }: Subject, world: World): readonly string[] => {
  const ids = texts(object(inputs, "vpcConfig"), "subnetIds");
  const zones = ids.map((id) => world.find([subnetType], id, scope.key)?.outputs["availabilityZone"]);
  return [...new Set(zones.filter((zone) => typeof zone === "string"))];
};

const twoZones: WorldCheck = (subject, world) => {
  const zones = zonesOfSubnets(subject, world);
  const refused = zones.find((zone) => zonesWithoutControlPlane.includes(zone));
  if (refused !== undefined) {
    return new CloudError(
      "UnsupportedAvailabilityZoneException",
      `Cannot create cluster '${subject.id}' because ${refused}, the targeted availability zone, does not currently have sufficient capacity to support the cluster. Name subnets in other zones.`,
    );
  }
  if (zones.length >= 2) return undefined;
  return new CloudError(
    "InvalidParameterException",
    `Subnets specified must be in at least two different AZs; they are in ${zones.join(", ")}`,
  );
};

const networkOf = ({ inputs, scope }: Subject, world: World): Properties => {
  const first = texts(object(inputs, "vpcConfig"), "subnetIds")[0];
  const vpcId = world.find([subnetType], first ?? "", scope.key)?.inputs["vpcId"];
  return world.find([vpcType], String(vpcId), scope.key)?.outputs ?? {};
};

const oneNetwork: WorldCheck = ({ inputs, scope }, world) => {
  const ids = texts(object(inputs, "vpcConfig"), "subnetIds");
  const networks = ids.map((id) => world.find([subnetType], id, scope.key)?.inputs["vpcId"]);
  if (new Set(networks).size <= 1) return undefined;
  return new CloudError("InvalidParameterException", "Subnets specified must all belong to the same VPC");
};

const servicesApart: WorldCheck = (subject, world) => {
  const services = parseBlock(
    text(object(subject.inputs, "kubernetesNetworkConfig"), "serviceIpv4Cidr") ?? "",
  );
  const network = parseBlock(text(networkOf(subject, world), "cidrBlock") ?? "");
  if (services === undefined || network === undefined || !overlaps(services, network)) return undefined;
  return new CloudError(
    "InvalidParameterException",
    `serviceIpv4Cidr ${services.cidr} overlaps the VPC's block ${network.cidr}`,
  );
};

const modeOrder = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

/** Access can move towards the API only. */
const accessOnward: WorldCheck = (subject, world) => {
  const before = world.get(keyOf({ type: subject.type, scope: subject.scope.key, id: subject.id }));
  const mode = (inputs: Properties): string =>
    text(object(inputs, "accessConfig"), "authenticationMode") ?? "CONFIG_MAP";
  if (before === undefined) return undefined;
  const [from, to] = [mode(before.inputs), mode(subject.inputs)];
  if (modeOrder.indexOf(to) >= modeOrder.indexOf(from)) return undefined;
  return new CloudError(
    "InvalidParameterException",
    `Unsupported authentication mode update from ${from} to ${to}`,
  );
};

const subnetCount: Check = function* (inputs) {
  const ids: unknown = object(inputs, "vpcConfig")["subnetIds"];
  if (Array.isArray(ids) && ids.length < 2) {
    yield {
      property: "vpcConfig.subnetIds",
      reason: `InvalidParameterException: Subnets specified must be in at least two different AZs; given ${ids.length}`,
    };
  }
};

const endpoints: Check = function* (inputs) {
  const { endpointPrivateAccess, endpointPublicAccess } = object(inputs, "vpcConfig");
  if (endpointPublicAccess === false && endpointPrivateAccess !== true && !isUnknown(endpointPrivateAccess)) {
    yield {
      property: "vpcConfig",
      reason: "InvalidParameterException: Private and public endpoint access cannot be false",
    };
  }
};

const protectedFromDeletion: WorldCheck = ({ inputs, id }) =>
  inputs["deletionProtection"] === true
    ? new CloudError(
        "InvalidRequestException",
        `Cluster '${id}' has deletion protection on. Set deletionProtection to false first.`,
      )
    : undefined;

const token = ({ seed }: Subject): string => hex(`eks ${seed}`, 32).toUpperCase();
const regionOf = ({ inputs, scope }: Subject): string =>
  text(inputs, "region") ?? scope.facts["region"] ?? "";

function vpcConfigOf(subject: Subject, world: World): Properties {
  return {
    endpointPrivateAccess: false,
    endpointPublicAccess: true,
    publicAccessCidrs: ["0.0.0.0/0"],
    securityGroupIds: [],
    ...object(subject.inputs, "vpcConfig"),
    clusterSecurityGroupId: `sg-0${hex(`${subject.type} ${subject.seed}`, 16)}`,
    vpcId: String(networkOf(subject, world)["arn"]).split("/").at(-1),
  };
}

/** EKS clusters. Source: Amazon EKS API reference and user guide, 2026-11-21. */
export const awsEks: RuleTable = {
  [eksClusterType]: {
    id: "{name}",
    autoName: "name",
    exists: { code: "ResourceInUseException", sentence: "Cluster already exists with name: {name}" },
    checks: [
      form(
        "name",
        /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
        "1 to 100 letters, digits, _ or -, starting with a letter or digit",
        "InvalidParameterException",
      ),
      oneOf("version", minors.eks, "InvalidParameterException: unsupported Kubernetes version"),
      oneOf("accessConfig.authenticationMode", modeOrder, "InvalidParameterException"),
      oneOf(
        "enabledClusterLogTypes[]",
        ["api", "audit", "authenticator", "controllerManager", "scheduler"],
        "InvalidParameterException",
      ),
      oneOf("encryptionConfig.resources[]", ["secrets"], "InvalidParameterException"),
      oneOf("upgradePolicy.supportType", ["STANDARD", "EXTENDED"], "InvalidParameterException"),
      oneOf("kubernetesNetworkConfig.ipFamily", ["ipv4", "ipv6"], "InvalidParameterException"),
      blocks("kubernetesNetworkConfig.serviceIpv4Cidr", 12, 24, "InvalidParameterException"),
      form(
        "kubernetesNetworkConfig.serviceIpv4Cidr",
        /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/,
        "within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
        "InvalidParameterException",
      ),
      blocks("vpcConfig.publicAccessCidrs[]", 0, 32, "InvalidParameterException"),
      subnetCount,
      endpoints,
    ],
    references: [
      roleArn("roleArn"),
      inSubnet("vpcConfig.subnetIds[]"),
      securityGroup("vpcConfig.securityGroupIds[]"),
      kmsKey("encryptionConfig.provider.keyArn"),
    ],
    refuses: [
      trusted("roleArn", "eks.amazonaws.com"),
      oneNetwork,
      twoZones,
      servicesApart,
      upgradesByOne,
      accessOnward,
    ],
    keeps: [protectedFromDeletion],
    replaceOn: [
      "name",
      "roleArn",
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
      "encryptionConfig.provider.keyArn",
      "kubernetesNetworkConfig.ipFamily",
      "kubernetesNetworkConfig.serviceIpv4Cidr",
      "outpostConfig",
    ],
    defaults: {
      version: defaultMinors.eks,
      bootstrapSelfManagedAddons: true,
      deletionProtection: false,
      upgradePolicy: { supportType: "EXTENDED" },
    },
    outputs: {
      arn: "arn:{partition}:eks:{region}:{account}:cluster/{name}",
      accessConfig: ({ inputs }) => ({
        authenticationMode: "CONFIG_MAP",
        bootstrapClusterCreatorAdminPermissions: true,
        ...object(inputs, "accessConfig"),
      }),
      certificateAuthority: ({ seed }) => ({ data: certificate(seed) }),
      clusterId: () => "",
      createdAt: () => "2026-01-01T00:00:00Z",
      endpoint: (subject) => `https://${token(subject)}.gr7.${regionOf(subject)}.eks.amazonaws.com`,
      identities: (subject) => [
        { oidcs: [{ issuer: `https://oidc.eks.${regionOf(subject)}.amazonaws.com/id/${token(subject)}` }] },
      ],
      kubernetesNetworkConfig: ({ inputs }) => ({
        ipFamily: "ipv4",
        serviceIpv4Cidr: "172.20.0.0/16",
        ...object(inputs, "kubernetesNetworkConfig"),
      }),
      platformVersion: () => "eks.1",
      status: () => "ACTIVE",
      vpcConfig: vpcConfigOf,
    },
    // The security group that EKS makes for the cluster goes by the cluster.
    handles: ["sg-0{hex:16}"],
    inUse: { code: "ResourceInUseException", sentence: "Cluster {name} has nodegroups attached" },
    takesAlong: [
      "aws:eks/addon:Addon",
      "aws:eks/accessEntry:AccessEntry",
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    ],
  },
};

/** Base64 of a text in the form of a PEM certificate: nothing on this machine can be reached with it. */
export function certificate(seed: string): string {
  const body = Buffer.from(hex(`certificate ${seed}`, 96)).toString("base64");
  const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  return Buffer.from(pem).toString("base64");
}

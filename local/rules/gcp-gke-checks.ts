import { minorOf, minors } from "../catalog/kubernetes";
import { number, object, objects, text, valuesAt, type Properties } from "../values";
import { blocks, form, oneOf, refuseWhen } from "./checks";
import type { Check, Problem } from "./contract";

const bad = "badRequest";

/** The form of the names of clusters and of node pools. */
export const gkeName: Check = form(
  "name",
  /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
  "1 to 40 lower-case letters, digits or dashes, starting with a letter, not ending with a dash",
  bad,
);

/** Kubernetes labels of nodes. */
export function nodeLabels(path: string): Check {
  return function* (inputs) {
    for (const labels of valuesAt(inputs, path) as readonly Properties[]) {
      for (const [key, value] of Object.entries(labels)) {
        const keyFits = /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/.test(key);
        const valueFits =
          typeof value !== "string" || /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/.test(value);
        if (keyFits && valueFits) continue;
        yield { property: path, reason: `${bad}: ${key}=${String(value)} is no Kubernetes label` };
      }
    }
  };
}

/** The minor of a version is one that GKE offers; `latest` and `-` are GKE's own words. */
export function offeredVersion(path: string): Check {
  return function* (inputs) {
    for (const version of valuesAt(inputs, path)) {
      if (typeof version !== "string" || ["latest", "-"].includes(version)) continue;
      const minor = minorOf(version);
      if (minor === undefined || !minors.gke.includes(minor)) {
        yield {
          property: path,
          reason: `${bad}: Master version "${version}" is unsupported; minors offered: ${minors.gke.join(", ")}`,
        };
      }
    }
  };
}

const masterBlock: Check = function* (inputs) {
  const given = text(object(inputs, "privateClusterConfig"), "masterIpv4CidrBlock");
  if (given !== undefined && !given.endsWith("/28"))
    yield {
      property: "privateClusterConfig.masterIpv4CidrBlock",
      reason: `${bad}: master CIDR ${given} must be a /28`,
    };
};

const firstPool: Check = function* (inputs) {
  const first = number(inputs, "initialNodeCount");
  const pools = objects(inputs, "nodePools").length > 0 || inputs["nodePools"] !== undefined;
  if (inputs["enableAutopilot"] === true || pools || (first !== undefined && first > 0)) return;
  yield {
    property: "initialNodeCount",
    reason: `${bad}: Cluster.initial_node_count must be greater than zero, with removeDefaultNodePool too`,
  };
};

/** Node auto-provisioning needs to know how far it may go. */
const provisioningLimits: Check = function* (inputs) {
  const scaling = object(inputs, "clusterAutoscaling");
  if (scaling["enabled"] !== true) return;
  const limits = objects(scaling, "resourceLimits");
  const problem = (reason: string): Problem => ({
    property: "clusterAutoscaling.resourceLimits",
    reason: `${bad}: ${reason}`,
  });
  const missing = ["cpu", "memory"].filter(
    (kind) => !limits.some((limit) => text(limit, "resourceType") === kind),
  );
  if (missing.length > 0)
    yield problem(`auto-provisioning needs resource limits for ${missing.join(" and ")}`);
  for (const limit of limits) {
    const [least, most] = [number(limit, "minimum") ?? 0, number(limit, "maximum")];
    if (most === undefined || most < least || most < 1)
      yield problem(
        `${String(limit["resourceType"])}: maximum ${String(most)} must be at least ${Math.max(1, least)}`,
      );
  }
};

/** What GKE refuses of a cluster whatever else there is. */
export const clusterChecks: readonly Check[] = [
  gkeName,
  form("location", /^[a-z]+-[a-z]+\d+(-[a-z])?$/, "a region such as us-central1, or a zone", bad),
  offeredVersion("minMasterVersion"),
  offeredVersion("nodeVersion"),
  oneOf("releaseChannel.channel", ["UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED"], bad),
  oneOf("networkingMode", ["VPC_NATIVE", "ROUTES"], bad),
  oneOf("datapathProvider", ["DATAPATH_PROVIDER_UNSPECIFIED", "LEGACY_DATAPATH", "ADVANCED_DATAPATH"], bad),
  oneOf("databaseEncryption.state", ["ENCRYPTED", "DECRYPTED"], bad),
  oneOf("binaryAuthorization.evaluationMode", ["DISABLED", "PROJECT_SINGLETON_POLICY_ENFORCE"], bad),
  oneOf("gatewayApiConfig.channel", ["CHANNEL_DISABLED", "CHANNEL_STANDARD", "CHANNEL_EXPERIMENTAL"], bad),
  oneOf("securityPostureConfig.mode", ["DISABLED", "BASIC", "ENTERPRISE"], bad),
  blocks("masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock", 0, 32, bad),
  blocks("privateClusterConfig.masterIpv4CidrBlock", 0, 32, bad),
  form(
    "maintenancePolicy.dailyMaintenanceWindow.startTime",
    /^([01]\d|2[0-3]):[0-5]\d$/,
    "a time such as 03:00",
    bad,
  ),
  refuseWhen(
    "networkPolicy",
    (inputs) =>
      object(inputs, "networkPolicy")["enabled"] === true &&
      text(inputs, "datapathProvider") === "ADVANCED_DATAPATH",
    `${bad}: Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed: it enforces policies by itself`,
  ),
  refuseWhen(
    "databaseEncryption",
    (inputs) => {
      const encryption = object(inputs, "databaseEncryption");
      return text(encryption, "state") === "ENCRYPTED" && encryption["keyName"] === undefined;
    },
    `${bad}: databaseEncryption.keyName is needed with state ENCRYPTED`,
  ),
  refuseWhen(
    "privateClusterConfig",
    (inputs) => {
      const config = object(inputs, "privateClusterConfig");
      return config["enablePrivateEndpoint"] === true && config["enablePrivateNodes"] === false;
    },
    `${bad}: enablePrivateEndpoint needs enablePrivateNodes`,
  ),
  refuseWhen(
    "authenticatorGroupsConfig",
    (inputs) => {
      const group = text(object(inputs, "authenticatorGroupsConfig"), "securityGroup");
      return group !== undefined && !group.startsWith("gke-security-groups@");
    },
    `${bad}: the security group's name must be gke-security-groups@yourdomain.com`,
  ),
  nodeLabels("nodeConfig.labels"),
  masterBlock,
  firstPool,
  provisioningLimits,
];

import { addonNames, addonVersions } from "../catalog/eks-addons";
import { CloudError } from "../cloud-error";
import { objects, text, texts, type Properties } from "../values";
import { clusterOf, inCluster, roleArn, trusted } from "./aws-eks";
import { form, jsonProblems, oneOf, refuseWhen } from "./checks";
import type { Check, RuleTable, WorldCheck } from "./contract";

const entryType = "aws:eks/accessEntry:AccessEntry";
const invalid = "InvalidParameterException";

/** Kinds of entries that stand for machines, whose rights AWS sets. */
const machineTypes = ["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "HYPERPOD_LINUX", "EC2"];

/** Source: EKS user guide, "Review access policy permissions", 2026-11-21. */
const accessPolicies =
  /^arn:aws[\w-]*:eks::aws:cluster-access-policy\/AmazonEKS(ClusterAdmin|Admin|AdminView|Edit|View|AutoNode|BlockStorage|LoadBalancing|Networking|Compute|EventPolicy|HybridPolicy|ClusterInsights|SecretReader|SecretAdmin)?Policy$/;

const apiMode: WorldCheck = (subject, world) => {
  const access = (clusterOf(subject, world)["accessConfig"] ?? {}) as Properties;
  if (text(access, "authenticationMode") !== "CONFIG_MAP") return undefined;
  return new CloudError(
    "InvalidRequestException",
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  );
};

/** Whoever makes a cluster gets an entry from EKS, unless the cluster says otherwise. */
const notTheCreator: WorldCheck = (subject, world) => {
  const { account = "", partition = "" } = subject.scope.facts;
  const access = (clusterOf(subject, world)["accessConfig"] ?? {}) as Properties;
  const creator = `arn:${partition}:iam::${account}:user/local`;
  if (access["bootstrapClusterCreatorAdminPermissions"] === false) return undefined;
  if (text(subject.inputs, "principalArn") !== creator) return undefined;
  return new CloudError(
    "ResourceInUseException",
    `The specified access entry resource is already in use on this cluster: ${creator} made it and has an entry (bootstrapClusterCreatorAdminPermissions).`,
  );
};

const entryPresent: WorldCheck = ({ inputs, scope }, world) => {
  const id = `${text(inputs, "clusterName") ?? ""}:${text(inputs, "principalArn") ?? ""}`;
  const entry = world.find([entryType], id, scope.key);
  if (entry === undefined) {
    return new CloudError(
      "ResourceNotFoundException",
      `The specified principalArn could not be found: ${String(inputs["principalArn"])} has no access entry on the cluster.`,
    );
  }
  const type = text(entry.outputs, "type") ?? "";
  if (!machineTypes.includes(type)) return undefined;
  return new CloudError(
    invalid,
    `Access policies cannot be associated with an access entry of type ${type}.`,
  );
};

const scopeForm: Check = function* (inputs) {
  const scope = (inputs["accessScope"] ?? {}) as Properties;
  const namespaces: unknown = scope["namespaces"];
  const named = Array.isArray(namespaces) && namespaces.length > 0;
  const type = text(scope, "type");
  if ((type === "namespace") !== named && type !== undefined) {
    yield {
      property: "accessScope",
      reason: `${invalid}: accessScope of type ${type} ${named ? "takes no" : "needs"} namespaces`,
    };
  }
};

const versionOffered: WorldCheck = (subject, world) => {
  const { inputs } = subject;
  const [name, given] = [text(inputs, "addonName") ?? "", text(inputs, "addonVersion")];
  const minor = text(clusterOf(subject, world), "version") ?? "";
  const offered = addonVersions(name, minor) ?? [];
  // Releases before and after the one in the table exist: only the form, and for kube-proxy the minor, is judged.
  const fits = given === undefined || (name === "kube-proxy" ? given.startsWith(`v${minor}.`) : true);
  if (fits) return undefined;
  return new CloudError(
    invalid,
    `Addon version specified is not supported: ${given} of ${name} on Kubernetes ${minor}; offered: ${offered.join(", ")}`,
  );
};

const mayTagSessions: WorldCheck = trusted("roleArn", "pods.eks.amazonaws.com");

const inUseOnCluster = "The specified access entry resource is already in use on this cluster.";
const forPods = "{namespace} and service account {serviceAccount}";
const principal = form(
  "principalArn",
  /^arn:[\w-]+:(iam|sts)::\d{12}:(role|user|assumed-role)\/\S+$/,
  "the ARN of a role or user",
  invalid,
);
const dnsName = (path: string): Check =>
  form(path, /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, "a Kubernetes name", invalid);

/** Who and what may use a cluster: entries, pods, add-ons. Source: Amazon EKS API reference, 2026-11-21. */
export const awsEksAccess: RuleTable = {
  [entryType]: {
    id: "{clusterName}:{principalArn}",
    exists: { code: "ResourceInUseException", sentence: inUseOnCluster },
    checks: [
      principal,
      oneOf("type", ["STANDARD", ...machineTypes], invalid),
      form(
        "kubernetesGroups[]",
        /^(?!system:|eks:|aws:|amazon:|iam:)\S+$/,
        "a group that does not start with system:, eks:, aws:, amazon: or iam:",
        invalid,
      ),
      refuseWhen(
        "kubernetesGroups",
        (inputs) =>
          machineTypes.includes(text(inputs, "type") ?? "") && inputs["kubernetesGroups"] !== undefined,
        `${invalid}: kubernetesGroups can be given for entries of type STANDARD only`,
      ),
    ],
    references: [inCluster],
    refuses: [apiMode, notTheCreator],
    replaceOn: ["clusterName", "principalArn", "type"],
    defaults: { type: "STANDARD" },
    outputs: {
      accessEntryArn: "arn:{partition}:eks:{region}:{account}:access-entry/{clusterName}/{uuid}",
      userName: ({ inputs }) => inputs["userName"] ?? inputs["principalArn"],
      kubernetesGroups: ({ inputs }) => inputs["kubernetesGroups"] ?? [],
    },
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    id: "{clusterName}#{principalArn}#{policyArn}",
    adopts: true,
    checks: [
      principal,
      form(
        "policyArn",
        accessPolicies,
        "an EKS access policy such as arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        invalid,
      ),
      oneOf("accessScope.type", ["cluster", "namespace"], invalid),
      scopeForm,
    ],
    references: [inCluster],
    refuses: [entryPresent],
    replaceOn: ["clusterName", "principalArn", "policyArn", "accessScope"],
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    id: "a-{hex:17}",
    checks: [
      dnsName("namespace"),
      dnsName("serviceAccount"),
      form("roleArn", /^arn:[\w-]+:iam::\d{12}:role\/\S+$/, "the ARN of a role", invalid),
    ],
    references: [inCluster, roleArn("roleArn")],
    refuses: [mayTagSessions],
    claims: [
      {
        key: "{account}/{region} {clusterName} {namespace} {serviceAccount}",
        code: "ResourceInUseException",
        sentence: `Association already exists: cluster {clusterName} has one for namespace ${forPods}`,
      },
    ],
    replaceOn: ["clusterName", "namespace", "serviceAccount"],
    defaults: { disableSessionTags: false },
    outputs: {
      associationId: "{id}",
      associationArn: "arn:{partition}:eks:{region}:{account}:podidentityassociation/{clusterName}/{id}",
    },
  },
  "aws:eks/addon:Addon": {
    id: "{clusterName}:{addonName}",
    exists: {
      code: "ResourceInUseException",
      sentence: "Addon already exists: {addonName} on {clusterName}.",
    },
    checks: [
      oneOf("addonName", addonNames, `${invalid}: Addon specified is not supported`),
      form("addonVersion", /^v\d+\.\d+\.\d+-eksbuild\.\d+$/, "a version such as v1.2.3-eksbuild.1", invalid),
      oneOf("resolveConflictsOnCreate", ["NONE", "OVERWRITE"], invalid),
      oneOf("resolveConflictsOnUpdate", ["NONE", "OVERWRITE", "PRESERVE"], invalid),
      (inputs) => jsonProblems(inputs, "configurationValues", invalid),
      refuseWhen(
        "serviceAccountRoleArn",
        (inputs) =>
          inputs["serviceAccountRoleArn"] !== undefined &&
          objects(inputs, "podIdentityAssociations").length > 0,
        `${invalid}: give either serviceAccountRoleArn or podIdentityAssociations`,
      ),
    ],
    references: [inCluster, roleArn("serviceAccountRoleArn"), roleArn("podIdentityAssociations[].roleArn")],
    refuses: [versionOffered],
    replaceOn: ["addonName", "clusterName"],
    outputs: {
      arn: "arn:{partition}:eks:{region}:{account}:addon/{clusterName}/{addonName}/{uuid}",
      addonVersion: (subject, world) =>
        subject.inputs["addonVersion"] ??
        addonVersions(
          text(subject.inputs, "addonName") ?? "",
          text(clusterOf(subject, world), "version") ?? "",
        )?.[0],
    },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    id: ({ inputs, scope }) =>
      `arn:${scope.facts["partition"] ?? ""}:iam::${scope.facts["account"] ?? ""}:oidc-provider/${(text(inputs, "url") ?? "").replace(/^https:\/\//, "")}`,
    exists: { code: "EntityAlreadyExists", sentence: "Provider with url {url} already exists." },
    checks: [
      form(
        "url",
        /^https:\/\/[^\s?#]{1,247}$/,
        "a URL that starts with https://, without query",
        "ValidationError",
      ),
      form("clientIdLists[]", /^\S{1,255}$/, "1 to 255 characters", "ValidationError"),
      form("thumbprintLists[]", /^[0-9a-fA-F]{40}$/, "40 hexadecimal digits", "ValidationError"),
      refuseWhen(
        "clientIdLists",
        (inputs) => texts(inputs, "clientIdLists").length > 100,
        "LimitExceeded: Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
      ),
      refuseWhen(
        "thumbprintLists",
        (inputs) => Array.isArray(inputs["thumbprintLists"]) && inputs["thumbprintLists"].length > 5,
        "LimitExceeded: at most 5 thumbprints are allowed",
      ),
    ],
    replaceOn: ["url"],
    outputs: {
      arn: "{id}",
      url: ({ inputs }) => (text(inputs, "url") ?? "").replace(/^https:\/\//, ""),
      thumbprintLists: ({ inputs }) => inputs["thumbprintLists"] ?? [],
    },
  },
};

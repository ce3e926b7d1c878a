import { isUnknown, hasUnknown, list, object, objects, text, unknownValue, type Properties } from "../values";
import type { Registered, Monitor } from "./monitor";
import type { EksSettings } from "./eks-settings";

/** Everything that `eks:index:Cluster` has registered. */
export interface EksParts {
  readonly role: Registered | undefined;
  readonly cluster: Registered;
  readonly clusterSecurityGroup: Registered | undefined;
  readonly nodeSecurityGroup: Registered | undefined;
  readonly clusterIngressRule: Registered | undefined;
  readonly oidcProvider: Registered | undefined;
  readonly vpcCni: Registered | undefined;
}

/** Where the cluster's own OpenID Connect issuer is; unknown before the cluster exists. */
export function issuerOf(cluster: Registered): string {
  const oidc = objects(objects(cluster.state, "identities")[0] ?? {}, "oidcs")[0];
  return text(oidc ?? {}, "issuer") ?? unknownValue;
}

/** The region in the cluster's ARN. */
function regionOf(cluster: Registered): string {
  return (text(cluster.state, "arn") ?? "").split(":")[3] ?? "";
}

/** A kubeconfig that fetches its token with the AWS command line, as whoever runs it. */
function kubeconfigOf(cluster: Registered, options: Properties): unknown {
  const { state } = cluster;
  const known = ["name", "endpoint", "arn", "certificateAuthority"];
  if (known.some((key) => state[key] === undefined || hasUnknown(state[key]))) return unknownValue;
  const roleArn = text(options, "roleArn");
  const args = ["--region", regionOf(cluster), "eks", "get-token", "--cluster-name", text(state, "name")];
  const env = [
    { name: "KUBERNETES_EXEC_INFO", value: '{"apiVersion": "client.authentication.k8s.io/v1beta1"}' },
  ];
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: [...args, "--output", "json", ...(roleArn === undefined ? [] : ["--role", roleArn])],
    env,
  };
  const authority = text(object(state, "certificateAuthority"), "data");
  return {
    apiVersion: "v1",
    clusters: [
      {
        cluster: { server: state["endpoint"], "certificate-authority-data": authority },
        name: "kubernetes",
      },
    ],
    contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
    "current-context": "aws",
    kind: "Config",
    users: [{ name: "aws", user: { exec } }],
  };
}

/** The outputs of `eks:index:Cluster`: ids as texts, resources as references. */
export function eksOutputs(
  monitor: Monitor,
  { inputs, subnetIds, tags }: EksSettings,
  parts: EksParts,
): Properties {
  const { cluster, oidcProvider } = parts;
  const reference = (resource: Registered | undefined): Properties | undefined =>
    resource === undefined ? undefined : monitor.reference(resource);
  const ownGroup = object(cluster.state, "vpcConfig")["clusterSecurityGroupId"] ?? unknownValue;
  const kubeconfig = kubeconfigOf(cluster, object(inputs, "providerCredentialOpts"));
  const issuer = issuerOf(cluster);
  const core = {
    cluster: reference(cluster),
    vpcId: inputs["vpcId"],
    subnetIds,
    publicSubnetIds: inputs["publicSubnetIds"],
    privateSubnetIds: inputs["privateSubnetIds"],
    endpoint: cluster.state["endpoint"] ?? unknownValue,
    clusterSecurityGroup: reference(parts.clusterSecurityGroup),
    instanceRoles: list(inputs, "instanceRoles"),
    nodeGroupOptions: object(inputs, "nodeGroupOptions"),
    kubeconfig,
    vpcCni: reference(parts.vpcCni),
    tags,
    nodeSecurityGroupTags: inputs["nodeSecurityGroupTags"],
    oidcProvider: reference(oidcProvider),
    encryptionConfig: cluster.state["encryptionConfig"],
    clusterIamRole: inputs["serviceRole"] ?? reference(parts.role),
    accessEntries: Object.values(object(inputs, "accessEntries")),
    autoModeNodeRoleName: "",
  };
  return {
    core: present(core),
    eksCluster: reference(cluster),
    clusterSecurityGroup: reference(parts.clusterSecurityGroup) ?? inputs["clusterSecurityGroup"],
    nodeSecurityGroup: reference(parts.nodeSecurityGroup),
    clusterSecurityGroupId: parts.clusterSecurityGroup?.id ?? ownGroup,
    nodeSecurityGroupId: parts.nodeSecurityGroup?.id ?? ownGroup,
    eksClusterIngressRule: reference(parts.clusterIngressRule),
    clusterIngressRuleId: parts.clusterIngressRule?.id ?? "",
    instanceRoles: list(inputs, "instanceRoles"),
    kubeconfig,
    kubeconfigJson: isUnknown(kubeconfig) ? unknownValue : JSON.stringify(kubeconfig),
    oidcProviderArn: oidcProvider === undefined ? "" : (oidcProvider.state["arn"] ?? unknownValue),
    oidcProviderUrl: issuer,
    oidcIssuer: issuer.replace(/^https:\/\//, ""),
    defaultNodeGroupAsgName: "",
    fargateProfileId: "",
    fargateProfileStatus: "",
    autoModeNodeRoleName: "",
  };
}

function present(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

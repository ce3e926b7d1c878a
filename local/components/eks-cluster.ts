import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { text, unknownValue, type Properties } from "../values";
import { fromStruct } from "../wire";
import { accessEntries, addon, vpcCni } from "./eks-cluster-parts";
import { eksOutputs, issuerOf } from "./eks-outputs";
import { firewallRules } from "./eks-security-groups";
import { mergedTags, readEksSettings, type EksSettings } from "./eks-settings";
import { serviceRole, type ServiceRole } from "./eks-service-role";
import { Monitor, Ref, referenced, type Registered } from "./monitor";
import { response } from "./vpc-outputs";

/** SHA-1 fingerprint of the root certificate of EKS's OpenID Connect hosts. Recorded 2026-11-21. */
const rootThumbprint = "9e99a48a9960b14926bb7f3b02e22da2b0ab7280";

/**
 * `eks:index:Cluster`: registers the children that pulumi-eks 4.3 registers for a cluster without a default node group,
 * with the same names, parents and inputs (recorded from the real component on 2026-11-21; `tests/local/fixtures`).
 * The Kubernetes provider that the real one keeps for its own use is left out: nothing of the cluster depends on it.
 */
export async function constructEksCluster(request: ConstructRequest): Promise<ConstructResponse> {
  const monitor = new Monitor(request, "aws");
  try {
    const settings = readEksSettings(fromStruct(request.getInputs()));
    return await new ClusterBuilder(monitor, request.getName(), settings).build();
  } finally {
    monitor.close();
  }
}

class ClusterBuilder {
  constructor(
    readonly monitor: Monitor,
    readonly name: string,
    readonly settings: EksSettings,
  ) {}

  async build(): Promise<ConstructResponse> {
    const { monitor, settings } = this;
    const component = await monitor.component();
    const [service, clusterGroup] = await Promise.all([
      serviceRole(monitor, this.name, settings, component),
      settings.securityGroups ? this.#clusterGroup(component) : undefined,
    ]);
    const cluster = await this.#cluster(component, service, clusterGroup);
    const site = { monitor, name: this.name, component, cluster };
    const [oidcProvider, rules, entries] = await Promise.all([
      settings.inputs["createOidcProvider"] === true ? this.#oidcProvider(component, cluster) : undefined,
      clusterGroup === undefined ? undefined : this.#nodeGroup(component, cluster, clusterGroup),
      accessEntries(site, settings),
      settings.kubeProxy ? addon(site, settings, "kube-proxy", "kubeProxyAddonOptions") : undefined,
      settings.coreDns ? addon(site, settings, "coredns", "corednsAddonOptions") : undefined,
    ]);
    const cni = settings.vpcCni ? await vpcCni(site, settings, entries) : undefined;
    const state = eksOutputs(monitor, settings, {
      role: service.role,
      cluster,
      clusterSecurityGroup: clusterGroup,
      nodeSecurityGroup: rules?.nodeGroup,
      clusterIngressRule: rules?.clusterIngress,
      oidcProvider,
      vpcCni: cni,
    });
    await monitor.outputs(component, state);
    return response(component, state);
  }

  async #clusterGroup(parent: Registered): Promise<Registered> {
    const { inputs, tags } = this.settings;
    const label = `${this.name}-eksClusterSecurityGroup`;
    const group = await this.monitor.child({
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: label,
      parent,
      inputs: {
        description: "Managed by Pulumi",
        revokeRulesOnDelete: true,
        tags: mergedTags({ Name: label }, inputs["clusterSecurityGroupTags"], tags),
        vpcId: inputs["vpcId"],
      },
    });
    await this.monitor.child({ ...firewallRules.clusterEgress(this.name, group), parent });
    return group;
  }

  async #cluster(
    parent: Registered,
    service: ServiceRole,
    group: Registered | undefined,
  ): Promise<Registered> {
    const { inputs, subnetIds, tags } = this.settings;
    const own = referenced(inputs["clusterSecurityGroup"]);
    const groups = group?.id ?? own?.id;
    const vpcConfig = {
      endpointPrivateAccess: inputs["endpointPrivateAccess"],
      endpointPublicAccess: inputs["endpointPublicAccess"],
      publicAccessCidrs: inputs["publicAccessCidrs"],
      securityGroupIds: groups === undefined ? undefined : [groups],
      subnetIds,
    };
    const label = `${this.name}-eksCluster`;
    return this.monitor.child({
      type: "aws:eks/cluster:Cluster",
      name: label,
      parent,
      inputs: {
        name: inputs["name"],
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
        bootstrapSelfManagedAddons: inputs["bootstrapSelfManagedAddons"] ?? true,
        deletionProtection: inputs["deletionProtection"],
        enabledClusterLogTypes: inputs["enabledClusterLogTypes"],
        encryptionConfig: encryptionOf(inputs["encryptionConfigKeyArn"]),
        kubernetesNetworkConfig: networkConfigOf(inputs),
        roleArn: service.arn,
        tags: mergedTags({ Name: label }, inputs["clusterTags"], tags),
        upgradePolicy: inputs["upgradePolicy"],
        version: inputs["version"],
        vpcConfig: new Ref(vpcConfig, group === undefined ? [] : [group]),
      },
      dependsOn: [...service.made, ...this.monitor.request.getDependenciesList()],
      ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
    });
  }

  async #oidcProvider(parent: Registered, cluster: Registered): Promise<Registered> {
    return this.monitor.child({
      type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      name: `${this.name}-oidcProvider`,
      parent,
      inputs: {
        clientIdLists: ["sts.amazonaws.com"],
        thumbprintLists: [rootThumbprint],
        url: new Ref(issuerOf(cluster), [cluster]),
      },
    });
  }

  async #nodeGroup(
    parent: Registered,
    cluster: Registered,
    clusterGroup: Registered,
  ): Promise<{ readonly nodeGroup: Registered; readonly clusterIngress: Registered | undefined }> {
    const { inputs, tags } = this.settings;
    const label = `${this.name}-nodeSecurityGroup`;
    const owner = text(cluster.state, "name");
    const ownerTag = { Name: label, [`kubernetes.io/cluster/${owner ?? ""}`]: "owned" };
    const nodeGroup = await this.monitor.child({
      type: "aws:ec2/securityGroup:SecurityGroup",
      name: label,
      parent,
      inputs: {
        description: "Managed by Pulumi",
        revokeRulesOnDelete: true,
        // The key of a tag holds the cluster's name: without it the whole map is unknown.
        tags: new Ref(
          owner === undefined ? unknownValue : mergedTags(ownerTag, inputs["nodeSecurityGroupTags"], tags),
          [cluster],
        ),
        vpcId: inputs["vpcId"],
      },
    });
    const [clusterIngress] = await Promise.all(
      firewallRules
        .between(this.name, clusterGroup, nodeGroup)
        .map((rule) => this.monitor.child({ ...rule, parent })),
    );
    return { nodeGroup, clusterIngress };
  }
}

function encryptionOf(keyArn: unknown): Properties | undefined {
  return keyArn === undefined ? undefined : { provider: { keyArn }, resources: ["secrets"] };
}

function networkConfigOf(inputs: Properties): Properties | undefined {
  const [range, family] = [inputs["kubernetesServiceIpAddressRange"], inputs["ipFamily"]];
  if (range === undefined && family === undefined) return undefined;
  const ipFamily = family ?? "ipv4";
  return { ipFamily, ...(ipFamily === "ipv4" && range !== undefined ? { serviceIpv4Cidr: range } : {}) };
}

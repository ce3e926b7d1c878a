import { unknown } from "../../support/policy";
import { configMap, fails, passes, production, resource, type RuleCases } from "./case";

export const eks = "aws:eks/cluster:Cluster";
export const gke = "gcp:container/cluster:Cluster";
export const aks = "azure-native:containerservice:ManagedCluster";

const endpoint = (vpcConfig: object) => resource(eks, { vpcConfig });
const networks = (...blocks: unknown[]) => ({
  masterAuthorizedNetworksConfig: { cidrBlocks: blocks.map((cidrBlock) => ({ cidrBlock })) },
});
const api = (apiServerAccessProfile: object) => resource(aks, { apiServerAccessProfile });
const office = "203.0.113.0/24";

const clusterEndpointIsPrivate: RuleCases = {
  fails: [
    fails("nothing said on EKS", ["AWS-EKS-01"], resource(eks)),
    fails("public to everybody", ["AWS-EKS-01"], endpoint({ endpointPublicAccess: true })),
    fails(
      "the world among the networks",
      ["AWS-EKS-01"],
      endpoint({ endpointPublicAccess: true, publicAccessCidrs: [office, "0.0.0.0/0"] }),
    ),
    fails("no networks on GKE", ["GCP-GKE-02"], resource(gke)),
    fails("the world on GKE", ["GCP-GKE-02"], resource(gke, networks(office, "0.0.0.0/0"))),
    fails("a public address in production", ["GCP-GKE-02"], resource(gke, networks(office)), production),
    fails("nothing said on AKS", ["AZ-AKS-01"], resource(aks)),
    fails("the world on AKS", ["AZ-AKS-01"], api({ authorizedIPRanges: ["0.0.0.0/0"] })),
    fails(
      "both, which Azure refuses",
      ["AZ-AKS-01"],
      api({ enablePrivateCluster: true, authorizedIPRanges: [office] }),
    ),
  ],
  passes: [
    passes("private", [
      endpoint({ endpointPublicAccess: false }),
      resource(gke, { masterAuthorizedNetworksConfig: {} }),
      api({ enablePrivateCluster: true }),
    ]),
    passes("named networks", [
      endpoint({ endpointPublicAccess: true, publicAccessCidrs: [office] }),
      resource(gke, networks(office)),
      api({ authorizedIPRanges: [office] }),
    ]),
    passes(
      "private in production",
      resource(gke, { ...networks(), privateClusterConfig: { enablePrivateEndpoint: true } }),
      production,
    ),
  ],
  foreign: [configMap, resource("aws:eks/nodeGroup:NodeGroup")],
};

const encryption = (resources: string[], keyArn: unknown) => ({
  encryptionConfig: { resources, provider: { keyArn } },
});
const integrated = { apiServerAccessProfile: { enableVnetIntegration: true } };
const keyVault = (azureKeyVaultKms: object) => ({ ...integrated, securityProfile: { azureKeyVaultKms } });

const clusterSecretsAreEncrypted: RuleCases = {
  fails: [
    fails("nothing on EKS", ["AWS-EKS-03", "AWS-EKS-03"], resource(eks)),
    fails("other things", ["AWS-EKS-03"], resource(eks, encryption(["volumes"], "arn"))),
    fails("no key", ["AWS-EKS-03"], resource(eks, encryption(["secrets"], ""))),
    fails("nothing on GKE", ["GCP-GKE-11", "GCP-GKE-11"], resource(gke)),
    fails(
      "decrypted",
      ["GCP-GKE-11"],
      resource(gke, { databaseEncryption: { state: "DECRYPTED", keyName: "key" } }),
    ),
    fails("nothing on AKS", ["AZ-AKS-06", "AZ-AKS-06"], resource(aks, integrated)),
    fails("off", ["AZ-AKS-06"], resource(aks, keyVault({ enabled: false, keyId: "key" }))),
  ],
  passes: [
    passes("own keys", [
      resource(eks, encryption(["secrets"], unknown)),
      resource(gke, { databaseEncryption: { state: "ENCRYPTED", keyName: unknown } }),
      resource(aks, keyVault({ enabled: true, keyId: unknown })),
    ]),
    passes("an API server that no private vault answers", resource(aks)),
  ],
  foreign: [configMap, resource("gcp:container/nodePool:NodePool")],
};

const allLogs = {
  enabledClusterLogTypes: ["audit", "api", "authenticator", "scheduler", "controllerManager"],
};
const logGroup = (name: string) => resource("aws:cloudwatch/logGroup:LogGroup", { name });
const observed = { addonProfiles: { omsagent: { enabled: true } } };
const aksId = "/subscriptions/s/providers/Microsoft.ContainerService/managedClusters/c";
const cluster = resource(aks, observed, { name: "cluster", outputs: { id: aksId } });
const setting = (logs: readonly object[], resourceUri: unknown = aksId) =>
  resource("azure-native:monitor:DiagnosticSetting", { resourceUri, logs, workspaceId: "w" });
const on = (category: string) => ({ category, enabled: true });

const clusterLogsAreKept: RuleCases = {
  fails: [
    fails("none on EKS", ["AWS-EKS-02"], [resource(eks, { name: "c" }), logGroup("/aws/eks/c/cluster")]),
    fails(
      "not who logged in",
      ["AWS-EKS-02"],
      [
        resource(eks, { name: "c", enabledClusterLogTypes: ["api", "audit"] }),
        logGroup("/aws/eks/c/cluster"),
      ],
    ),
    fails(
      "in a group that EKS makes",
      ["AWS-EKS-02"],
      [resource(eks, { ...allLogs, name: "c" }), logGroup("/aws/eks/other/cluster")],
    ),
    fails("no logging", ["GCP-GKE-14"], resource(gke, { loggingService: "none" })),
    fails("no monitoring", ["GCP-GKE-14"], resource(gke, { monitoringService: "none" })),
    fails(
      "workloads only",
      ["GCP-GKE-14"],
      resource(gke, { loggingConfig: { enableComponents: ["WORKLOADS"] } }),
    ),
    fails(
      "no view of containers",
      ["AZ-AKS-05"],
      [
        resource(
          aks,
          { azureMonitorProfile: { metrics: { enabled: false } } },
          { name: "cluster", outputs: { id: aksId } },
        ),
        setting([{ categoryGroup: "audit", enabled: true }]),
      ],
    ),
    fails("no diagnostic setting", ["AZ-MON-01"], cluster),
    fails("not who logged in on AKS", ["AZ-MON-01"], [cluster, setting([on("kube-audit")])]),
    fails(
      "switched off",
      ["AZ-MON-01"],
      [cluster, setting([{ categoryGroup: "allLogs", enabled: false }, on("guard")])],
    ),
    fails("of another cluster", ["AZ-MON-01"], [cluster, setting([on("kube-audit"), on("guard")], "/x")]),
  ],
  passes: [
    passes("all five", [resource(eks, { ...allLogs, name: "c" }), logGroup("/aws/eks/c/cluster")]),
    passes("Google's defaults", [
      resource(gke),
      resource(gke, { loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] } }),
    ]),
    passes("by categories", [cluster, setting([on("kube-audit-admin"), on("guard")])]),
    passes("by a group", [cluster, setting([{ categoryGroup: "allLogs", enabled: true }])]),
  ],
  foreign: [configMap],
};

const access = (authenticationMode: string, bootstrapClusterCreatorAdminPermissions?: boolean) =>
  resource(eks, { accessConfig: { authenticationMode, bootstrapClusterCreatorAdminPermissions } });
const groups = (securityGroup: string) => resource(gke, { authenticatorGroupsConfig: { securityGroup } });
const domain = { settings: { workspaceDomain: "example.com" } };
const entra = { disableLocalAccounts: true, aadProfile: { managed: true, enableAzureRBAC: true } };

const clusterAccessIsByIdentity: RuleCases = {
  fails: [
    fails("the config map", ["AWS-EKS-05"], access("API_AND_CONFIG_MAP", false)),
    fails("its creator is administrator for ever", ["AWS-EKS-05"], access("API")),
    fails("attributes", ["GCP-GKE-05"], resource(gke, { enableLegacyAbac: true })),
    fails(
      "a client certificate",
      ["GCP-GKE-05"],
      resource(gke, { masterAuth: { clientCertificateConfig: { issueClientCertificate: true } } }),
    ),
    fails("a group that GKE does not take", ["GCP-GKE-13"], groups("admins@example.com")),
    fails("no groups where there is a domain", ["GCP-GKE-13"], resource(gke), domain),
    fails("another domain", ["GCP-GKE-13"], groups("gke-security-groups@example.org"), domain),
    fails("no roles on AKS", ["AZ-AKS-02"], resource(aks, { ...entra, enableRBAC: false })),
    fails("local accounts", ["AZ-AKS-02"], resource(aks, { ...entra, disableLocalAccounts: false })),
    fails(
      "Entra ID by hand",
      ["AZ-AKS-02"],
      resource(aks, { ...entra, aadProfile: { enableAzureRBAC: true } }),
    ),
    fails("no role assignments", ["AZ-AKS-02"], resource(aks, { ...entra, aadProfile: { managed: true } })),
  ],
  passes: [
    passes("identities", [
      access("API", false),
      resource(gke),
      resource(aks, { ...entra, enableRBAC: true }),
    ]),
    passes("groups without the setting", groups("gke-security-groups@example.com")),
    passes("groups of the domain", groups("gke-security-groups@example.com"), domain),
  ],
  foreign: [configMap, resource("aws:eks/accessEntry:AccessEntry")],
};

const enforced = { datapathProvider: "ADVANCED_DATAPATH", enableIntranodeVisibility: true };
const ranges = { ipAllocationPolicy: { clusterSecondaryRangeName: "pods" } };

const clusterNetworkIsEnforced: RuleCases = {
  fails: [
    fails("routes in place of ranges", ["GCP-GKE-03"], resource(gke, enforced)),
    fails(
      "policies without effect",
      ["GCP-GKE-04"],
      resource(gke, { ...enforced, ...ranges, datapathProvider: "LEGACY_DATAPATH" }),
    ),
    fails(
      "blind within a node",
      ["GCP-GKE-12"],
      resource(gke, { ...enforced, ...ranges, enableIntranodeVisibility: false }),
    ),
    fails("no policies", ["AZ-AKS-03"], resource(aks, { networkProfile: { networkPlugin: "azure" } })),
    fails(
      "kubenet",
      ["AZ-AKS-03"],
      resource(aks, { networkProfile: { networkPlugin: "kubenet", networkPolicy: "calico" } }),
    ),
  ],
  passes: [
    passes("Dataplane V2, and Cilium", [
      resource(gke, { ...enforced, ...ranges }),
      resource(aks, { networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" } }),
    ]),
    passes(
      "Calico",
      resource(gke, { ...ranges, networkPolicy: { enabled: true }, enableIntranodeVisibility: true }),
    ),
  ],
  foreign: [configMap, resource(eks)],
};

export const clusterCases = {
  "cluster-endpoint-is-private": clusterEndpointIsPrivate,
  "cluster-secrets-are-encrypted": clusterSecretsAreEncrypted,
  "cluster-logs-are-kept": clusterLogsAreKept,
  "cluster-access-is-by-identity": clusterAccessIsByIdentity,
  "cluster-network-is-enforced": clusterNetworkIsEnforced,
};

import { unknown } from "../../support/policy";
import { configMap, fails, passes, production, resource, type RuleCases } from "./case";
import { aks, eks, gke } from "./clusters";

const pool = "gcp:container/nodePool:NodePool";
const agentPool = "azure-native:containerservice:AgentPool";

const clusterVersionIsSupported: RuleCases = {
  fails: [
    fails("none on EKS", ["AWS-EKS-04"], resource(eks)),
    fails("an old one on EKS", ["AWS-EKS-04"], resource(eks, { version: "1.29" })),
    fails("one that begins alike", ["AWS-EKS-04"], resource(eks, { version: "1.3" })),
    fails("an old one on GKE", ["GCP-GKE-09"], resource(gke, { minMasterVersion: "1.30.5-gke.100" })),
    fails("alpha", ["GCP-GKE-14"], resource(gke, { enableKubernetesAlpha: true })),
    fails("an old one on AKS", ["AZ-AKS-08"], resource(aks, { kubernetesVersion: "1.30.2" })),
    fails(
      "old pools",
      ["AZ-AKS-08", "AZ-AKS-08"],
      [
        resource(aks, { agentPoolProfiles: [{ orchestratorVersion: "1.30" }] }),
        resource(agentPool, { orchestratorVersion: "1.30" }),
      ],
    ),
  ],
  passes: [
    passes("the newest", [
      resource(eks, { version: "1.36" }),
      resource(gke, { minMasterVersion: "1.36.1-gke.100" }),
      resource(aks, { kubernetesVersion: "1.36", agentPoolProfiles: [{ orchestratorVersion: "1.36.0" }] }),
    ]),
    passes("the cloud's choice", [resource(gke), resource(aks), resource(agentPool)]),
  ],
  foreign: [configMap, resource(pool)],
};

const managed = { autoRepair: true, autoUpgrade: true };
const provisioned = (autoProvisioningDefaults: object) => ({
  clusterAutoscaling: { enabled: true, autoProvisioningDefaults },
});
const channel = { releaseChannel: { channel: "REGULAR" } };
const upgraded = { autoUpgradeProfile: { upgradeChannel: "patch" }, sku: { tier: "Standard" } };

const clusterUpgradesItself: RuleCases = {
  fails: [
    fails("no channel", ["GCP-GKE-09"], resource(gke)),
    fails("no repair", ["GCP-GKE-08"], resource(pool, { management: { autoUpgrade: true } })),
    fails("no upgrade", ["GCP-GKE-08"], resource(pool, { management: { autoRepair: true } })),
    fails(
      "pools that GKE makes",
      ["GCP-GKE-08", "GCP-GKE-08"],
      resource(gke, { ...channel, ...provisioned({}) }),
    ),
    fails(
      "no channel on AKS",
      ["AZ-AKS-08"],
      resource(aks, { ...upgraded, autoUpgradeProfile: { upgradeChannel: "none" } }),
    ),
    fails("the free tier", ["AZ-AKS-08"], resource(aks, { ...upgraded, sku: { tier: "Free" } })),
  ],
  passes: [
    passes("channels", [
      resource(gke, { ...channel, ...provisioned({ management: managed }) }),
      resource(gke, channel),
      resource(pool, { management: managed }),
      resource(aks, upgraded),
    ]),
    passes("machines that are lent, which GKE cannot repair", [
      resource(pool, { management: { autoUpgrade: true }, nodeConfig: { flexStart: true } }),
      resource(pool, { management: { autoUpgrade: true }, queuedProvisioning: { enabled: true } }),
    ]),
  ],
  foreign: [configMap, resource(eks)],
};

const clusterIsLockedInProduction: RuleCases = {
  fails: [
    fails("EKS", ["AWS-EKS-06"], resource(eks), production),
    fails("GKE", ["GCP-GKE-16"], resource(gke, { deletionProtection: false }), production),
    fails("AKS", ["X-01"], resource(aks), production),
  ],
  passes: [
    passes(
      "locked",
      [
        resource(eks, { deletionProtection: true }),
        resource(gke, { deletionProtection: true }),
        resource(aks, {}, { opts: { protect: true } }),
      ],
      production,
    ),
    passes("outside production", [resource(eks), resource(gke), resource(aks)]),
    passes(
      "by the cluster's own labels",
      resource(gke, { resourceLabels: { environment: "dev" } }),
      production,
    ),
  ],
  foreign: [configMap, resource(pool)],
};

const secretsProvider = (enableSecretRotation: unknown) => ({
  azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation } },
});
const addons = (rest: object) =>
  resource(aks, { addonProfiles: { azurepolicy: { enabled: true }, ...secretsProvider("true"), ...rest } });

const clusterGuardsItsWorkloads: RuleCases = {
  fails: [
    fails("any image in production", ["GCP-GKE-10"], resource(gke), production),
    fails("no Azure Policy", ["AZ-AKS-04"], addons({ azurepolicy: { enabled: false } })),
    fails("the dashboard", ["AZ-AKS-04"], addons({ kubeDashboard: { enabled: true } })),
    fails("routing without TLS", ["AZ-AKS-04"], addons({ httpApplicationRouting: { enabled: true } })),
    fails(
      "no provider of secrets",
      ["AZ-AKS-10", "AZ-AKS-10"],
      addons({ azureKeyvaultSecretsProvider: { enabled: false } }),
    ),
    fails("secrets for ever", ["AZ-AKS-10"], addons(secretsProvider("false"))),
  ],
  passes: [
    passes("guarded", addons({ kubeDashboard: { enabled: false } })),
    passes("any image in dev", resource(gke)),
    passes(
      "signed images in production",
      resource(gke, { binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" } }),
      production,
    ),
  ],
  foreign: [configMap, resource(eks)],
};

const workloadPool = { workloadIdentityConfig: { workloadPool: "p.svc.id.goog" } };
const issuer = {
  oidcIssuerProfile: { enabled: true },
  securityProfile: { workloadIdentity: { enabled: true } },
};
const account = (serviceAccount?: unknown) => resource(pool, { nodeConfig: { serviceAccount } });

const workloadsHaveOwnIdentity: RuleCases = {
  fails: [
    fails("no pool of identities", ["GCP-GKE-07"], resource(gke)),
    fails("no issuer", ["AZ-AKS-10"], resource(aks, { ...issuer, oidcIssuerProfile: {} })),
    fails("no workload identity", ["AZ-AKS-10"], resource(aks, { ...issuer, securityProfile: {} })),
    fails("nodes without an account", ["GCP-GKE-15"], resource(pool)),
    fails("the default account", ["GCP-GKE-15"], account("default")),
    fails(
      "the default account by its name",
      ["GCP-GKE-15"],
      account("1-compute@developer.gserviceaccount.com"),
    ),
    fails("pools that GKE makes", ["GCP-GKE-15"], resource(gke, { ...workloadPool, ...provisioned({}) })),
  ],
  passes: [
    passes("own ones", [
      resource(gke, {
        ...workloadPool,
        ...provisioned({ serviceAccount: "nodes@p.iam.gserviceaccount.com" }),
      }),
      resource(aks, issuer),
      account("nodes@p.iam.gserviceaccount.com"),
    ]),
    passes("one that is not known yet", account(unknown)),
  ],
  foreign: [configMap, resource(eks)],
};

export const clusterKeepingCases = {
  "cluster-version-is-supported": clusterVersionIsSupported,
  "cluster-upgrades-itself": clusterUpgradesItself,
  "cluster-is-locked-in-production": clusterIsLockedInProduction,
  "cluster-guards-its-workloads": clusterGuardsItsWorkloads,
  "workloads-have-own-identity": workloadsHaveOwnIdentity,
};

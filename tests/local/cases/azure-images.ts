import type { Failing, Passing } from "../rule-tables";
import { inGroup, link, vault } from "./azure-shapes";

const file = (text: string) => Buffer.from(text).toString("base64");
const step = (text: string) => ({ step: { type: "EncodedTask", encodedTaskContent: file(text) } });
const at = (...timerTriggers: readonly object[]) => ({ taskName: "other", trigger: { timerTriggers } });
const nightly = { name: "nightly", schedule: "0 3 * * *" };
const key = (vaultName: string) => ({
  registryName: "acmeother",
  encryption: {
    status: "enabled",
    keyVaultProperties: {
      identity: "client",
      keyIdentifier: `https://${vaultName}.vault.azure.net/keys/platform`,
    },
  },
});

/** Registries, tasks and GitHub's way in as the cloud takes them. */
export const images: readonly Passing[] = [
  [
    "closed-vault",
    "azure-native:keyvault:Vault",
    { ...inGroup, vaultName: "acme-closed", ...vault({ publicNetworkAccess: "Disabled" }) },
  ],
  [
    "registry",
    "azure-native:containerregistry:Registry",
    {
      ...inGroup,
      registryName: "acmeimages",
      sku: { name: "Premium" },
      publicNetworkAccess: "Disabled",
      zoneRedundancy: "Enabled",
      policies: { retentionPolicy: { status: "enabled", days: 7 } },
    },
  ],
  [
    "own-key",
    "azure-native:containerregistry:Registry",
    { ...inGroup, sku: { name: "Premium" }, ...key("acme-ml"), registryName: "acmeownkey" },
  ],
  [
    "small-registry",
    "azure-native:containerregistry:Registry",
    { ...inGroup, registryName: "acmesmall", sku: { name: "Basic" } },
  ],
  [
    "registry-endpoint",
    "azure-native:network:PrivateEndpoint",
    ({ registry, nodes }) => ({
      ...inGroup,
      privateEndpointName: "registry",
      subnet: { id: nodes!.id },
      ...link(registry!.id, "registry"),
    }),
  ],
  [
    "pool",
    "azure-native:containerregistry:AgentPool",
    ({ nodes }) => ({
      ...inGroup,
      registryName: "acmeimages",
      agentPoolName: "purge",
      location: "eastus",
      os: "Linux",
      tier: "S1",
      count: 1,
      virtualNetworkSubnetResourceId: nodes!.id,
    }),
  ],
  [
    "purge",
    "azure-native:containerregistry:Task",
    {
      ...inGroup,
      registryName: "acmeimages",
      taskName: "purge",
      agentPoolName: "purge",
      platform: { os: "Linux", architecture: "amd64" },
      trigger: { timerTriggers: [nightly] },
      timeout: 3600,
      ...step("version: v1.1.0\nsteps:\n  - cmd: acr purge --filter 'ml:.*' --keep 10 --ago 0d\n"),
    },
  ],
  [
    "federation",
    "azure-native:managedidentity:FederatedIdentityCredential",
    {
      ...inGroup,
      resourceName: "storage",
      federatedIdentityCredentialResourceName: "github",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:acme/ml:ref:refs/heads/main",
      audiences: ["api://AzureADTokenExchange"],
    },
  ],
];

export const imageFaults: readonly Failing[] = [
  ["registry", { resourceGroupName: "none" }, /ResourceGroupNotFound/],
  ["registry", { resourceGroupName: "ml" }, /acmeimages/],
  ["registry", { registryName: "acme-other" }, /invalid registryName 'acme-other'.*letters and digits/],
  ["registry", { registryName: "acme" }, /5 to 50/],
  ["registry", { registryName: "acmeother", sku: { name: "Free" } }, /sku\.name to be one of Basic/],
  [
    "registry",
    { registryName: "acmeother", sku: { name: "Standard" } },
    /publicNetworkAccess is not supported for registries of the tier Standard/,
  ],
  ["registry", { registryName: "acmeother", zoneRedundancy: "Yes" }, /zoneRedundancy to be one of Enabled/],
  [
    "registry",
    { registryName: "acmeother", policies: { retentionPolicy: { status: "enabled", days: 400 } } },
    /days to be in the range \(0 - 365\), got 400/,
  ],
  [
    "registry",
    {
      registryName: "acmeother",
      policies: { retentionPolicy: { status: "enabled" }, softDeletePolicy: { status: "enabled" } },
    },
    /cannot both be enabled/,
  ],
  ["own-key", key("acme-none"), /CmkError: Failed to access KeyId.*no such vault/],
  ["own-key", key("acme-closed"), /caller is not a trusted service: .*system-assigned identity only/],
  [
    "own-key",
    { registryName: "acmeother", policies: { trustPolicy: { status: "enabled" } } },
    /BlockedForEncryptionEnabledRegistry/,
  ],
  [
    "registry-endpoint",
    ({ registry }) => ({ privateEndpointName: "r2", ...link(registry!.id, "blob") }),
    /group id 'blob' is none of/,
  ],
  ["pool", { agentPoolName: "image-registry-purge-1" }, /invalid agentPoolName.*3 to 20/],
  ["pool", { agentPoolName: "other", tier: "S4" }, /tier to be one of S1, S2, S3, I6/],
  ["pool", { agentPoolName: "other", location: "germanywestcentral" }, /agent pools are offered/],
  ["pool", { agentPoolName: "other", registryName: "acmesmall" }, /SkuNotSupported.*not Premium/],
  ["pool", { agentPoolName: "other", registryName: "acmenone" }, /ParentResourceNotFound/],
  [
    "pool",
    { agentPoolName: "other", virtualNetworkSubnetResourceId: "/subscriptions/none" },
    /InvalidResourceReference/,
  ],
  ["purge", { taskName: "p" }, /invalid taskName 'p'.*5 to 50/],
  ["purge", { taskName: "other", agentPoolName: "none" }, /AgentPoolNotFound.*'none'/],
  ["purge", { taskName: "other", timeout: 60 }, /timeout to be in the range \(300 - 28800\), got 60/],
  ["purge", { taskName: "other", ...step("version: v1.1.0\n") }, /must have steps/],
  [
    "purge",
    { taskName: "other", step: { type: "EncodedTask", encodedTaskContent: "steps:" } },
    /encodedTaskContent must be base64/,
  ],
  ["purge", at({ name: "n", schedule: "daily" }), /schedule 'daily' must be a cron expression of five parts/],
  ["purge", at(nightly, nightly), /the timer 'nightly' is given twice/],
  [
    "federation",
    { federatedIdentityCredentialResourceName: "second" },
    /Conflict: Issuer and subject combination already exists/,
  ],
  [
    "federation",
    { federatedIdentityCredentialResourceName: "second", subject: "repo:acme/*" },
    /invalid subject.*without wildcards/,
  ],
  [
    "federation",
    { federatedIdentityCredentialResourceName: "second", audiences: ["a", "b"] },
    /one audience/,
  ],
  ["federation", { federatedIdentityCredentialResourceName: "second", issuer: "github" }, /invalid issuer/],
  [
    "federation",
    { federatedIdentityCredentialResourceName: "second", resourceName: "none" },
    /ParentResourceNotFound/,
  ],
];

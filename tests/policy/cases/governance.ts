import { unknown } from "../../support/policy";
import { configMap, fails, passes, production, resource, type RuleCases } from "./case";
import { aks, eks, gke } from "./clusters";
import { agentPool, template } from "./nodes";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const workspace = "azure-native:operationalinsights:Workspace";
const bucket = "aws:s3/bucket:Bucket";
const account = "azure-native:storage:StorageAccount";
const vault = "azure-native:keyvault:Vault";

const logsAreKeptAndEncrypted: RuleCases = {
  fails: [
    fails("kept for ever", ["AWS-MON-01"], resource(logGroup, { kmsKeyId: "k" })),
    fails(
      "90 days in production",
      ["AWS-MON-01"],
      resource(logGroup, { retentionInDays: 90, kmsKeyId: "k" }),
      production,
    ),
    fails("Amazon's key", ["AWS-MON-02"], resource(logGroup, { retentionInDays: 90 })),
    fails("a week on Azure", ["AZ-MON-02"], resource(workspace, { retentionInDays: 7 })),
    fails(
      "30 days in production on Azure",
      ["AZ-MON-02"],
      resource(workspace, { retentionInDays: 30 }),
      production,
    ),
  ],
  passes: [
    passes("90 days in dev", resource(logGroup, { retentionInDays: 90, kmsKeyId: unknown })),
    passes("a year in production", resource(logGroup, { retentionInDays: 365, kmsKeyId: "k" }), production),
    passes("30 days on Azure", resource(workspace, { retentionInDays: 30 })),
    passes("90 days in production on Azure", resource(workspace, { retentionInDays: 90 }), production),
  ],
  foreign: [configMap],
};

const lake = resource(account, {}, { name: "lake", outputs: { id: "/subscriptions/s/lake" } });
const logs = resource(account, {}, { name: "logs", outputs: { id: "/subscriptions/s/logs" } });
const setting = (resourceUri: string, rest: object = { storageAccountId: "/subscriptions/s/logs" }) =>
  resource("azure-native:monitor:DiagnosticSetting", { resourceUri, ...rest });

const servicesSendDiagnostics: RuleCases = {
  fails: [
    fails("a vault without", ["AZ-MON-01"], resource(vault)),
    fails(
      "storage without",
      ["AZ-MON-01"],
      [lake, logs, setting("/subscriptions/s/other/blobServices/default")],
    ),
    fails("a registry without", ["AZ-MON-01"], resource("azure-native:containerregistry:Registry")),
    fails("to nowhere", ["AZ-MON-01"], [lake, setting("/subscriptions/s/lake", {})]),
  ],
  passes: [
    passes("the blobs of an account, to the logs account", [
      lake,
      logs,
      setting("/subscriptions/s/lake/blobServices/default"),
    ]),
    passes("to a workspace that is not known yet", [
      lake,
      setting("/subscriptions/s/lake", { workspaceId: unknown }),
    ]),
  ],
  foreign: [configMap, resource(bucket)],
};

const tags = {
  Environment: "dev",
  Project: "ml-platform",
  ManagedBy: "pulumi",
  Stack: "dev",
  Owner: "ml",
  CostCenter: "42",
  Capability: "object-storage",
};
const labels = {
  environment: "dev",
  project: "ml-platform",
  "managed-by": "pulumi",
  stack: "dev",
  owner: "ml",
  "cost-center": "42",
  capability: "object-storage",
};

const launched = ["instance", "volume"].map((resourceType) => ({ resourceType, tags }));

const standardTags: RuleCases = {
  fails: [
    fails("no tags", ["X-02"], resource(bucket)),
    fails("one missing", ["X-02"], resource(bucket, { tags: { ...tags, Owner: "" } })),
    fails("one missing on Azure", ["X-02"], resource(vault, { tags: { ...tags, CostCenter: undefined } })),
    fails(
      "tags in place of labels",
      ["X-02"],
      resource("gcp:storage/bucket:Bucket", { labels: tags, tags: labels }),
    ),
    fails("labels in place of a cluster's", ["X-02"], resource(gke, { labels })),
    fails("machines and disks without", ["X-02", "X-02"], resource(template, { tags })),
    fails(
      "disks without",
      ["X-02"],
      resource(template, { tags, tagSpecifications: [{ resourceType: "instance", tags }] }),
    ),
  ],
  passes: [
    passes("all", [
      resource(bucket, { tags }),
      resource(vault, { tags }),
      resource("gcp:storage/bucket:Bucket", { labels }),
      resource(gke, { resourceLabels: labels }),
      resource(template, { tags, tagSpecifications: launched }),
    ]),
    passes("a value that is not known yet", resource(bucket, { tags: { ...tags, Stack: unknown } })),
  ],
  foreign: [configMap, resource("aws:s3/bucketPolicy:BucketPolicy"), resource("gcp:compute/network:Network")],
};

const in_ = (props: object) => ({ provider: { name: "cloud", props: { ...props } } });

const resourcesStayInRegion: RuleCases = {
  fails: [
    fails(
      "another region",
      ["X-03"],
      resource(bucket, { region: "eu-west-1" }, in_({ region: "us-east-1" })),
    ),
    fails(
      "a zone of another region",
      ["X-03"],
      resource("aws:ec2/subnet:Subnet", { availabilityZone: "us-east-2a" }, in_({ region: "us-east-1" })),
    ),
    fails(
      "a continent",
      ["X-03"],
      resource("gcp:storage/bucket:Bucket", { location: "US" }, in_({ region: "us-central1" })),
    ),
    fails(
      "a region of a like name",
      ["X-03"],
      resource(account, { location: "East US 2" }, in_({ location: "eastus" })),
    ),
    fails(
      "a zone of a cluster elsewhere",
      ["X-03"],
      resource(gke, { nodeLocations: ["us-central1-a", "us-east1-b"] }, in_({ region: "us-central1" })),
    ),
    fails("a provider elsewhere", ["X-03"], resource(account, { location: "westeurope" }), {
      settings: { allowedRegions: ["eastus"] },
    }),
  ],
  passes: [
    passes("the provider's region", [
      resource("aws:ec2/subnet:Subnet", { availabilityZone: "us-east-1a" }, in_({ region: "us-east-1" })),
      resource("gcp:storage/bucket:Bucket", { location: "US-CENTRAL1" }, in_({ region: "us-central1" })),
      resource(
        gke,
        { location: "us-central1", nodeLocations: ["us-central1-a"] },
        in_({ region: "us-central1" }),
      ),
      resource("gcp:compute/address:Address", { zone: "us-central1-b" }, in_({ region: "us-central1" })),
      resource(account, { location: "East US" }, in_({ location: "eastus" })),
    ]),
    passes(
      "no region",
      resource("azure-native:privatedns:PrivateZone", { location: "Global" }, in_({ location: "eastus" })),
    ),
    passes("an allowed one", resource(bucket, { region: "eu-west-1" }, in_({ region: "us-east-1" })), {
      settings: { allowedRegions: ["eu-west-1"] },
    }),
  ],
  foreign: [configMap, resource("mlplatform:index:Network", { region: "eu-west-1" })],
};

const providersAreExplicit: RuleCases = {
  fails: [
    fails(
      "the engine's own",
      ["X-07"],
      resource(bucket, {}, { provider: { name: "default_7_48_0", props: {} } }),
    ),
    fails("of no version", ["X-07"], resource(bucket, {}, { provider: { name: "default", props: {} } })),
  ],
  passes: [passes("declared", resource(bucket, {}, { provider: { name: "aws", props: {} } }))],
  foreign: [resource("mlplatform:index:Network")],
};

const ignoring = (...ignoreChanges: string[]) => ({ opts: { ignoreChanges } });

const createdWith = "accessConfig.bootstrapClusterCreatorAdminPermissions";

const securitySettingsAreNotIgnored: RuleCases = {
  fails: [
    fails(
      "a flag",
      ["X-06"],
      resource("gcp:storage/bucket:Bucket", {}, ignoring("labels", "publicAccessPrevention")),
    ),
    fails(
      "a part of what decides",
      ["X-06"],
      resource(account, {}, ignoring("networkRuleSet.ipRules", "networkRuleSet.bypass")),
    ),
    fails("what holds the setting", ["X-06"], resource(vault, {}, ignoring("properties"))),
    fails(
      "a list item",
      ["X-06"],
      resource("aws:ec2/securityGroup:SecurityGroup", {}, ignoring("ingress[0].cidrBlocks")),
    ),
    fails("everything", ["X-06"], resource(logGroup, {}, ignoring("*"))),
    fails("how a cluster is entered", ["X-06"], resource(eks, {}, ignoring("accessConfig"))),
    fails("the pools themselves", ["X-06"], resource(agentPool, {}, ignoring("enableEncryptionAtHost"))),
  ],
  passes: [
    passes("tags, and names", resource(bucket, {}, ignoring("tags", "bucket"))),
    passes("what is fixed at creation", resource(eks, {}, ignoring(createdWith))),
    passes("a list that pools of their own are in too", resource(aks, {}, ignoring("agentPoolProfiles"))),
    passes("a sibling of a setting", resource(vault, {}, ignoring("properties.sku"))),
  ],
  foreign: [resource("kubernetes:core/v1:ConfigMap", {}, ignoring("*"))],
};

export const governanceCases = {
  "logs-are-kept-and-encrypted": logsAreKeptAndEncrypted,
  "services-send-diagnostics": servicesSendDiagnostics,
  "standard-tags": standardTags,
  "resources-stay-in-region": resourcesStayInRegion,
  "providers-are-explicit": providersAreExplicit,
  "security-settings-are-not-ignored": securitySettingsAreNotIgnored,
};

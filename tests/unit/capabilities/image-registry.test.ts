import { expect } from "chai";
import { clouds } from "../../../components/core/cloud";
import { imageRegistrySchema } from "../../../components/image-registry/contract";
import { subjectOf } from "../../../components/image-registry/pusher";
import { platform } from "../../support/program";
import { cloudResources, record, valueOf } from "../../support/mocks";
import { builtPlatform } from "../../support/platforms";
import { childrenOf, only } from "../../support/shape";
import { environments, stackConfig, stacks } from "../../support/targets";

type Json = Record<string, unknown>;

const registry = (cloud: "aws" | "gcp" | "azure", environment: "dev" | "staging" | "prod" = "prod") =>
  childrenOf("image-registry", cloud, environment);

const statementsOf = (document: unknown) =>
  (JSON.parse(String(document)) as { Statement: (Json & { Action: string | string[] })[] }).Statement;

describe("ImageRegistry", () => {
  for (const { cloud, environment } of stacks) {
    it(`hands out an address, a URL for each repository and who may push, on ${cloud} in ${environment}`, async () => {
      const { result } = await builtPlatform(cloud, environment);
      const address = await valueOf(result.imageRegistryAddress);
      const urls = await valueOf(result.imageRepositoryUrls);
      expect(Object.keys(urls)).to.deep.equal(["ml-platform", "serving/churn"]);
      for (const url of Object.values(urls)) {
        expect(url).to.match(/^[a-z0-9.-]+\.(amazonaws\.com|pkg\.dev|azurecr\.io)(\/[a-z0-9-]+)+$/);
        expect(url.startsWith(`${address}/`), url).to.equal(true);
      }
      expect(await valueOf(result.imageCiIdentityId)).not.to.equal("");
      expect(await valueOf(result.imageCiProviderId)).not.to.equal("");
    });
  }

  it("makes nothing for CI that nobody asked for, and says so by empty texts", async () => {
    for (const cloud of clouds) {
      const built = await record(platform, { config: stackConfig(cloud) });
      expect(await valueOf(built.result.imageCiIdentityId)).to.equal("");
      expect(await valueOf(built.result.imageCiProviderId)).to.equal("");
      const pushers = cloudResources(built).filter(({ name }) =>
        /^image-registry-(ci|github|pool)/.test(name),
      );
      expect(pushers, cloud).to.deep.equal([]);
    }
  });

  it("on AWS fixes tags, scans each push and encrypts with the stack's key", async () => {
    const repositories = (await registry("aws")).filter(({ type }) => type.endsWith(":Repository"));
    expect(repositories.map(({ name }) => name)).to.deep.equal([
      "image-registry-ml-platform",
      "image-registry-serving-churn",
    ]);
    for (const { inputs } of repositories) {
      expect(inputs).to.deep.include({
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "encryption-key-arn" }],
        forceDelete: false,
      });
      expect(inputs["name"]).to.match(/^ml-platform-prod-(ml-platform|serving-churn)-[0-9a-f]{8}$/);
    }
    const [dev] = (await registry("aws", "dev")).filter(({ type }) => type.endsWith(":Repository"));
    expect(dev?.inputs["forceDelete"]).to.equal(true);
  });

  it("on AWS deletes untagged images after 7 days and keeps the last 10 tagged ones", async () => {
    const lifecycles = (await registry("aws")).filter(({ type }) => type.endsWith(":LifecyclePolicy"));
    expect(lifecycles).to.have.lengthOf(2);
    for (const { inputs } of lifecycles) {
      const { rules } = JSON.parse(String(inputs["policy"])) as { rules: Json[] };
      expect(rules.map(({ selection }) => selection)).to.deep.equal([
        { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
        { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: 10 },
      ]);
    }
  });

  it("on Google Cloud fixes tags, encrypts with the stack's key and cleans up in earnest", async () => {
    const { inputs } = only(
      await registry("gcp"),
      "gcp:artifactregistry/repository:Repository",
      "image-registry-ml-platform",
    );
    expect(inputs).to.deep.include({
      format: "DOCKER",
      location: "us-central1",
      dockerConfig: { immutableTags: true },
      vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
      kmsKeyName: "encryption-key-id",
      cleanupPolicyDryRun: false,
    });
    expect(inputs["cleanupPolicies"]).to.deep.equal([
      {
        id: "delete-untagged",
        action: "DELETE",
        condition: { tagState: "UNTAGGED", olderThan: "604800s" },
      },
      { id: "delete-tagged", action: "DELETE", condition: { tagState: "TAGGED", olderThan: "604800s" } },
      { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: 10 } },
    ]);
    const { inputs: scanning } = only(await registry("gcp"), "gcp:projects/service:Service");
    expect(scanning).to.deep.include({
      service: "containerscanning.googleapis.com",
      disableOnDestroy: false,
    });
  });

  it("on Google Cloud lets Artifact Registry's own account use the key", async () => {
    const member = only(
      await childrenOf("encryption-key", "gcp", "prod"),
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
      "encryption-key-registry",
    );
    expect(member.inputs).to.include({
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:encryption-key-registry-agent-email",
    });
  });

  it("on Azure has a private registry without passwords, in zones", async () => {
    const { inputs } = only(await registry("azure"), "azure-native:containerregistry:Registry");
    expect(inputs).to.deep.include({
      sku: { name: "Premium" },
      adminUserEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccess: "Disabled",
      zoneRedundancy: "Enabled",
      dataEndpointEnabled: true,
      policies: { retentionPolicy: { status: "enabled", days: 7 } },
    });
    expect(inputs["registryName"]).to.match(/^[a-z0-9]{5,50}$/);
    const endpoint = only(await registry("azure"), "azure-native:network:PrivateEndpoint");
    expect(endpoint.inputs["privateLinkServiceConnections"]).to.deep.equal([
      { name: "registry", privateLinkServiceId: "/image-registry-id", groupIds: ["registry"] },
    ]);
  });

  it("on Azure purges every night, on a machine inside the network", async () => {
    const pool = only(await registry("azure"), "azure-native:containerregistry:AgentPool");
    expect(pool.inputs).to.include({
      virtualNetworkSubnetResourceId: "/network-nodes-id",
      tier: "S1",
      count: 1,
    });
    const { inputs } = only(await registry("azure"), "azure-native:containerregistry:Task");
    expect(inputs["trigger"]).to.deep.equal({
      timerTriggers: [{ name: "nightly", schedule: "0 3 * * *", status: "Enabled" }],
    });
    const { encodedTaskContent } = inputs["step"] as { encodedTaskContent: string };
    expect(Buffer.from(encodedTaskContent, "base64").toString()).to.contain(
      "acr purge --filter 'ml-platform:.*' --filter 'serving/churn:.*' --keep 10 --ago 0d\n",
    );
  });

  it("on Azure makes no task where none can run, and still all the rest", async () => {
    const azure = { subscriptionId: "11111111-1111-4111-8111-111111111111", location: "germanywestcentral" };
    const built = cloudResources(await record(platform, { config: stackConfig("azure", { azure }) }));
    const types = built.filter(({ type }) => type.includes(":containerregistry:")).map(({ type }) => type);
    expect(types).to.deep.equal(["azure-native:containerregistry:Registry"]);
  });
});

describe("CI's way into the image registry", () => {
  const subject = "repo:acme/ml-models:environment:prod";

  it("on AWS is a role for the one subject and audience, with rights on the repositories only", async () => {
    const role = only(await registry("aws"), "aws:iam/role:Role");
    expect(statementsOf(role.inputs["assumeRolePolicy"])).to.deep.equal([
      {
        Effect: "Allow",
        Principal: { Federated: "image-registry-github-arn" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": subject,
          },
        },
      },
    ]);
    const [login, push] = statementsOf(
      only(await registry("aws"), "aws:iam/rolePolicy:RolePolicy").inputs["policy"],
    );
    expect(login).to.deep.include({ Action: ["ecr:GetAuthorizationToken"], Resource: "*" });
    expect(push?.["Resource"]).to.deep.equal([
      "image-registry-ml-platform-arn",
      "image-registry-serving-churn-arn",
    ]);
    expect(push?.Action).to.include("ecr:PutImage");
    expect(JSON.stringify(push)).not.to.match(/Delete|\*/);
  });

  it("on AWS uses the provider that the account has", async () => {
    const providerArn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    const imageRegistry = { ci: { repository: "acme/ml-models", branch: "main", providerArn } };
    const built = await record(platform, { config: stackConfig("aws", { imageRegistry }) });
    expect(built.resources.filter(({ type }) => type.includes("openIdConnectProvider"))).to.deep.equal([]);
    expect(await valueOf(built.result.imageCiProviderId)).to.equal(providerArn);
  });

  it("on Google Cloud is a provider for the one subject, and a writer of the repositories", async () => {
    const { inputs } = only(
      await registry("gcp"),
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    );
    expect(inputs).to.deep.include({
      attributeCondition: `assertion.repository == "acme/ml-models" && assertion.sub == "${subject}"`,
      oidc: { issuerUri: "https://token.actions.githubusercontent.com" },
    });
    const federation = only(await registry("gcp"), "gcp:serviceaccount/iAMMember:IAMMember");
    expect(federation.inputs).to.include({
      role: "roles/iam.workloadIdentityUser",
      member: `principal://iam.googleapis.com/image-registry-pool-name/subject/${subject}`,
    });
    const writers = (await registry("gcp")).filter(({ type }) => type.endsWith(":RepositoryIamMember"));
    expect(writers.map(({ inputs: { repository, role } }) => [repository, role])).to.deep.equal([
      ["image-registry-ml-platform-id", "roles/artifactregistry.writer"],
      ["image-registry-serving-churn-id", "roles/artifactregistry.writer"],
    ]);
  });

  it("on Google Cloud has a pool id of at most 32 characters that no deleted pool holds", async () => {
    for (const environment of environments) {
      const { inputs } = only(
        await registry("gcp", environment),
        "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
      );
      expect(inputs["workloadIdentityPoolId"]).to.match(/^ci-[a-z0-9-]+image-registry-pool-ending-result$/);
      const ownPart = String(inputs["workloadIdentityPoolId"]).replace(
        "image-registry-pool-ending-result",
        "",
      );
      expect(ownPart).to.have.lengthOf.at.most(27);
    }
  });

  it("on Azure is an identity for the one subject, and may push to the registry", async () => {
    const { inputs } = only(
      await registry("azure"),
      "azure-native:managedidentity:FederatedIdentityCredential",
    );
    expect(inputs).to.deep.include({
      issuer: "https://token.actions.githubusercontent.com",
      subject,
      audiences: ["api://AzureADTokenExchange"],
    });
    const role = only(await registry("azure"), "azure-native:authorization:RoleAssignment");
    expect(role.inputs["scope"]).to.equal("/image-registry-id");
    expect(role.inputs["roleDefinitionId"]).to.match(/\/8311e382-0749-4cb8-b61a-304f252e45ec$/);
  });

  it("names a branch or an environment in the subject", () => {
    expect(subjectOf({ repository: "acme/ml", branch: "main" })).to.equal("repo:acme/ml:ref:refs/heads/main");
    expect(subjectOf({ repository: "acme/ml", environment: "prod" })).to.equal(
      "repo:acme/ml:environment:prod",
    );
  });
});

describe("the image registry's settings", () => {
  it("are ten images, seven days and one repository unless said otherwise", () => {
    expect(imageRegistrySchema.parse({})).to.deep.equal({
      repositories: ["ml-platform"],
      keepImages: 10,
      untaggedDays: 7,
    });
  });
});

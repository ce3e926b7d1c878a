import { expect } from "chai";
import { dataBuckets } from "../../../components/object-storage/contract";
import { valueOf } from "../../support/mocks";
import { builtPlatform } from "../../support/platforms";
import { childrenOf, only } from "../../support/shape";
import { stacks } from "../../support/targets";

type Json = Record<string, unknown>;

describe("EncryptionKey", () => {
  it("is rotated every 90 days, and can be brought back for 14 days, or 30 in prod", async () => {
    const aws = only(await childrenOf("encryption-key", "aws", "prod"), "aws:kms/key:Key").inputs;
    expect(aws).to.include({ enableKeyRotation: true, rotationPeriodInDays: 90, deletionWindowInDays: 30 });
    const gcp = only(await childrenOf("encryption-key", "gcp", "dev"), "gcp:kms/cryptoKey:CryptoKey").inputs;
    expect(gcp).to.include({ rotationPeriod: "7776000s", destroyScheduledDuration: "1209600s" });
    const azure = await childrenOf("encryption-key", "azure", "dev");
    expect(only(azure, "azure-native:keyvault:Vault").inputs["properties"]).to.include({
      enablePurgeProtection: true,
      softDeleteRetentionInDays: 14,
    });
    const policy = (only(azure, "azure-native:keyvault:Key").inputs["properties"] as Json)[
      "rotationPolicy"
    ] as { lifetimeActions: Json[] };
    expect(policy.lifetimeActions).to.deep.equal([
      { action: { type: "rotate" }, trigger: { timeAfterCreate: "P90D" } },
    ]);
  });

  it("on AWS may be used by the account, its log services and its Auto Scaling, and by no other account", async () => {
    const { inputs } = only(await childrenOf("encryption-key", "aws", "dev"), "aws:kms/key:Key");
    const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Json[] };
    expect(Statement.map(({ Principal }) => Principal)).to.deep.equal([
      { AWS: "arn:aws:iam::123456789012:root" },
      { Service: "logs.us-east-1.amazonaws.com" },
      { Service: "logging.s3.amazonaws.com" },
      { AWS: "*" },
      { AWS: "*" },
    ]);
    for (const { Condition } of Statement.slice(3)) {
      expect((Condition as Json)["StringEquals"]).to.deep.equal({
        "kms:CallerAccount": "123456789012",
        "aws:PrincipalArn":
          "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
      });
    }
    expect(Statement[4]).to.deep.include({ Action: "kms:CreateGrant" });
    expect((Statement[4]?.["Condition"] as Json)["Bool"]).to.deep.equal({
      "kms:GrantIsForAWSResource": "true",
    });
    for (const statement of Statement.slice(1))
      expect(JSON.stringify(statement["Condition"])).to.contain("123456789012");
  });
});

describe("ObjectStorage", () => {
  for (const { cloud, environment } of stacks) {
    it(`has four buckets with addresses that MLflow understands, on ${cloud} in ${environment}`, async () => {
      const { result } = await builtPlatform(cloud, environment);
      const uris = await valueOf(result.bucketUris);
      expect(Object.keys(uris)).to.have.members([...dataBuckets, "logs"]);
      for (const uri of Object.values(uris)) expect(uri).to.match(/^(s3|gs|wasbs):\/\/[a-z0-9@.-]+$/i);
    });
  }

  it("on AWS moves to classes that S3 takes on those days", async () => {
    const children = await childrenOf("storage", "aws", "dev");
    const rules = (bucket: string) =>
      only(
        children,
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        `storage-${bucket}-lifecycle`,
      ).inputs["rules"] as Json[];
    expect(rules("data")[1]).to.deep.include({
      filter: { prefix: "training-data/" },
      transitions: [{ days: 30, storageClass: "STANDARD_IA" }],
      expiration: { days: 90 },
    });
    expect(rules("models")[1]).to.deep.include({
      transitions: [{ days: 30, storageClass: "GLACIER_IR" }],
      noncurrentVersionExpiration: { noncurrentDays: 90 },
    });
    for (const bucket of [...dataBuckets, "logs"]) {
      expect(rules(bucket)[0]).to.deep.include({
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      });
    }
  });

  it("on AWS refuses what is not sent over TLS, and lets only the log service write to the logs bucket", async () => {
    const children = await childrenOf("storage", "aws", "dev");
    for (const bucket of [...dataBuckets, "logs"]) {
      const { inputs } = only(children, "aws:s3/bucketPolicy:BucketPolicy", `storage-${bucket}-policy`);
      const { Statement } = JSON.parse(String(inputs["policy"])) as { Statement: Json[] };
      expect(Statement[0]).to.deep.include({
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
      expect(Statement.slice(1).map(({ Principal }) => Principal)).to.deep.equal(
        bucket === "logs" ? [{ Service: "logging.s3.amazonaws.com" }] : [],
      );
    }
  });

  it("keeps an expired object's 90 days as an old version on Google Cloud", async () => {
    const { inputs } = only(
      await childrenOf("storage", "gcp", "dev"),
      "gcp:storage/bucket:Bucket",
      "storage-data",
    );
    const rules = inputs["lifecycleRules"] as { action: Json; condition: Json }[];
    const deletions = rules
      .filter(({ action }) => action["type"] === "Delete")
      .map(({ condition }) => condition);
    expect(deletions).to.deep.equal([
      { age: 90, withState: "LIVE", matchesPrefixes: ["training-data/"] },
      { daysSinceNoncurrentTime: 90, matchesPrefixes: ["training-data/"] },
    ]);
  });

  it("deletes access logs on Azure too, which are append blobs", async () => {
    const policy = only(
      await childrenOf("storage", "azure", "dev"),
      "azure-native:storage:ManagementPolicy",
      "storage-logs-lifecycle",
    );
    const { rules } = policy.inputs["policy"] as {
      rules: { definition: { filters: Json; actions: Json } }[];
    };
    expect(rules.map(({ definition }) => definition.filters)).to.deep.equal([
      { blobTypes: ["blockBlob", "appendBlob"] },
    ]);
    expect(rules[0]?.definition.actions["baseBlob"]).to.deep.equal({
      delete: { daysAfterModificationGreaterThan: 365 },
    });
  });

  it("can be emptied by a destroy everywhere but in prod", async () => {
    for (const [environment, allowed] of [
      ["dev", true],
      ["staging", true],
      ["prod", false],
    ] as const) {
      const aws = (await childrenOf("storage", "aws", environment)).filter(
        ({ type }) => type === "aws:s3/bucket:Bucket",
      );
      const gcp = (await childrenOf("storage", "gcp", environment)).filter(
        ({ type }) => type === "gcp:storage/bucket:Bucket",
      );
      for (const { inputs } of [...aws, ...gcp]) expect(inputs["forceDestroy"]).to.equal(allowed);
    }
  });

  it("on Azure has copies in a second region in prod, and never a kind without archive tier", async () => {
    const skus = async (environment: "dev" | "staging" | "prod") =>
      (await childrenOf("storage", "azure", environment))
        .filter(({ type }) => type === "azure-native:storage:StorageAccount")
        .map(({ inputs }) => (inputs["sku"] as Json)["name"]);
    expect(await skus("dev")).to.deep.equal(["Standard_LRS", "Standard_LRS"]);
    expect(await skus("prod")).to.deep.equal(["Standard_GRS", "Standard_GRS"]);
  });

  it("on Azure is locked against deletion in prod only", async () => {
    const locks = async (environment: "dev" | "prod") =>
      (await childrenOf("deletion-lock", "azure", environment)).map(({ name, inputs }) => [
        name,
        inputs["level"],
      ]);
    expect(await locks("dev")).to.deep.equal([]);
    expect(await locks("prod")).to.have.deep.members(
      ["key-vault", "flow-logs", "registry", "lake", "logs"].map((role) => [
        `deletion-lock-${role}`,
        "CanNotDelete",
      ]),
    );
  });
});

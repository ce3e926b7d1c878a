import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type ControlId, controls, controlsOutOfSight } from "../../policy/controls";
import { renderPolicyReference } from "../../policy/docs";
import { type Concern, controlsOf, toPolicy } from "../../policy/rule";
import { rules } from "../../policy/rules";
import { standardTags } from "../../policy/rules/standard-tags";
import { taggableModules, taggableTypes } from "../../policy/taggable";
import { remediated, runPolicies, type TestResource, unknown, violationsOf } from "../support/policy";

const sdks = join(__dirname, "../../node_modules/@pulumi");
const ids = Object.keys(controls) as ControlId[];

/** Inputs of every resource class of an SDK module, by type token, as the SDK's declarations list them. */
function inputsOfModule(packageName: string, module: string): Map<string, string> {
  const folder = join(sdks, packageName, module);
  const found = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".d.ts"))) {
    const code = readFileSync(join(folder, file.replace(".d.ts", ".js")), "utf8");
    const token = /__pulumiType = ['"]([^'"]+)/.exec(code)?.[1];
    const args = /export interface \w+Args \{(.*?)\n\}/s.exec(readFileSync(join(folder, file), "utf8"))?.[1];
    if (token !== undefined && args !== undefined) found.set(token, args);
  }
  return found;
}

function inputsOf(token: string): string {
  const [packageName = "", path = ""] = token.split(":");
  return inputsOfModule(packageName, path.split("/")[0] ?? "").get(token) ?? "";
}

const hasInput = (args: string, path: string) =>
  new RegExp(`^    ${/^\w+/.exec(path)?.[0] ?? path}\\??: `, "m").test(args);

describe("the pack", () => {
  it("lists every file of policy/rules, each rule once", () => {
    const files = readdirSync(join(__dirname, "../../policy/rules")).map((file) => file.replace(".ts", ""));
    expect(rules.map(({ name }) => name).sort()).to.deep.equal(
      files.filter((name) => name !== "index").sort(),
    );
    expect(rules.length).to.be.at.least(20);
  });

  it("has a rule, or a reason why not, for every control, and names no other", () => {
    const covered = new Set(rules.flatMap(controlsOf));
    const missing = ids.filter((id) => !covered.has(id) && controlsOutOfSight[id] === undefined);
    expect(missing).to.deep.equal([]);
    expect(Object.keys(controlsOutOfSight).filter((id) => covered.has(id as ControlId))).to.deep.equal([]);
    for (const id of covered) expect(ids).to.include(id);
  });

  it("has controls of every concern on every cloud", () => {
    const concerns: readonly Concern[] = [
      "encryption",
      "backup",
      "exposure",
      "network",
      "identity",
      "logging",
      "nodes",
    ];
    const clouds = ["AWS-", "GCP-", "AZ-"];
    const gaps = concerns.flatMap((concern) => {
      const found = rules.filter((rule) => rule.concern === concern).flatMap(controlsOf);
      return clouds
        .filter((cloud) => !found.some((id) => id.startsWith(cloud)))
        .map((cloud) => cloud + concern);
    });
    expect(gaps).to.deep.equal([]);
  });

  it("makes every rule mandatory, with severity, controls and a way to mend", () => {
    for (const policy of rules.map(toPolicy)) {
      expect(policy.enforcementLevel, policy.name).to.equal("mandatory");
      expect(policy.severity, policy.name).to.be.oneOf(["low", "medium", "high", "critical"]);
      expect(policy.tags, policy.name).not.to.be.empty;
      expect(policy.remediationSteps, policy.name).to.match(/^[A-Z].*\.$/);
    }
  });

  it("reads properties that the SDKs have", () => {
    const read = rules.flatMap((rule) => [
      ...Object.entries(rule.resources ?? {}).flatMap(([type, checks]) =>
        checks.flatMap(({ reads }) => reads.map((path) => ({ type, path }))),
      ),
      ...(rule.stack ?? [])
        .flatMap(({ companion }) => companion ?? [])
        .map(({ type, by }) => ({ type, path: by })),
    ]);
    const cloud = read.filter(({ type }) => type !== "*");
    expect(cloud.length).to.be.greaterThan(100);
    const wrong = cloud.filter(({ type, path }) => !hasInput(inputsOf(type), path));
    expect(wrong).to.deep.equal([]);
  });

  const carriers = { aws: "tags", gcp: "labels|resourceLabels", "azure-native": "tags" } as const;
  for (const packageName of ["aws", "gcp", "azure-native"] as const) {
    it(`knows what carries tags in ${packageName}`, () => {
      const property = carriers[packageName];
      const carries = new RegExp(`^    (?:${property})\\??: pulumi\\.Input<\\{`, "m");
      const expected = taggableModules(packageName).flatMap((module) =>
        [...inputsOfModule(packageName, module)]
          .filter(([, args]) => carries.test(args))
          .map(([token]) => token),
      );
      expect(taggableTypes(packageName).sort()).to.deep.equal(expected.sort());
    });
  }

  it("describes every rule and control in the reference", () => {
    const page = renderPolicyReference();
    for (const { name } of rules) expect(page).to.include(`### ${name}\n`);
    for (const id of ids) expect(page).to.include(`| ${id} |`);
    for (const reason of Object.values(controlsOutOfSight)) expect(page).to.include(reason);
  });
});

const bucket = (inputs: object): TestResource => ({
  type: "aws:s3/bucket:Bucket",
  name: "data",
  inputs: { ...inputs },
  urn: "urn:pulumi:prod-aws::ml-platform::mlplatform:index:ObjectStorage$aws:s3/bucket:Bucket::data",
});

describe("values that a preview does not know", () => {
  const policy = "aws:s3/bucketPolicy:BucketPolicy";

  it("raise no violation, and are not passed over in silence", async () => {
    const run = await runPolicies([
      { type: policy, name: "p", inputs: { bucket: unknown, policy: unknown } },
    ]);
    expect(run.violations).to.deep.equal([]);
    expect(run.unknown.map(({ rule }) => rule)).to.deep.equal([
      "storage-is-private",
      "storage-speaks-tls-only",
    ]);
  });

  it("hide no other violation of the same resource", async () => {
    const inputs = {
      encryption: { defaultKmsKeyName: unknown },
      versioning: unknown,
      publicAccessPrevention: "inherited",
    };
    const run = await runPolicies([{ type: "gcp:storage/bucket:Bucket", name: "b", inputs }]);
    expect(run.violations.map(({ rule }) => rule)).to.include("storage-is-private");
    expect(run.unknown.map(({ rule }) => rule)).to.deep.equal(["storage-keeps-versions"]);
  });

  it("do not refute a reference that the program recorded, but two known values do", async () => {
    const versioning = (target: unknown): TestResource => ({
      type: "aws:s3/bucketVersioning:BucketVersioning",
      name: "v",
      inputs: { bucket: target, versioningConfiguration: { status: "Enabled" } },
      propertyDependencies: { bucket: ["data"] },
    });
    const of = async (target: unknown) =>
      (await violationsOf([{ ...bucket({}), outputs: { id: "data-1" } }, versioning(target)])).filter(
        ({ rule }) => rule === "storage-keeps-versions",
      );
    expect(await of(unknown)).to.have.lengthOf(0);
    expect(await of("data-1")).to.have.lengthOf(0);
    expect(await of("else-1")).to.have.lengthOf(1);
  });
});

describe("remediation of tags", () => {
  it("adds what it can tell and keeps what is there", async () => {
    const inputs = await remediated(standardTags, bucket({ tags: { Owner: "ml", Name: "data" } }), {
      settings: { owner: "ops", costCenter: "42" },
    });
    expect(inputs?.["tags"]).to.deep.equal({
      Environment: "prod",
      Project: "ml-platform",
      ManagedBy: "pulumi",
      Stack: "prod-aws",
      CostCenter: "42",
      Capability: "object-storage",
      Owner: "ml",
      Name: "data",
    });
  });

  it("writes labels in Google Cloud's form, and leaves other types alone", async () => {
    const google = { ...bucket({}), type: "gcp:storage/bucket:Bucket" };
    const inputs = await remediated(standardTags, google, { settings: { owner: "ML Team" } });
    expect(inputs?.["labels"]).to.include({ "managed-by": "pulumi", owner: "ml-team", stack: "prod-aws" });
    const cluster = await remediated(standardTags, { ...google, type: "gcp:container/cluster:Cluster" });
    expect(cluster?.["resourceLabels"]).to.include({ "managed-by": "pulumi", stack: "prod-aws" });
    expect(await remediated(standardTags, { ...google, type: "gcp:compute/network:Network" })).to.equal(
      undefined,
    );
  });
});

import { writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as s3 from "@pulumi/aws/s3";
import { Provider } from "@pulumi/aws/provider";
import { expect } from "chai";
import { type Pack, openPolicyStack, type PolicyStack } from "../support/policy-engine";

const pack = { path: resolve(__dirname, "../../policy") };
const crashing = (name: string): Pack => ({ path: join(__dirname, "packs", name) });

const bucketType = "aws:s3/bucket:Bucket";

/** A bucket with an object ACL that lets everybody read, and nothing around it. */
function publicBucket(): Promise<void> {
  const provider = new Provider("aws", { region: "us-east-1" });
  new s3.Bucket("data", { acl: "public-read" }, { provider });
  return Promise.resolve();
}

/** Nothing that a rule on one resource refuses; the stack lacks all that belongs to a bucket. */
function lonelyBucket(): Promise<void> {
  const provider = new Provider("aws", { region: "us-east-1" });
  new s3.Bucket("data", {}, { provider });
  return Promise.resolve();
}

async function withStack(
  program: () => Promise<void>,
  use: (stack: PolicyStack) => Promise<void>,
): Promise<void> {
  const stack = await openPolicyStack(program);
  try {
    await use(stack);
  } finally {
    await stack.close();
  }
}

describe("the pack in the engine", function () {
  this.timeout(120_000);

  it("refuses a public bucket at preview, and says what, where and how to mend", async () => {
    await withStack(publicBucket, async (stack) => {
      const { succeeded, output } = await stack.preview(pack);
      expect(succeeded).to.be.false;
      expect(output).to.match(/\[mandatory\].*storage-has-no-side-doors.*\(aws:s3:Bucket: data\)/);
      expect(output).to.include(
        'acl is "public-read"; allowed: no value. Remove acl from the bucket and grant access in its BucketPolicy.',
      );
      expect(stack.world.inventory()).to.deep.equal([]);
    });
  });

  it("refuses it during an update too, before the cloud is asked", async () => {
    await withStack(publicBucket, async (stack) => {
      const { succeeded } = await stack.up(pack);
      expect(succeeded).to.be.false;
      expect(stack.world.ofType(bucketType)).to.deep.equal([]);
    });
  });

  it("finds in a preview of an empty stack what only the whole stack shows", async () => {
    await withStack(lonelyBucket, async (stack) => {
      const { succeeded, output } = await stack.preview(pack);
      expect(succeeded).to.be.false;
      expect(output).to.match(/\[mandatory\].*storage-keeps-versions.*\(aws:s3:Bucket: data\)/);
      expect(output).to.include("allowed: a BucketVersioning whose bucket is this Bucket");
      expect(stack.world.inventory()).to.deep.equal([]);
    });
  });

  it("refuses missing tags; where somebody asks, adds what it can tell, and refuses what is then missing", async () => {
    const directory = await mkdtemp(join(tmpdir(), "policy-config-"));
    const config = join(directory, "config.json");
    const tags = { enforcementLevel: "remediate", owner: "ml", costCenter: "42", environment: "dev" };
    await writeFile(config, JSON.stringify({ all: "advisory", "standard-tags": tags }));
    await withStack(lonelyBucket, async (stack) => {
      expect((await stack.preview(pack)).output).to.match(/\[mandatory\].*standard-tags/);
      const { output } = await stack.up({ ...pack, config });
      expect(output).to.match(/\[mandatory\].*standard-tags/);
      expect(output).to.match(/^ +tags\.Capability is not set/m);
      expect(stack.world.ofType(bucketType)).to.deep.equal([]);
    });
    await rm(directory, { recursive: true });
  });

  for (const name of ["fails-at-start", "fails-in-a-rule"]) {
    it(`creates nothing when a pack ${name.replaceAll("-", " ")}`, async () => {
      await withStack(lonelyBucket, async (stack) => {
        expect((await stack.preview(crashing(name))).succeeded).to.be.false;
        expect((await stack.up(crashing(name))).succeeded).to.be.false;
        expect(stack.world.inventory()).to.deep.equal([]);
      });
    });
  }
});

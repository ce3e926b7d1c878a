// A program of its own for tests of runs that fail or die: small, with a chain of resources that need each other, and
// with secrets. The platform itself is taken through its life in lifecycle.test.ts.
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import { Provider } from "@pulumi/aws/provider";
import { Parameter } from "@pulumi/aws/ssm/parameter";
import * as pulumi from "@pulumi/pulumi";

/** Stands for a secret: a parameter and an output of the stack hold it, marked as one. */
export const canary = "canary-3f9a1c";

/** Buckets that the program makes, each with its versioning. */
const buckets = ["data", "models", "artifacts"] as const;

/** Number of things that the cloud then has: buckets, their versioning, and the parameter. */
export const thingCount = 2 * buckets.length + 1;

class Storage extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("mlplatform:test:Storage", name, {}, opts);
    for (const role of buckets) {
      const bucket = new Bucket(`${name}-${role}`, { tags: { Role: role } }, { parent: this });
      const versioningConfiguration = { status: "Enabled" };
      new BucketVersioning(
        `${name}-${role}`,
        { bucket: bucket.id, versioningConfiguration },
        { parent: this },
      );
    }
    const value = pulumi.secret(canary);
    new Parameter(`${name}-password`, { type: "SecureString", value }, { parent: this });
    this.registerOutputs({});
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- the engine awaits it
export default async function program() {
  const provider = new Provider("aws", { region: "us-east-1" });
  new Storage("storage", { providers: [provider] });
  return { password: pulumi.secret(canary) };
}

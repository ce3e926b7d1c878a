// A program of its own for tests of runs that fail or die: small, with a chain of resources that need each other, and
// with secrets. The platform itself is taken through its life in lifecycle.test.ts.
import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";

/** Buckets that the program makes, each with its versioning. */
export const buckets = ["data", "models", "artifacts"] as const;

/** Resources of the program: provider, component, and two for each bucket. */
export const expectedTypes = [
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketVersioning:BucketVersioning",
  "mlplatform:test:Storage",
  "pulumi:providers:aws",
  "pulumi:pulumi:Stack",
];

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
    this.registerOutputs({});
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- the engine awaits it
export default async function program() {
  const provider = new Provider("aws", { region: "us-east-1" });
  new Storage("storage", { providers: [provider] });
  const password = new pulumi.Config().getSecret("password");
  return { password };
}

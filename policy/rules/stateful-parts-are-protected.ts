import type { Check } from "../check";
import type { ControlId } from "../controls";
import type { Rule } from "../rule";

/** Types that hold data, or keys without which data is lost, and the controls that ask to protect them. */
const stateful: Readonly<Record<string, readonly ControlId[]>> = {
  "aws:s3/bucket:Bucket": ["X-01"],
  "aws:kms/key:Key": ["X-01"],
  "aws:ecr/repository:Repository": ["X-01"],
  "gcp:artifactregistry/repository:Repository": ["X-01"],
  "gcp:storage/bucket:Bucket": ["X-01"],
  "gcp:kms/cryptoKey:CryptoKey": ["X-01", "GCP-KMS-01"],
  "azure-native:storage:StorageAccount": ["X-01"],
  "azure-native:containerregistry:Registry": ["X-01"],
  "azure-native:keyvault:Vault": ["X-01"],
};

const isProtected = (control: ControlId): Check => ({
  control,
  when: "prod",
  reads: [],
  allowed: "true",
  fix: "Set the resource option protect: true.",
  findings: ({ opts }) => (opts.protect ? [] : [{ property: "the option protect", given: opts.protect }]),
});

export const statefulPartsAreProtected: Rule = {
  name: "stateful-parts-are-protected",
  description: "In production Pulumi refuses to delete or replace what holds data or keys.",
  concern: "backup",
  resources: Object.fromEntries(Object.entries(stateful).map(([type, ids]) => [type, ids.map(isProtected)])),
};

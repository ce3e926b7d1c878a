import { CloudError } from "../cloud-error";
import { hex, object, objects, text, type Properties } from "../values";
import { kmsKey } from "./aws-identity";
import { lifecycleProblems } from "./aws-lifecycle";
import { isPublic, policyDocument, statementsOf } from "./aws-policy";
import { form, oneOf, refuseWhen } from "./checks";
import type { Reference, RuleTable, TypeRule, WorldCheck } from "./contract";

const bucketType = "aws:s3/bucket:Bucket";
const publicAccessType = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

/** The bucket that a setting belongs to. Settings go with it. */
const ofBucket: Reference = {
  path: "bucket",
  to: [bucketType],
  missing: "NoSuchBucket",
  sentence: "The specified bucket does not exist: {value}",
  held: false,
};

/** A setting that a bucket has one of: creating it sets it, whatever it was. */
function setting(rule: Omit<TypeRule, "id" | "adopts">): TypeRule {
  const { references = [], replaceOn = [] } = rule;
  return {
    ...rule,
    id: "{bucket}",
    adopts: true,
    references: [ofBucket, ...references],
    replaceOn: ["bucket", ...replaceOn],
  };
}

/** Statements of a bucket's policy are about this bucket and its objects. */
const ownResources: WorldCheck = ({ inputs, scope }) => {
  const bucket = text(inputs, "bucket") ?? "";
  const arn = `arn:${scope.facts["partition"] ?? "aws"}:s3:::${bucket}`;
  const foreign = statementsOf(text(inputs, "policy"))
    .flatMap(({ resources }) => resources)
    .find((resource) => resource !== arn && !resource.startsWith(`${arn}/`) && resource !== "*");
  if (foreign === undefined) return undefined;
  return new CloudError(
    "MalformedPolicy",
    `Policy has invalid resource: ${foreign} is not of bucket ${bucket}; allowed are ${arn} and ${arn}/*`,
  );
};

const principalsExist: WorldCheck = ({ inputs, scope }, world) => {
  const account = scope.facts["account"] ?? "";
  const missing = statementsOf(text(inputs, "policy"))
    .flatMap(({ principals }) => principals)
    .filter((principal) => principal.includes(`::${account}:role/`))
    .find((principal) => world.find(["aws:iam/role:Role"], principal, scope.key) === undefined);
  return missing === undefined
    ? undefined
    : new CloudError("MalformedPolicy", `Invalid principal in policy: ${missing} does not exist`);
};

const publicPolicyAllowed: WorldCheck = ({ inputs, scope }, world) => {
  const block = world.find([publicAccessType], text(inputs, "bucket") ?? "", scope.key);
  if (block?.inputs["blockPublicPolicy"] !== true || !isPublic(text(inputs, "policy"))) return undefined;
  return new CloudError(
    "AccessDenied",
    "User is not authorized to perform s3:PutBucketPolicy because public policies are blocked by the BlockPublicPolicy block public access setting.",
  );
};

const targetExists: Reference = {
  path: "targetBucket",
  to: [bucketType],
  missing: "InvalidTargetBucketForLogging",
  sentence: "The target bucket for logging does not exist: {value}",
  held: false,
};

const encryption = "rules[].applyServerSideEncryptionByDefault";

const keyOnlyWithKms = (inputs: Properties): boolean =>
  objects(inputs, "rules")
    .map((rule) => object(rule, "applyServerSideEncryptionByDefault"))
    .some((rule) => rule["kmsMasterKeyId"] !== undefined && text(rule, "sseAlgorithm") === "AES256");

const bucketName =
  /^(?!xn--)(?!sthree-)(?!amzn-s3-demo-)(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?<!-s3alias)(?<!--ol-s3)(?<!--x-s3)$/;

/** Buckets and their settings. Source: Amazon S3 API reference and user guide, 2026-11-21. */
export const awsStorage: RuleTable = {
  [bucketType]: {
    id: "{bucket}",
    autoName: "bucket",
    checks: [
      form(
        "bucket",
        bucketName,
        "3 to 63 lower-case letters, digits, dots or dashes, no IP address, no reserved prefix or suffix",
        "InvalidBucketName",
      ),
    ],
    // Bucket names are taken worldwide, whoever's account and region.
    claims: [
      {
        key: "{bucket}",
        code: "BucketAlreadyExists",
        sentence:
          "The requested bucket name {bucket} is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      },
    ],
    exists: {
      code: "BucketAlreadyOwnedByYou",
      sentence: "Your previous request to create the named bucket {bucket} succeeded and you already own it.",
    },
    replaceOn: ["bucket", "bucketPrefix", "objectLockEnabled", "region"],
    defaults: { forceDestroy: false, objectLockEnabled: false },
    outputs: {
      arn: "arn:{partition}:s3:::{id}",
      bucketDomainName: "{id}.s3.amazonaws.com",
      bucketRegionalDomainName: "{id}.s3.{region}.amazonaws.com",
      bucketRegion: "{region}",
      hostedZoneId: (subject) => `Z${hex(subject.scope.facts["region"] ?? "", 13).toUpperCase()}`,
      requestPayer: () => "BucketOwner",
    },
    inUse: { code: "BucketNotEmpty", sentence: "The bucket {id} you tried to delete is not empty." },
  },
  [publicAccessType]: setting({
    defaults: {
      blockPublicAcls: false,
      blockPublicPolicy: false,
      ignorePublicAcls: false,
      restrictPublicBuckets: false,
    },
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting({
    checks: [
      oneOf(
        "rule.objectOwnership",
        ["BucketOwnerPreferred", "ObjectWriter", "BucketOwnerEnforced"],
        "MalformedXML",
      ),
    ],
  }),
  "aws:s3/bucketVersioning:BucketVersioning": setting({
    replaceOn: ["expectedBucketOwner"],
    checks: [
      oneOf("versioningConfiguration.status", ["Enabled", "Suspended", "Disabled"], "MalformedXML"),
      refuseWhen(
        "versioningConfiguration.status",
        (inputs) => object(inputs, "versioningConfiguration")["status"] === undefined,
        "MalformedXML: versioningConfiguration.status is needed: Enabled, Suspended or Disabled",
      ),
    ],
  }),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting({
    replaceOn: ["expectedBucketOwner"],
    checks: [
      oneOf(`${encryption}.sseAlgorithm`, ["AES256", "aws:kms", "aws:kms:dsse"], "MalformedXML"),
      refuseWhen(
        "rules",
        keyOnlyWithKms,
        "InvalidArgument: a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
      ),
    ],
    references: [kmsKey(`${encryption}.kmsMasterKeyId`)],
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting({
    replaceOn: ["expectedBucketOwner"],
    checks: [lifecycleProblems],
    defaults: { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
  }),
  "aws:s3/bucketPolicy:BucketPolicy": setting({
    checks: [policyDocument("policy", { code: "MalformedPolicy", principals: "required", quota: 20_480 })],
    refuses: [ownResources, principalsExist, publicPolicyAllowed],
  }),
  "aws:s3/bucketLogging:BucketLogging": setting({
    replaceOn: ["expectedBucketOwner"],
    references: [targetExists],
  }),
};

import { unknown } from "../../support/policy";
import { configMap, fails, passes, resource, type RuleCases } from "./case";

const ecr = "aws:ecr/repository:Repository";
const ecrPolicy = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const ecrLifecycle = "aws:ecr/lifecyclePolicy:LifecyclePolicy";
const gar = "gcp:artifactregistry/repository:Repository";
const garMember = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
const garBinding = "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding";
const acr = "azure-native:containerregistry:Registry";

/** Types of the same packages that have properties of the same names. */
const foreign = [
  configMap,
  resource("aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", {
    imageTagMutability: "MUTABLE",
    encryptionConfigurations: [{ encryptionType: "AES256" }],
  }),
  resource("gcp:storage/bucketIAMMember:BucketIAMMember", { member: "allUsers" }),
  resource("azure-native:containerregistry:Replication", { zoneRedundancy: "Disabled" }),
];

const imageTagsDoNotMove: RuleCases = {
  fails: [
    fails("tags that move by default", ["AWS-ECR-01"], resource(ecr)),
    fails(
      "all but some tags move",
      ["AWS-ECR-01"],
      resource(ecr, { imageTagMutability: "MUTABLE_WITH_EXCLUSION" }),
    ),
    fails("tags that move on Google Cloud", ["GCP-AR-01"], resource(gar, { dockerConfig: {} })),
    fails("nothing said", ["GCP-AR-01"], resource(gar, { format: "DOCKER" })),
  ],
  passes: [
    passes("fixed tags", [
      resource(ecr, { imageTagMutability: "IMMUTABLE" }),
      resource(gar, { dockerConfig: { immutableTags: true } }),
    ]),
    passes("fixed tags but some", resource(ecr, { imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" })),
  ],
  foreign,
};

const imagesAreScanned: RuleCases = {
  fails: [
    fails("no scan by default", ["AWS-ECR-02"], resource(ecr)),
    fails("no scan", ["AWS-ECR-02"], resource(ecr, { imageScanningConfiguration: { scanOnPush: false } })),
    fails(
      "scanning switched off",
      ["GCP-AR-01"],
      resource(gar, { vulnerabilityScanningConfig: { enablementConfig: "DISABLED" } }),
    ),
  ],
  passes: [
    passes("scans", [
      resource(ecr, { imageScanningConfiguration: { scanOnPush: true } }),
      resource(gar, { vulnerabilityScanningConfig: { enablementConfig: "INHERITED" } }),
    ]),
  ],
  foreign,
};

const imagesAreEncryptedWithOwnKey: RuleCases = {
  fails: [
    fails("Amazon's key by default", ["AWS-ECR-03"], resource(ecr)),
    fails(
      "Amazon's key",
      ["AWS-ECR-03"],
      resource(ecr, { encryptionConfigurations: [{ encryptionType: "AES256" }] }),
    ),
    fails("Google's key", ["GCP-AR-01"], resource(gar, { kmsKeyName: "" })),
  ],
  passes: [
    passes("keys that a preview does not know", [
      resource(ecr, { encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: unknown }] }),
      resource(gar, { kmsKeyName: unknown }),
    ]),
  ],
  foreign,
};

const everybody = { Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" };
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const closed = { publicNetworkAccess: "Disabled", dataEndpointEnabled: true };

const imageRegistriesArePrivate: RuleCases = {
  fails: [
    fails("pulled by everybody", ["AWS-ECR-04"], resource(ecrPolicy, { policy: document(everybody) })),
    fails("everybody on Google Cloud", ["GCP-AR-02"], resource(garMember, { member: "allUsers" })),
    fails(
      "everybody among others",
      ["GCP-AR-02"],
      resource(garBinding, { members: ["user:a@b.c", "allAuthenticatedUsers"] }),
    ),
    fails("a password for all", ["AZ-ACR-01"], resource(acr, { ...closed, adminUserEnabled: true })),
    fails("pulls without a name", ["AZ-ACR-01"], resource(acr, { ...closed, anonymousPullEnabled: true })),
    fails(
      "open to the internet",
      ["AZ-ACR-02"],
      resource(acr, { ...closed, publicNetworkAccess: "Enabled" }),
    ),
    fails("data from a shared host", ["AZ-ACR-02"], resource(acr, { ...closed, dataEndpointEnabled: false })),
  ],
  passes: [
    passes("named principals", [
      resource(ecrPolicy, {
        policy: document({ ...everybody, Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
      }),
      resource(garMember, { member: "serviceAccount:nodes@p.iam.gserviceaccount.com" }),
    ]),
    passes("a private registry", resource(acr, { ...closed, adminUserEnabled: false })),
  ],
  foreign,
};

const imageRegistriesSurviveAZone: RuleCases = {
  fails: [
    fails(
      "a tier without zones",
      ["AZ-ACR-02", "AZ-ACR-02"],
      resource(acr, { sku: { name: "Standard" }, zoneRedundancy: "Disabled" }),
    ),
  ],
  passes: [passes("in zones", resource(acr, { sku: { name: "Premium" }, zoneRedundancy: "Enabled" }))],
  foreign,
};

const repository = resource(ecr, {}, { name: "images", outputs: { id: "images-1" } });

const imageRegistriesAreCleanedUp: RuleCases = {
  fails: [
    fails("no lifecycle", ["AWS-ECR-04"], repository),
    fails(
      "the lifecycle of another",
      ["AWS-ECR-04"],
      [repository, resource(ecrLifecycle, { repository: "images-2" })],
    ),
    fails("nothing said on Azure", ["AZ-ACR-03"], resource(acr)),
    fails(
      "retention switched off",
      ["AZ-ACR-03"],
      resource(acr, { policies: { retentionPolicy: { status: "disabled" } } }),
    ),
  ],
  passes: [
    passes("a lifecycle", [repository, resource(ecrLifecycle, { repository: "images-1" })]),
    passes("retention", resource(acr, { policies: { retentionPolicy: { status: "enabled", days: 7 } } })),
  ],
  foreign,
};

export const imageCases = {
  "image-tags-do-not-move": imageTagsDoNotMove,
  "images-are-scanned": imagesAreScanned,
  "images-are-encrypted-with-own-key": imagesAreEncryptedWithOwnKey,
  "image-registries-are-private": imageRegistriesArePrivate,
  "image-registries-survive-a-zone": imageRegistriesSurviveAZone,
  "image-registries-are-cleaned-up": imageRegistriesAreCleanedUp,
};

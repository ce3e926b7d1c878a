import type { Failing, Passing } from "../rule-tables";

const expire = { type: "expire" };
const untagged = {
  rulePriority: 1,
  selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
  action: expire,
};
const newest = (selection: object = {}, rulePriority = 2) => ({
  rulePriority,
  selection: {
    tagStatus: "tagged",
    tagPatternList: ["*"],
    countType: "imageCountMoreThan",
    countNumber: 10,
    ...selection,
  },
  action: expire,
});
const rules = (...list: readonly object[]) => ({ policy: JSON.stringify({ rules: list }) });

/** Image repositories and GitHub's provider as the cloud takes them. */
export const images: readonly Passing[] = [
  [
    "images",
    "aws:ecr/repository:Repository",
    ({ key }) => ({
      name: "ml-platform/churn",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key!.state["arn"] }],
    }),
  ],
  [
    "images-age",
    "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    ({ images: made }) => ({ repository: made!.state["name"], ...rules(untagged, newest()) }),
  ],
  [
    "github",
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    { url: "https://token.actions.githubusercontent.com", clientIdLists: ["sts.amazonaws.com"] },
  ],
];

export const imageFaults: readonly Failing[] = [
  ["images", {}, /RepositoryAlreadyExistsException: The repository with name 'ml-platform\/churn' already/],
  ["images", { name: "ML" }, /invalid name 'ML'.*lower-case/],
  ["images", { name: "a" }, /invalid name 'a'.*2 to 256/],
  ["images", { name: "ml//churn" }, /invalid name 'ml\/\/churn'/],
  ["images", { name: "two", imageTagMutability: "FIXED" }, /imageTagMutability to be one of MUTABLE/],
  [
    "images",
    { name: "two", encryptionConfigurations: [{ encryptionType: "SSE" }] },
    /encryptionType to be one of AES256, KMS/,
  ],
  [
    "images",
    { name: "two", encryptionConfigurations: [{ encryptionType: "AES256", kmsKey: "k" }] },
    /kmsKey goes with encryptionType KMS only/,
  ],
  [
    "images",
    { name: "two", encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "arn:aws:kms:none" }] },
    /NotFoundException: Key 'arn:aws:kms:none' does not exist/,
  ],
  ["images-age", { repository: "none" }, /RepositoryNotFoundException.*'none'/],
  ["images-age", { policy: "[" }, /no JSON document/],
  ["images-age", rules(), /at least one rule/],
  ["images-age", rules(untagged, newest({}, 1)), /rulePriority must be unique: 1/],
  ["images-age", rules(newest({ tagPatternList: [] })), /needs either tagPrefixList or tagPatternList/],
  ["images-age", rules(newest({ tagStatus: "all" })), /tagStatus 'all' must be tagged, untagged or any/],
  [
    "images-age",
    rules(newest({ tagStatus: "any", tagPatternList: [] }, 1), { ...untagged, rulePriority: 2 }),
    /tagStatus any must have the highest rulePriority/,
  ],
  ["images-age", rules(newest({ countUnit: "days" })), /countUnit goes with countType sinceImagePushed/],
  ["images-age", rules(newest({ countNumber: 0 })), /countNumber must be 1 or more/],
  ["images-age", rules({ ...untagged, action: { type: "delete" } }), /action\.type must be expire/],
  ["github", {}, /EntityAlreadyExists: Provider with url https:\/\/token\.actions.* already exists/],
  ["github", { url: "http://example.com" }, /invalid url 'http:\/\/example\.com'/],
  ["github", { url: "https://example.com", thumbprintLists: ["abc"] }, /40 hexadecimal digits/],
];

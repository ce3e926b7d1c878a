import * as ecr from "@pulumi/aws/ecr";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { createPusher } from "./aws-pusher";
import { type ImageRegistryArgs, type ImageRegistryDrivers, roleOf } from "./contract";

/**
 * Amazon ECR: a repository each. No repository policy: within one account the identities' own policies decide, and a
 * policy on the repository could only widen that.
 */
export const aws: ImageRegistryDrivers["aws"] = (context, args) => {
  const made = args.repositories.map((role) => [role, createRepository(context, role, args)] as const);
  const grantIds = Object.fromEntries(made.map(([role, { arn }]) => [roleOf(role), arn]));
  return {
    // The host alone: its domain differs between AWS partitions.
    address: pulumi
      .all(made.map(([, { repositoryUrl }]) => repositoryUrl))
      .apply(([url = ""]) => url.replace(/\/.*$/, "")),
    repositoryUrls: Object.fromEntries(made.map(([role, { repositoryUrl }]) => [role, repositoryUrl])),
    grantIds,
    ...createPusher(context, args.ci, Object.values(grantIds)),
    lockTargets: [],
    logSources: [],
  };
};

function createRepository(
  { name, environment, tags, child, stateful, physicalName }: DriverContext<"aws">,
  role: string,
  args: ImageRegistryArgs,
): ecr.Repository {
  const repository = new ecr.Repository(
    `${name}-${roleOf(role)}`,
    {
      name: physicalName(role, nameRules.ecrRepository),
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.key.keyId }],
      forceDelete: environment !== "prod",
      tags,
    },
    stateful,
  );
  new ecr.LifecyclePolicy(
    `${name}-${roleOf(role)}-lifecycle`,
    { repository: repository.name, policy: JSON.stringify({ rules: lifecycleRules(args) }) },
    child,
  );
  return repository;
}

/** ECR wants the rule for any image last, so that it counts those only that no earlier rule took. */
function lifecycleRules({ keepImages, untaggedDays }: ImageRegistryArgs) {
  return [
    {
      rulePriority: 1,
      description: `Delete untagged images after ${untaggedDays} days`,
      selection: {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: untaggedDays,
      },
      action: { type: "expire" },
    },
    {
      rulePriority: 2,
      description: `Keep the last ${keepImages} tagged images`,
      selection: {
        tagStatus: "tagged",
        tagPatternList: ["*"],
        countType: "imageCountMoreThan",
        countNumber: keepImages,
      },
      action: { type: "expire" },
    },
  ];
}

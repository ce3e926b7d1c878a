import type { Mistake } from "./config-mistakes";

const ci = { repository: "acme/ml-models", branch: "main" };
const images = (imageRegistry: unknown) => ({ imageRegistry });
const pusher = (change: Readonly<Record<string, unknown>>) => images({ ci: { ...ci, ...change } });

/** Mistakes in what the image registry is told. */
export const imageMistakes: readonly Mistake[] = [
  {
    name: "no repository",
    set: images({ repositories: [] }),
    says: ["imageRegistry.repositories", "at least 1"],
  },
  {
    name: "a repository in capitals",
    set: images({ repositories: ["ML-Platform"] }),
    says: ["imageRegistry.repositories.0", '"ML-Platform"', "lower-case"],
  },
  {
    name: "a repository with a tag",
    set: images({ repositories: ["ml-platform:latest"] }),
    says: ["imageRegistry.repositories.0", '"ml-platform:latest"'],
  },
  {
    name: "a repository that starts with a digit",
    set: images({ repositories: ["1st"] }),
    says: ["imageRegistry.repositories.0", "start with a letter"],
  },
  {
    name: "a repository that ends with a slash",
    set: images({ repositories: ["serving/"] }),
    says: ["imageRegistry.repositories.0", '"serving/"'],
  },
  {
    name: "a repository of two dashes in a row",
    set: images({ repositories: ["ml--platform"] }),
    says: ["imageRegistry.repositories.0", "single dashes"],
  },
  {
    name: "a repository name that is too long",
    set: images({ repositories: ["a".repeat(41)] }),
    says: ["imageRegistry.repositories.0", "at most 40"],
  },
  {
    name: "two repositories of one name",
    set: images({ repositories: ["ml", "ml"] }),
    says: ["imageRegistry.repositories.1", "no other repository"],
  },
  {
    name: "two repositories that differ by a slash only",
    set: images({ repositories: ["serving/churn", "serving-churn"] }),
    says: ["imageRegistry.repositories.1", "/ is read as -"],
  },
  {
    name: "no image to keep",
    set: images({ keepImages: 0 }),
    says: ["imageRegistry.keepImages is 0", "1 to 1000"],
  },
  {
    name: "untagged images that are kept for ever",
    set: images({ untaggedDays: 366 }),
    says: ["imageRegistry.untaggedDays is 366", "1 to 365"],
  },
  {
    name: "an image registry setting with a typing error",
    set: images({ keepImage: 5 }),
    says: ["imageRegistry.keepImage", "did you mean keepImages"],
  },
  {
    name: "a pusher without an owner",
    set: pusher({ repository: "ml-models" }),
    says: ["imageRegistry.ci.repository", '"ml-models"', "owner/name"],
  },
  {
    name: "a pusher by its address",
    set: pusher({ repository: "https://github.com/acme/ml-models" }),
    says: ["imageRegistry.ci.repository", "owner/name"],
  },
  {
    name: "a pusher with neither branch nor environment",
    set: pusher({ branch: undefined }),
    says: ["imageRegistry.ci.branch is not set", "not every run may push", '"main"'],
  },
  {
    name: "a pusher with branch and environment",
    set: pusher({ environment: "prod" }),
    says: ["imageRegistry.ci.environment", "not both"],
  },
  {
    name: "a branch with a wildcard",
    set: pusher({ branch: "release/*" }),
    says: ["imageRegistry.ci.branch", '"release/*"', "without wildcards"],
  },
  {
    name: "a branch by its full reference and a space",
    set: pusher({ branch: "refs/heads/my branch" }),
    says: ["imageRegistry.ci.branch", "without refs/heads/"],
  },
  {
    name: "a provider of somebody else's tokens",
    set: pusher({ providerArn: "arn:aws:iam::123456789012:oidc-provider/gitlab.com" }),
    says: ["imageRegistry.ci.providerArn", "token.actions.githubusercontent.com"],
  },
  {
    name: "names that are too long together",
    set: pusher({ repository: `acme/${"m".repeat(100)}`, branch: "b".repeat(30) }),
    says: ["imageRegistry.ci.repository", "at most 127 characters"],
  },
];

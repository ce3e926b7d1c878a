import { number, object, objects, text, texts, type Properties } from "../values";
import { kmsKey } from "./aws-identity";
import { form, jsonProblems, oneOf, parseJson, refuseWhen } from "./checks";
import type { Check, Problem, RuleTable } from "./contract";

const repositoryType = "aws:ecr/repository:Repository";

const problem = (sentence: string): Problem => ({
  property: "policy",
  reason: `InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: '${sentence}'`,
});

/** The lifecycle policies that ECR takes. Source: ECR user guide, "Lifecycle policy properties", 2026-11-21. */
const lifecyclePolicy: Check = function* (inputs) {
  yield* jsonProblems(inputs, "policy", "InvalidParameterException");
  const document = parseJson(text(inputs, "policy") ?? "");
  if (document === undefined) return;
  const rules = objects(document, "rules");
  if (rules.length === 0) yield problem("a policy needs at least one rule");
  const priorities = rules.map((rule) => number(rule, "rulePriority"));
  for (const twice of priorities.filter((each, i) => priorities.indexOf(each) !== i)) {
    yield problem(`rulePriority must be unique: ${String(twice)} is given twice`);
  }
  for (const rule of rules) yield* ruleProblems(rule, priorities);
};

function* ruleProblems(rule: Properties, priorities: readonly (number | undefined)[]): Iterable<Problem> {
  const selection = object(rule, "selection");
  const priority = number(rule, "rulePriority");
  if (priority === undefined || priority < 1) yield problem("rulePriority must be 1 or more");
  const status = text(selection, "tagStatus") ?? "";
  const lists = ["tagPrefixList", "tagPatternList"].filter((key) => texts(selection, key).length > 0);
  if (!["tagged", "untagged", "any"].includes(status))
    yield problem(`tagStatus '${status}' must be tagged, untagged or any`);
  if (status === "tagged" && lists.length !== 1)
    yield problem("tagStatus tagged needs either tagPrefixList or tagPatternList");
  if (status !== "tagged" && lists.length > 0)
    yield problem(`tagStatus ${status} takes no ${lists.join(", ")}`);
  if (status === "any" && priorities.some((other) => (other ?? 0) > (priority ?? 0)))
    yield problem("a rule with tagStatus any must have the highest rulePriority");
  const type = text(selection, "countType") ?? "";
  if (!["imageCountMoreThan", "sinceImagePushed"].includes(type))
    yield problem(`countType '${type}' must be imageCountMoreThan or sinceImagePushed`);
  if ((selection["countUnit"] !== undefined) !== (type === "sinceImagePushed"))
    yield problem("countUnit goes with countType sinceImagePushed, and with it only");
  if ((number(selection, "countNumber") ?? 0) < 1) yield problem("countNumber must be 1 or more");
  if (text(object(rule, "action"), "type") !== "expire") yield problem("action.type must be expire");
}

const hasKeyWithoutKms = (inputs: Properties): boolean =>
  objects(inputs, "encryptionConfigurations").some(
    (encryption) => encryption["kmsKey"] !== undefined && text(encryption, "encryptionType") !== "KMS",
  );

/** Image repositories and GitHub's way in. Source: Amazon ECR and IAM API references, 2026-11-21. */
export const awsImages: RuleTable = {
  [repositoryType]: {
    id: "{name}",
    autoName: "name",
    checks: [
      form(
        "name",
        /^(?=.{2,256}$)([a-z0-9]+([._-]{1,2}[a-z0-9]+)*\/)*[a-z0-9]+([._-]{1,2}[a-z0-9]+)*$/,
        "2 to 256 lower-case letters, digits and . _ - / between them, starting with a letter or digit",
        "InvalidParameterException",
      ),
      oneOf(
        "imageTagMutability",
        ["MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION"],
        "InvalidParameterException",
      ),
      oneOf(
        "encryptionConfigurations[].encryptionType",
        ["AES256", "KMS", "KMS_DSSE"],
        "ValidationException",
      ),
      refuseWhen(
        "encryptionConfigurations",
        hasKeyWithoutKms,
        "InvalidParameterException: kmsKey goes with encryptionType KMS only",
      ),
    ],
    claims: [
      {
        key: "{account} {region} {name}",
        code: "RepositoryAlreadyExistsException",
        sentence: "The repository with name '{name}' already exists in the registry with id '{account}'",
      },
    ],
    exists: {
      code: "RepositoryAlreadyExistsException",
      sentence: "The repository with name '{name}' already exists in the registry with id '{account}'",
    },
    references: [kmsKey("encryptionConfigurations[].kmsKey")],
    replaceOn: ["name", "region", "encryptionConfigurations"],
    defaults: { forceDelete: false, imageTagMutability: "MUTABLE" },
    outputs: {
      arn: "arn:{partition}:ecr:{region}:{account}:repository/{id}",
      repositoryUrl: "{account}.dkr.ecr.{region}.{dnsSuffix}/{id}",
    },
    inUse: {
      code: "RepositoryNotEmptyException",
      sentence: "The repository with name '{id}' cannot be deleted because it still contains images",
    },
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    id: "{repository}",
    adopts: true,
    checks: [lifecyclePolicy],
    references: [
      {
        path: "repository",
        to: [repositoryType],
        missing: "RepositoryNotFoundException",
        sentence: "The repository with name '{value}' does not exist in the registry",
        held: false,
      },
    ],
    replaceOn: ["repository", "region"],
  },
};

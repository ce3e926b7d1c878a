import type * as pulumi from "@pulumi/pulumi";
import type { Access } from "../core/grant";

/** One statement of an IAM policy. */
export interface ImageStatement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
}

const pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] as const;

const push = [
  ...pull,
  "ecr:CompleteLayerUpload",
  "ecr:InitiateLayerUpload",
  "ecr:PutImage",
  "ecr:UploadLayerPart",
] as const;

const imageActions = { read: pull, write: push } as const satisfies Record<Access, readonly string[]>;

/**
 * What pulling or pushing takes. The log-in is to the whole registry of the account: GetAuthorizationToken knows no
 * resource (service authorization reference for ECR, read 2026-11-21), and what the token opens is what the other
 * statement says. ECR uses the key by grants of its own, so callers need no right on it.
 */
export function imageStatements(
  repositoryArns: readonly pulumi.Input<string>[],
  access: Access,
): readonly ImageStatement[] {
  return [
    { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" },
    { Effect: "Allow", Action: imageActions[access], Resource: repositoryArns },
  ];
}

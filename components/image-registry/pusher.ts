import { z } from "zod";

/** Where GitHub's tokens come from, as their `iss` claim says (GitHub OIDC reference, read 2026-11-21). */
export const githubIssuer = "https://token.actions.githubusercontent.com";

/** What a stack may set under `imageRegistry.ci`. */
export const pusherSchema = z.strictObject({
  repository: z
    .string()
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}\/[A-Za-z0-9._-]{1,100}$/,
      "a GitHub repository as owner/name",
    )
    .describe("GitHub repository whose workflow may push, spelt exactly as GitHub does.")
    .meta({ example: "acme/ml-models" }),
  branch: z
    .string()
    .regex(
      /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/,
      "a branch name, without refs/heads/ and without wildcards",
    )
    .optional()
    .describe("Branch whose runs may push. Either this or environment.")
    .meta({ example: "main" }),
  environment: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,255}$/, "the name of a GitHub environment: letters, digits, dots, _ and -")
    .optional()
    .describe("GitHub environment whose runs may push. Either this or branch.")
    .meta({ example: "prod" }),
  providerArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
      "the ARN of GitHub's OIDC provider, arn:aws:iam::<account>:oidc-provider/token.actions.githubusercontent.com",
    )
    .optional()
    .describe(
      "AWS: GitHub's OIDC provider where the account has it already; it can have only one. Left out, it is made.",
    )
    .meta({ example: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }),
});

export type Pusher = z.output<typeof pusherSchema>;

/** Google Cloud takes subjects of at most 127 characters (attribute mapping reference, read 2026-11-21). */
const longestSubject = 127;

/** What is wrong with a pusher whose parts are each right. */
export function pusherFault(
  pusher: Pusher,
): { readonly path: string[]; readonly message: string } | undefined {
  const { branch, environment } = pusher;
  if (branch !== undefined && environment !== undefined) {
    return { path: ["environment"], message: "either branch or environment, not both" };
  }
  if (branch === undefined && environment === undefined) {
    return {
      path: ["branch"],
      message: "a branch, or an environment beside it, so that not every run may push",
    };
  }
  if (subjectOf(pusher).length > longestSubject) {
    return {
      path: ["repository"],
      message: `names whose subject "${subjectOf(pusher)}" has at most ${longestSubject} characters`,
    };
  }
  return undefined;
}

/** The `sub` claim of the tokens that GitHub gives the allowed runs. */
export function subjectOf({ repository, branch, environment }: Pusher): string {
  return environment === undefined
    ? `repo:${repository}:ref:refs/heads/${branch ?? ""}`
    : `repo:${repository}:environment:${environment}`;
}

import { conditionValues, type Statement, statementCheck } from "../policy-document";
import type { Rule } from "../rule";

const trustsEverybody = ({ principals }: Statement) =>
  principals.some((principal) => principal.endsWith(":*"));

/** A web identity is only exact with both the caller (`sub`) and the audience (`aud`) pinned. */
function isLooseWebIdentity(statement: Statement): boolean {
  const isOidc = statement.principals.some(
    (name) => name.startsWith("Federated:") && name.includes("oidc-provider/"),
  );
  const pins = (claim: string) =>
    conditionValues(statement, "StringEquals", (key) => key.endsWith(`:${claim}`)).length > 0;
  return isOidc && !(pins("sub") && pins("aud"));
}

export const trustNamesItsPrincipals: Rule = {
  name: "trust-names-its-principals",
  description: "A role can be assumed by exactly the identities that it is for.",
  concern: "identity",
  note: "Roles that others assume are an AWS notion; see grants-are-narrow for Google Cloud's impersonation.",
  resources: {
    "aws:iam/role:Role": [
      statementCheck(
        "assumeRolePolicy",
        (statement) =>
          statement.effect === "Allow" && (trustsEverybody(statement) || isLooseWebIdentity(statement)),
        {
          control: "AWS-IAM-04",
          allowed: "named principals; for an OIDC provider StringEquals on both its :sub and its :aud",
          fix: "Name the service or role in Principal, and pin :sub and :aud by StringEquals.",
        },
      ),
    ],
  },
};

import type { Rule } from "../rule";

export const noStaticCredentials: Rule = {
  name: "no-static-credentials",
  description: "No long-lived key of an identity exists that could leak.",
  concern: "identity",
  note: "Azure: storage-has-no-side-doors turns shared keys off.",
  resources: {
    "gcp:serviceaccount/key:Key": [
      {
        control: "GCP-IAM-03",
        reads: ["serviceAccountId"],
        allowed: "no service account key at all",
        fix: "Remove the key and use Workload Identity.",
        findings: () => [{ property: "the resource", given: "a service account key" }],
      },
    ],
  },
};

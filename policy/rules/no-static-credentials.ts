import type { Check } from "../check";
import { textOf } from "../path";
import type { Rule } from "../rule";

/** What no start script may hold: an AWS access key, a private key, a password or token written out. */
const credentials =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|(?<![a-z])(password|passwd|secret|token)["']?\s*[:=]\s*["']?[^\s"'$]{8,}/i;

/** User data is Base64 in a launch template; plain text is looked at too. */
const scriptsOf = (userData: string) => [userData, Buffer.from(userData, "base64").toString("utf8")];

const noneInUserData: Check = {
  control: "AWS-EKS-09",
  reads: ["userData"],
  allowed: "a script without credentials",
  fix: "Take the credential out of userData and let the node's role fetch it.",
  findings: ({ inputs }) =>
    scriptsOf(textOf(inputs["userData"])).some((script) => credentials.test(script))
      ? [{ property: "userData", given: "a script with a credential in it" }]
      : [],
};

export const noStaticCredentials: Rule = {
  name: "no-static-credentials",
  description: "No long-lived key of an identity exists that could leak.",
  concern: "identity",
  note: "Azure: storage-has-no-side-doors turns shared keys off.",
  resources: {
    "aws:ec2/launchTemplate:LaunchTemplate": [noneInUserData],
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

import { property } from "../check";
import { isAtLeast, isSet } from "../condition";
import type { Rule } from "../rule";

export const logsAreKeptAndEncrypted: Rule = {
  name: "logs-are-kept-and-encrypted",
  description: "Logs are kept for a stated time, a year in production, under the platform's own key.",
  concern: "logging",
  note: "Google Cloud and Azure keep logs in buckets and workspaces; their retention is checked there.",
  resources: {
    "aws:cloudwatch/logGroup:LogGroup": [
      property("retentionInDays", isAtLeast(1, "days"), {
        control: "AWS-MON-01",
        fix: "Set retentionInDays; without it logs are kept, and paid for, for ever.",
      }),
      property("retentionInDays", isAtLeast(365, "days"), {
        control: "AWS-MON-01",
        when: "prod",
        fix: "Set retentionInDays: 365 or more.",
      }),
      property("kmsKeyId", isSet, {
        control: "AWS-MON-02",
        fix: "Set kmsKeyId to the ARN of the platform's key.",
      }),
    ],
  },
};

import { property } from "../check";
import { isAtLeast, isSet } from "../condition";
import type { Rule } from "../rule";

export const logsAreKeptAndEncrypted: Rule = {
  name: "logs-are-kept-and-encrypted",
  description: "Logs are kept for a stated time, a year in production, under the platform's own key.",
  concern: "logging",
  note:
    "Google Cloud keeps audit logs for 400 days by itself. Workspaces on Azure are for reading: 90 days in production, " +
    "because what is kept longer stands in the logs account.",
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
    "azure-native:operationalinsights:Workspace": [
      property("retentionInDays", isAtLeast(30, "days"), {
        control: "AZ-MON-02",
        fix: "Set retentionInDays: 30 or more.",
      }),
      property("retentionInDays", isAtLeast(90, "days"), {
        control: "AZ-MON-02",
        when: "prod",
        fix: "Set retentionInDays: 90 or more.",
      }),
    ],
  },
};

import { property } from "../check";
import { companion } from "../companion";
import { is } from "../condition";
import type { Rule } from "../rule";

export const imageRegistriesAreCleanedUp: Rule = {
  name: "image-registries-are-cleaned-up",
  description: "Images that nobody uses any more do not pile up, with their vulnerabilities and costs.",
  concern: "governance",
  note:
    "The control table asks for it on AWS and Azure; the drivers clean up on every cloud. Of AZ-ACR-03 the quarantine " +
    "and the trust policy are left out: with quarantine nothing can be pulled until a scanner of one's own releases it, " +
    "and content trust has been retired in favour of signatures beside the image.",
  resources: {
    "azure-native:containerregistry:Registry": [
      property("policies.retentionPolicy.status", is("enabled"), {
        control: "AZ-ACR-03",
        fix: 'Set policies.retentionPolicy: { status: "enabled", days: 7 }.',
      }),
    ],
  },
  stack: [
    companion({
      on: "aws:ecr/repository:Repository",
      companion: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
      by: "repository",
      control: "AWS-ECR-04",
      fix: "Add a LifecyclePolicy for the repository.",
    }),
  ],
};

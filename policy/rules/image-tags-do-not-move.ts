import { property } from "../check";
import { is, isOneOf } from "../condition";
import type { Rule } from "../rule";

export const imageTagsDoNotMove: Rule = {
  name: "image-tags-do-not-move",
  description: "What a tag named yesterday it names today: nobody puts another image behind it.",
  concern: "governance",
  note: "Azure has no such switch for a whole registry: images can be locked one by one, see docs/adr/0009.",
  resources: {
    "aws:ecr/repository:Repository": [
      property("imageTagMutability", isOneOf("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"), {
        control: "AWS-ECR-01",
        fix: 'Set imageTagMutability: "IMMUTABLE".',
      }),
    ],
    "gcp:artifactregistry/repository:Repository": [
      property("dockerConfig.immutableTags", is(true), {
        control: "GCP-AR-01",
        fix: "Set dockerConfig: { immutableTags: true }.",
      }),
    ],
  },
};

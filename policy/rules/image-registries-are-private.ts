import { property } from "../check";
import { is, isNot } from "../condition";
import { allowsEverybody, statementCheck } from "../policy-document";
import { membersAreKnown } from "../principal";
import type { Rule } from "../rule";

const registry = (path: string, value: string | boolean) =>
  property(path, is(value), { control: "AZ-ACR-02", fix: `Set ${path}: ${JSON.stringify(value)}.` });

const withoutPassword = (path: string) =>
  property(path, isNot(true), { control: "AZ-ACR-01", fix: `Set ${path}: false.` });

export const imageRegistriesArePrivate: Rule = {
  name: "image-registries-are-private",
  description: "Only identities that were granted it pull or push images.",
  concern: "exposure",
  resources: {
    "aws:ecr/repositoryPolicy:RepositoryPolicy": [
      statementCheck("policy", allowsEverybody, {
        control: "AWS-ECR-04",
        allowed: "Allow statements that name their principals",
        fix: 'Replace Principal "*" in policy by the roles or accounts that need the images.',
      }),
    ],
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember": [membersAreKnown("member", "GCP-AR-02")],
    "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding": [
      membersAreKnown("members[]", "GCP-AR-02"),
    ],
    "azure-native:containerregistry:Registry": [
      withoutPassword("adminUserEnabled"),
      withoutPassword("anonymousPullEnabled"),
      registry("publicNetworkAccess", "Disabled"),
      registry("dataEndpointEnabled", true),
    ],
  },
};

import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Drivers } from "../core/capability";
import type { LockTarget } from "../deletion-lock/contract";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";
import type { PrivateLinkTarget } from "../network/contract";
import type { LogSource } from "../object-storage/contract";
import { pusherFault, pusherSchema } from "./pusher";

/**
 * The strictest of three clouds: Artifact Registry wants a letter first and dashes only, ECR and Container Registry allow
 * slashes between parts (their references on repository names, read 2026-11-21).
 */
const repositorySchema = z
  .string()
  .max(40, "at most 40 characters")
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\/[a-z][a-z0-9]*(-[a-z0-9]+)*)*$/,
    "lower-case letters, digits and single dashes in parts that start with a letter, with / between them",
  );

/** A repository's name as part of a resource's name. */
export const roleOf = (repository: string): string => repository.replaceAll("/", "-");

/** What a stack may set under `imageRegistry`. */
export const imageRegistrySchema = z.strictObject({
  repositories: z
    .array(repositorySchema)
    .min(1)
    .max(50)
    .superRefine((names, ctx) => {
      const flat = names.map(roleOf);
      flat.forEach((name, index) => {
        if (flat.indexOf(name) !== index) {
          ctx.addIssue({
            code: "custom",
            path: [index],
            message: "a name that no other repository has, also when / is read as -",
          });
        }
      });
    })
    .default(["ml-platform"])
    .describe("Repositories for container images, by name.")
    .meta({ example: ["ml-platform", "serving/churn"] }),
  keepImages: z
    .int()
    .min(1)
    .max(1000)
    .default(10)
    .describe("Newest images of each repository that are kept; older ones are deleted.")
    .meta({ example: 10 }),
  untaggedDays: z
    .int()
    .min(1)
    .max(365)
    .default(7)
    .describe("Days until an image that lost its tag is deleted.")
    .meta({ example: 7 }),
  ci: pusherSchema
    .superRefine((ci, ctx) => {
      const fault = pusherFault(ci);
      if (fault !== undefined) ctx.addIssue({ code: "custom", ...fault });
    })
    .optional()
    .describe("The GitHub workflow that may push images, by OIDC and without a stored key."),
});

export type ImageRegistrySettings = z.output<typeof imageRegistrySchema>;

export interface ImageRegistryArgs extends ImageRegistrySettings {
  readonly key: EncryptionKeyOutputs;
  readonly privateLink: PrivateLinkTarget;
  /** Subnets for machines that must reach the registry from inside the network. */
  readonly machineSubnetIds: pulumi.Output<string[]>;
}

/** What every driver returns, and all that a consumer may rely on. */
export interface ImageRegistryOutputs {
  /** Host that a container client logs in to. */
  readonly address: pulumi.Output<string>;
  /** By repository: with `:tag` behind it, the name of an image, on every cloud. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  /** What a grant names (`core/grant.ts`), by a short name: each repository, or the registry where rights hold for all of it. */
  readonly grantIds: Readonly<Record<string, pulumi.Output<string>>>;
  /** AWS: role ARN. Google Cloud: e-mail of the service account. Azure: client id. Empty without `ci`. */
  readonly ciIdentityId: pulumi.Output<string>;
  /** What exchanges the workflow's token: AWS provider ARN, Google Cloud provider name, Azure tenant id. Empty without `ci`. */
  readonly ciProviderId: pulumi.Output<string>;
  /** What holds data, and must be locked once all is made. */
  readonly lockTargets: readonly LockTarget[];
  /** What tells who pushed and pulled. */
  readonly logSources: readonly LogSource[];
}

export type ImageRegistryDrivers = Drivers<ImageRegistryArgs, ImageRegistryOutputs>;

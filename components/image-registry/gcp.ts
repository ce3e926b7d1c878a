import * as artifactregistry from "@pulumi/gcp/artifactregistry";
import * as projects from "@pulumi/gcp/projects";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { type ImageRegistryArgs, type ImageRegistryDrivers, roleOf } from "./contract";
import { createPusher } from "./gcp-pusher";

const secondsPerDay = 86_400;

/**
 * Artifact Registry: a regional Docker repository each. An image's name has one more part than on the other clouds;
 * what is handed out as the repository's URL has it already.
 */
export const gcp: ImageRegistryDrivers["gcp"] = (context, args) => {
  const { name, settings, child } = context;
  const address = `${settings.region}-docker.pkg.dev`;
  // Scanning is a service of the project, and stays on: other stacks of the project may use it too.
  const scanning = new projects.Service(
    `${name}-scanning`,
    { service: "containerscanning.googleapis.com", disableOnDestroy: false },
    child,
  );
  const made = args.repositories.map(
    (role) => [role, createRepository(context, role, args, scanning)] as const,
  );
  const grantIds = Object.fromEntries(made.map(([role, { id }]) => [roleOf(role), id]));
  return {
    address: pulumi.output(address),
    repositoryUrls: Object.fromEntries(
      made.map(([role, { project, repositoryId }]) => [
        role,
        pulumi.interpolate`${address}/${project}/${repositoryId}/${role}`,
      ]),
    ),
    grantIds,
    ...createPusher(context, args.ci, grantIds),
    lockTargets: [],
    logSources: [],
  };
};

function createRepository(
  { name, settings, tags, stateful, physicalName }: DriverContext<"gcp">,
  role: string,
  args: ImageRegistryArgs,
  scanning: projects.Service,
): artifactregistry.Repository {
  return new artifactregistry.Repository(
    `${name}-${roleOf(role)}`,
    {
      repositoryId: physicalName(role, nameRules.gcpRepository),
      location: settings.region,
      format: "DOCKER",
      mode: "STANDARD_REPOSITORY",
      description: `Container images: ${role}`,
      kmsKeyName: args.key.keyId,
      dockerConfig: { immutableTags: true },
      // Scans whenever the project's scanning service is on; there is no value that forces it.
      vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
      cleanupPolicyDryRun: false,
      cleanupPolicies: cleanupPolicies(args),
      labels: tags,
    },
    { ...stateful, dependsOn: scanning },
  );
}

/** A policy that keeps wins over one that deletes, and deletes nothing by itself. */
function cleanupPolicies({ keepImages, untaggedDays }: ImageRegistryArgs) {
  const olderThan = `${untaggedDays * secondsPerDay}s`;
  return [
    { id: "delete-untagged", action: "DELETE", condition: { tagState: "UNTAGGED", olderThan } },
    { id: "delete-tagged", action: "DELETE", condition: { tagState: "TAGGED", olderThan } },
    { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: keepImages } },
  ];
}

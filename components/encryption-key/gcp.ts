import * as kms from "@pulumi/gcp/kms";
import { getProjectOutput } from "@pulumi/gcp/organizations";
import * as projects from "@pulumi/gcp/projects";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { type EncryptionKeyDrivers, rotationDays } from "./contract";

const secondsPerDay = 86_400;

/**
 * Cloud KMS. Key rings and keys can never be deleted, only their versions, so their names stay taken: Pulumi's own
 * names, with a random end that is kept in the state, let a stack be destroyed and built again.
 */
export const gcp: EncryptionKeyDrivers["gcp"] = (context, args) => {
  const { name, settings, tags, child, stateful } = context;
  const ring = new kms.KeyRing(`${name}-ring`, { location: settings.region }, child);
  const key = new kms.CryptoKey(
    name,
    {
      keyRing: ring.id,
      purpose: "ENCRYPT_DECRYPT",
      versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
      rotationPeriod: `${rotationDays * secondsPerDay}s`,
      destroyScheduledDuration: `${args.deletionDays * secondsPerDay}s`,
      labels: tags,
    },
    stateful,
  );
  const mayUse = serviceAgents(context).map(
    ([role, email]) =>
      new kms.CryptoKeyIAMMember(
        `${name}-${role}`,
        {
          cryptoKeyId: key.id,
          role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
          member: pulumi.interpolate`serviceAccount:${email}`,
        },
        child,
      ),
  );
  return {
    // Known in a preview even while a right is still to be given: an unknown key would look like another key, and what
    // cannot change its key would look replaced.
    keyId: pulumi
      .all([key.id, pulumi.all(mayUse.map(({ cryptoKeyId }) => cryptoKeyId))])
      .apply(([keyId]) => keyId),
    keyVersionId: pulumi.output(undefined),
    storeId: pulumi.output(undefined),
    delegateId: pulumi.output(undefined),
    privateLinks: [],
    lockTargets: [],
    logSources: [],
  };
};

/**
 * The accounts that Google's services encrypt as: Cloud Storage (which the look-up brings into being), Artifact Registry
 * (by being asked for, else with a project's first repository), GKE for secrets in the cluster's database, Compute Engine
 * for disks. The latter two come with their APIs.
 */
function serviceAgents({
  name,
  settings,
  child,
}: DriverContext<"gcp">): readonly (readonly [string, pulumi.Output<string>])[] {
  const project = { project: settings.project };
  const { number } = getProjectOutput({ projectId: settings.project }, child);
  const registry = new projects.ServiceIdentity(
    `${name}-registry-agent`,
    { ...project, service: "artifactregistry.googleapis.com" },
    child,
  );
  return [
    ["storage", getProjectServiceAccountOutput(project, child).emailAddress],
    ["registry", registry.email],
    ["clusters", pulumi.interpolate`service-${number}@container-engine-robot.iam.gserviceaccount.com`],
    ["disks", pulumi.interpolate`service-${number}@compute-system.iam.gserviceaccount.com`],
  ];
}

import * as kms from "@pulumi/gcp/kms";
import * as projects from "@pulumi/gcp/projects";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage";
import * as pulumi from "@pulumi/pulumi";
import { type EncryptionKeyDrivers, rotationDays } from "./contract";

const secondsPerDay = 86_400;

/**
 * Cloud KMS. Key rings and keys can never be deleted, only their versions, so their names stay taken: Pulumi's own
 * names, with a random end that is kept in the state, let a stack be destroyed and built again.
 */
export const gcp: EncryptionKeyDrivers["gcp"] = ({ name, settings, tags, child, stateful }, args) => {
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
  // Cloud Storage encrypts as a service account of its own, which the look-up brings into being.
  const storageAgent = getProjectServiceAccountOutput({ project: settings.project }, child);
  // Artifact Registry does so too; its account comes into being with a project's first repository, or by being asked for.
  const registryAgent = new projects.ServiceIdentity(
    `${name}-registry-agent`,
    { project: settings.project, service: "artifactregistry.googleapis.com" },
    child,
  );
  const users = [
    ["storage", storageAgent.emailAddress],
    ["registry", registryAgent.email],
  ] as const;
  const mayUse = users.map(
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
    delegateId: pulumi.output(undefined),
    privateLinks: [],
    lockTargets: [],
    logSources: [],
  };
};

import * as kms from "@pulumi/gcp/kms";
import { getProjectOutput } from "@pulumi/gcp/organizations";
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
  const waits = serviceAgents(context).map(
    ([role, email]) =>
      new kms.CryptoKeyIAMMember(
        `${name}-${role}`,
        {
          cryptoKeyId: key.id,
          role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
          member: pulumi.interpolate`serviceAccount:${email}`,
        },
        child,
      ).cryptoKeyId,
  );
  return {
    keyId: pulumi.all(waits).apply(() => key.id),
    keyVersionId: pulumi.output(undefined),
    storeId: pulumi.output(undefined),
    delegateId: pulumi.output(undefined),
    privateLinks: [],
    lockTargets: [],
    logSources: [],
  };
};

/**
 * The accounts that Google's services encrypt as: Cloud Storage (which the look-up brings into being), GKE for secrets
 * in the cluster's database, Compute Engine for disks. The latter two come with their APIs.
 */
function serviceAgents({
  settings,
  child,
}: DriverContext<"gcp">): readonly (readonly [string, pulumi.Output<string>])[] {
  const project = { project: settings.project };
  const { number } = getProjectOutput({ projectId: settings.project }, child);
  return [
    ["storage", getProjectServiceAccountOutput(project, child).emailAddress],
    ["clusters", pulumi.interpolate`service-${number}@container-engine-robot.iam.gserviceaccount.com`],
    ["disks", pulumi.interpolate`service-${number}@compute-system.iam.gserviceaccount.com`],
  ];
}

import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Drivers } from "../core/capability";
import type { Environment, Scope } from "../core/cloud";
import type { LockTarget } from "../deletion-lock/contract";
import type { PrivateLink } from "../network/contract";
import type { LogSource } from "../object-storage/contract";

const deletionDays: { readonly [E in Environment]: number } = { dev: 14, staging: 14, prod: 30 };

/** What a stack may set under `encryptionKey`. */
export const encryptionKeySchema = ({ environment }: Scope) =>
  z.strictObject({
    deletionDays: z
      .int()
      .min(14)
      .max(30)
      .default(deletionDays[environment])
      .describe(
        "Days in which a deleted key can still be brought back, and with it what it encrypts. Choose before the first " +
          "deployment: Google Cloud and Azure fix it when the key is made, and a change would make a new key.",
      )
      .meta({ example: 30 }),
  });

export type EncryptionKeyArgs = z.output<ReturnType<typeof encryptionKeySchema>>;

/** Days between two rotations: the shortest that AWS takes (90 to 2560) and the longest that CIS GCP 1.11 allows. */
export const rotationDays = 90;

/** What every driver returns, and all that a consumer may rely on. */
export interface EncryptionKeyOutputs {
  /**
   * AWS: key ARN. Google Cloud: crypto key id. Azure: key URI without version, so that rotation is followed. Whoever
   * uses it waits for the permissions of the services that encrypt with it.
   */
  readonly keyId: pulumi.Output<string>;
  /**
   * Azure: the key's URI with its newest version, for those that must be told one. Undefined elsewhere.
   */
  readonly keyVersionId: pulumi.Output<string | undefined>;
  /** Azure: resource id of the vault that holds the key. Undefined elsewhere. */
  readonly storeId: pulumi.Output<string | undefined>;
  /** Azure: identity that a service assumes to use the key. Undefined where services use identities of their own. */
  readonly delegateId: pulumi.Output<string | undefined>;
  /** Endpoints that the network must give the key's store. */
  readonly privateLinks: readonly PrivateLink[];
  /** What holds data, and must be locked once all is made. */
  readonly lockTargets: readonly LockTarget[];
  /** What tells who used the key. */
  readonly logSources: readonly LogSource[];
}

export type EncryptionKeyDrivers = Drivers<EncryptionKeyArgs, EncryptionKeyOutputs>;

import type * as pulumi from "@pulumi/pulumi";

/** What a grant lets its holder do: look at data, or also add and change it. Deleting versions is never granted. */
export type Access = "read" | "write";

/**
 * Permission to use something that a capability made. Capabilities hand grants out as values; the workload identity's
 * drivers turn them into the cloud's own terms. `id` is whatever that cloud calls the thing.
 */
export type Grant =
  | {
      readonly kind: "bucket";
      /** AWS: bucket name. Google Cloud: bucket name. Azure: container's resource id. */
      readonly id: pulumi.Output<string>;
      /** Only objects under this prefix; it ends with `/`. */
      readonly prefix: string;
      readonly access: Access;
    }
  | {
      readonly kind: "encryption-key";
      /** AWS: key ARN. Google Cloud: crypto key id. Azure: Key Vault key URI. */
      readonly id: pulumi.Output<string>;
      readonly access: Access;
    };

/** One entry for each kind of grant. A kind that is forgotten does not compile. */
export type GrantTable<Result> = {
  readonly [K in Grant["kind"]]: (grant: Extract<Grant, { kind: K }>) => Result;
};

/** Looks up what a cloud makes of a grant. */
export function applyGrant<K extends Grant["kind"], Result>(
  table: GrantTable<Result>,
  grant: Extract<Grant, { kind: K }>,
): Result {
  const apply: (grant: Extract<Grant, { kind: K }>) => Result = table[grant.kind];
  return apply(grant);
}

import type * as pulumi from "@pulumi/pulumi";

/**
 * What a grant lets its holder do: read objects, or also add, replace and delete them. Older versions stay: what a
 * holder of `write` deletes or replaces by mistake can be brought back.
 */
export type Access = "read" | "write";

/**
 * Permission to use something that a capability made. Capabilities hand grants out as values; the workload identity's
 * drivers turn them into the cloud's own terms. `id` is whatever that cloud calls the thing.
 */
export interface BucketGrant {
  readonly kind: "bucket";
  /** Unique among the grants of one identity, and the same on every run: it names what gives the right. */
  readonly name: string;
  /** AWS: bucket ARN. Google Cloud: bucket name. Azure: resource id of the storage container. */
  readonly id: pulumi.Output<string>;
  /** Only objects under this prefix; it ends with `/`. */
  readonly prefix: string;
  readonly access: Access;
  /** Key that the bucket is encrypted with, for clouds where a reader needs the key too (AWS). */
  readonly keyId: pulumi.Output<string>;
}

/** Permission to use every repository of an image registry: `read` pulls images, `write` pushes them too. */
export interface ImageRegistryGrant {
  readonly kind: "image-registry";
  /** Unique among the grants of one identity, and the same on every run: it names what gives the right. */
  readonly name: string;
  /** AWS: ARN of each repository. Google Cloud: id of each. Azure: resource id of the registry. By a short name. */
  readonly ids: Readonly<Record<string, pulumi.Output<string>>>;
  readonly access: Access;
}

/** Every kind of grant; a new capability adds its own here, and the drivers' tables no longer compile until they know it. */
interface GrantKinds {
  readonly bucket: BucketGrant;
  readonly "image-registry": ImageRegistryGrant;
}

type Kind = keyof GrantKinds;

export type Grant<K extends Kind = Kind> = { [P in K]: GrantKinds[P] & { readonly kind: P } }[K];

/** One entry for each kind of grant. A kind that is forgotten does not compile. */
export type GrantTable<Result> = { readonly [K in Kind]: (grant: Grant<K>) => Result };

/** Looks up what a cloud makes of a grant. */
export function applyGrant<Result, K extends Kind>(table: GrantTable<Result>, grant: Grant<K>): Result {
  return table[grant.kind](grant);
}

/** Parts of the Pulumi SDK that it ships without types. */

declare module "@pulumi/pulumi/runtime/state" {
  /** What the SDK knows of its engine. */
  export function getStore(): { readonly supportsTransforms: boolean };
}

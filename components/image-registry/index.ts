import type * as pulumi from "@pulumi/pulumi";
import { Capability, type Platform } from "../core/capability";
import type { Access, ImageRegistryGrant } from "../core/grant";
import { aws } from "./aws";
import { azure } from "./azure";
import type { ImageRegistryArgs, ImageRegistryOutputs } from "./contract";
import { gcp } from "./gcp";

/** Private repositories for container images: scanned, cleaned up, pulled by grant and pushed by CI only. */
export class ImageRegistry extends Capability<ImageRegistryArgs, ImageRegistryOutputs> {
  constructor(
    name: string,
    platform: Platform,
    args: ImageRegistryArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("ImageRegistry", { aws, gcp, azure }, name, platform, args, opts);
  }

  /** Permission to pull images (`read`), or to push them too (`write`), in every repository. */
  grant(access: Access): ImageRegistryGrant {
    return { kind: "image-registry", name: "images", ids: this.outputs.grantIds, access };
  }
}

import type * as pulumi from "@pulumi/pulumi";
import { Capability, type Platform } from "../core/capability";
import { aws } from "./aws";
import { azure } from "./azure";
import type { EncryptionKeyArgs, EncryptionKeyOutputs } from "./contract";
import { gcp } from "./gcp";

/** The stack's own key, rotated by the cloud, that everything at rest is encrypted with. */
export class EncryptionKey extends Capability<EncryptionKeyArgs, EncryptionKeyOutputs> {
  constructor(
    name: string,
    platform: Platform,
    args: EncryptionKeyArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("EncryptionKey", { aws, gcp, azure }, name, platform, args, opts);
  }
}

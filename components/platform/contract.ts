import type * as pulumi from "@pulumi/pulumi";
import type { Cloud, CloudSettings } from "../core/cloud";

/** The stack's connection to its cloud. */
export interface Connection {
  /** Providers for every package that the cloud's drivers use; default providers are disabled. */
  readonly providers: pulumi.ProviderResource[];
  /** The account that the credentials belong to: AWS account id, Google Cloud project, Azure subscription id. */
  readonly account: pulumi.Output<string>;
}

/** Opens the connection that every resource of the stack goes through. */
export type Connect<C extends Cloud> = (settings: CloudSettings[C]) => Connection;

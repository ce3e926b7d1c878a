import * as pulumi from "@pulumi/pulumi";
import type { Cloud, CloudSettings, Environment, Target } from "./cloud";
import { type NameRule, physicalName } from "./names";
import { formatTags, type StandardTags, type Tags } from "./tags";

/** What all capabilities of one stack share. */
export interface Platform<C extends Cloud = Cloud> {
  readonly target: Target<C>;
  readonly environment: Environment;
  /** Heads every physical name, for example `ml-platform`. */
  readonly project: string;
  /** Connections to the cloud. Children get them from their component, so drivers never handle them. */
  readonly providers: pulumi.ProviderResource[];
  /** AWS account id, Google Cloud project or Azure subscription id. */
  readonly account: pulumi.Output<string>;
  readonly tags: { readonly standard: Omit<StandardTags, "Capability">; readonly own: Tags };
}

/** What a driver is handed besides its arguments. */
export interface DriverContext<C extends Cloud> {
  /** Name of the component. The name of every child starts with it. */
  readonly name: string;
  readonly settings: CloudSettings[C];
  readonly environment: Environment;
  readonly account: pulumi.Output<string>;
  readonly tags: Tags;
  /** Options that make a resource a child of the component. */
  readonly child: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };
  /** The same for a resource that holds data: Pulumi refuses to delete or replace it in prod. */
  readonly stateful: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };
  /** Makes the physical name of one role within this capability (`names.ts`). */
  readonly physicalName: (role: string, rule: NameRule) => pulumi.Output<string>;
}

/** Creates the resources of one capability on one cloud. */
export type Driver<C extends Cloud, Args, Outputs> = (context: DriverContext<C>, args: Args) => Outputs;

/** One driver for each cloud. Leaving one out does not compile. */
export type Drivers<Args, Outputs> = { readonly [C in Cloud]: Driver<C, Args, Outputs> };

/** A component that is built by the driver of the stack's cloud, and looks the same on all of them. */
export abstract class Capability<Args extends object, Outputs extends object>
  extends pulumi.ComponentResource
{
  readonly outputs: Outputs;

  /**
   * @param type - class name; the type token is `mlplatform:index:<type>` on every cloud.
   * @param name - component name; heads the names of all children.
   */
  protected constructor(
    type: string,
    drivers: Drivers<Args, Outputs>,
    name: string,
    platform: Platform,
    args: Args,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super(`mlplatform:index:${type}`, name, {}, { ...opts, providers: platform.providers });
    this.outputs = runDriver(drivers, platform.target, driverContext(this, name, platform), args);
    this.registerOutputs(this.outputs);
  }
}

function driverContext(
  parent: pulumi.Resource,
  name: string,
  platform: Platform,
): Omit<DriverContext<Cloud>, "settings"> {
  const { target, environment, project, account, tags } = platform;
  const stack = { pulumiProject: pulumi.getProject(), stack: pulumi.getStack() };
  return {
    name,
    environment,
    account,
    tags: formatTags(target.cloud, { ...tags.standard, Capability: name }, tags.own),
    child: { parent },
    stateful: { parent, protect: environment === "prod" },
    physicalName: (role, rule) =>
      account.apply((id) => physicalName({ ...stack, account: id }, [project, environment, role], rule)),
  };
}

/** The one place that picks a cloud's implementation. */
function runDriver<C extends Cloud, Args, Outputs>(
  drivers: Drivers<Args, Outputs>,
  target: Target<C>,
  context: Omit<DriverContext<C>, "settings">,
  args: Args,
): Outputs {
  const driver: Driver<C, Args, Outputs> = drivers[target.cloud];
  return driver({ ...context, settings: target.settings }, args);
}

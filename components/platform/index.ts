import * as pulumi from "@pulumi/pulumi";
import type { Platform } from "../core/capability";
import type { Cloud, Environment, Target } from "../core/cloud";
import type { Tags } from "../core/tags";
import { aws } from "./aws";
import { azure } from "./azure";
import type { Connect } from "./contract";
import { gcp } from "./gcp";

const connect: { readonly [C in Cloud]: Connect<C> } = { aws, gcp, azure };

/** What `openPlatform` needs of a stack's config. */
export interface PlatformArgs {
  readonly target: Target;
  readonly environment: Environment;
  readonly project: string;
  readonly owner: string;
  readonly costCenter: string;
  readonly tags: Tags;
}

/** Connects to the stack's cloud and gathers what all capabilities share. */
export function openPlatform(args: PlatformArgs): Platform {
  const { target, environment, project } = args;
  return {
    target,
    environment,
    project,
    ...connectTo(target),
    tags: {
      standard: {
        Environment: environment,
        Project: project,
        ManagedBy: "pulumi",
        Stack: pulumi.getStack(),
        Owner: args.owner,
        CostCenter: args.costCenter,
      },
      own: args.tags,
    },
  };
}

function connectTo<C extends Cloud>(target: Target<C>) {
  const open: Connect<C> = connect[target.cloud];
  return open(target.settings);
}

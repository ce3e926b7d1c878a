import type { Severity } from "@pulumi/policy";
import { awsControls } from "./aws";
import { azureControls } from "./azure";
import type { Control } from "./control";
import { gcpControls } from "./gcp";
import { sharedControls } from "./shared";

const all = { ...awsControls, ...gcpControls, ...azureControls, ...sharedControls };

export type ControlId = keyof typeof all;

/** Every control whose resource kinds the program uses, whether or not a pack can see it. */
export const controls: Readonly<Record<ControlId, Control>> = all;

/** Controls that a policy pack cannot check, each with the reason and what checks it instead. */
export const controlsOutOfSight: { readonly [Id in ControlId]?: string } = {
  "X-04":
    "The engine hands secrets to a pack unwrapped, so a pack cannot tell a secret from a plain literal. " +
    "The engine tests look for the secret mark in the checkpoint instead.",
  "X-05":
    "A stack lives on one cloud, so no run shows a pack all three. " +
    "A test over the rules asks that each concern has controls on every cloud, " +
    "and the parity tests compare what the program builds on them.",
};

const order: readonly Severity[] = ["low", "medium", "high", "critical"];

/** The highest severity among the controls. */
export function highestSeverity(ids: readonly ControlId[]): Severity {
  const rank = Math.max(0, ...ids.map((id) => order.indexOf(controls[id].severity)));
  return order[rank] ?? "low";
}

import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";

/** In prod, keeps Azure itself from deleting something that holds data, whoever asks. */
export function lockData(
  { name, environment, child }: DriverContext<"azure">,
  role: string,
  scope: pulumi.Output<string>,
): void {
  if (environment !== "prod") return;
  new authorization.ManagementLockByScope(
    `${name}-${role}`,
    {
      level: "CanNotDelete",
      scope,
      notes: "Holds data of the ML platform: remove this lock only to destroy the stack",
    },
    child,
  );
}

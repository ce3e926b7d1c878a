import * as authorization from "@pulumi/azure-native/authorization";
import * as pulumi from "@pulumi/pulumi";
import type { DeletionLockDrivers } from "./contract";

/** Management locks. In prod only: they stop everybody, and a dev stack is there to be thrown away. */
export const azure: DeletionLockDrivers["azure"] = ({ name, environment, child }, { targets, after }) => {
  const locked = environment === "prod" ? targets : [];
  const locks = locked.map(
    ({ role, resourceId }) =>
      new authorization.ManagementLockByScope(
        `${name}-${role}`,
        {
          level: "CanNotDelete",
          scope: resourceId,
          notes: "Holds data of the ML platform: remove this lock only to destroy the stack",
        },
        { ...child, dependsOn: [...after] },
      ),
  );
  return { lockIds: pulumi.all(locks.map((lock) => lock.id)) };
};

import * as pulumi from "@pulumi/pulumi";
import type { DeletionLockDrivers } from "./contract";

/** Google Cloud locks whole projects only: a bucket with objects and a key's waiting period are what stops a deletion. */
export const gcp: DeletionLockDrivers["gcp"] = () => ({ lockIds: pulumi.output([]) });

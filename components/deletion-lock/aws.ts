import * as pulumi from "@pulumi/pulumi";
import type { DeletionLockDrivers } from "./contract";

/** AWS has no lock for a bucket or a key: a bucket with objects and a key's waiting period are what stops a deletion. */
export const aws: DeletionLockDrivers["aws"] = () => ({ lockIds: pulumi.output([]) });

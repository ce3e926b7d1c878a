import { isObject, object, objects, text, type Properties } from "./values";
import type { World } from "./world";

/** A creation that an engine began and never saw end. */
export interface PendingCreate {
  readonly urn: string;
  readonly type: string;
  /** The id of the thing that the cloud made all the same; undefined when the request never reached it. */
  readonly id: string | undefined;
}

/**
 * What a crash between the cloud's success and the engine's checkpoint leaves open, from an exported stack
 * (`pulumi stack export`): for each pending creation the id to pass to `pulumi refresh --import-pending-creates`, or
 * none, and then the operation can be dropped from the checkpoint.
 */
export function pendingCreates(world: World, exported: unknown): readonly PendingCreate[] {
  const deployment = object(isObject(exported) ? exported : {}, "deployment");
  const known = new Set(objects(deployment, "resources").map((resource) => identity(resource)));
  return objects(deployment, "pending_operations")
    .filter((operation) => operation["type"] === "creating")
    .map((operation) => object(operation, "resource"))
    .map((resource) => {
      const [urn, type] = [text(resource, "urn") ?? "", text(resource, "type") ?? ""];
      const orphan = world.madeBy(urn).find((item) => !known.has(identity({ urn, id: item.id })));
      return { urn, type, id: orphan?.id };
    });
}

function identity(resource: Properties): string {
  return `${text(resource, "urn") ?? ""} ${text(resource, "id") ?? ""}`;
}

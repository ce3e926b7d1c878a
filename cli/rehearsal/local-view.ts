import { pendingCreates, type World } from "../../local/index";
import { parseUrn } from "./engine-watch";
import type { CloudView } from "./run-stack";

/** Looks at a local world the way a rehearsal needs it. */
export function localView(world: World): CloudView {
  return {
    inventory: (stack) =>
      Promise.resolve(
        world.inventory(stack).map(({ urn, type }) => ({ type, name: parseUrn(urn, stack).resource })),
      ),
    pendingCreates: (exported) => Promise.resolve(pendingCreates(world, exported)),
  };
}

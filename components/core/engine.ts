import { getStore } from "@pulumi/pulumi/runtime/state";

/**
 * Whether the engine that runs the program can change what another package's component registers (transforms). Engines
 * before 3.108 cannot, and neither can `pulumi.runtime.setMocks`; asking them to ends the program.
 */
export function engineTransforms(): boolean {
  return getStore().supportsTransforms;
}

// Loads the pack without type-checking it, which would cost seconds on every run; `npm run typecheck` does that.
const { createRequire } = require("node:module");

/**
 * The SDK loads an npm client that only programs with serialized functions need. A pack never does, and the client is a
 * third of its start-up time, so an empty module stands in for it. An SDK without the client needs no stand-in.
 */
function leaveOut(name) {
  try {
    const id = createRequire(require.resolve("@pulumi/pulumi")).resolve(name);
    require.cache[id] ??= { id, filename: id, loaded: true, exports: {} };
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
  }
}

leaveOut("@npmcli/arborist");
// The SDK comes before tsx: everything that is loaded after tsx passes through its compiler, which doubles the time.
require("@pulumi/policy");
require("tsx/cjs");
require("./index.ts");

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

/**
 * The SDK reads a resource's properties out of the engine's message anew for each rule. Rules only look at them, so one
 * reading serves all: with fifty rules that is most of the time that a preview spends in the pack.
 */
function readOnce(module) {
  const { deserializeProperties: read } = module;
  const known = new WeakMap();
  module.deserializeProperties = (message, keepSecrets) => {
    if (keepSecrets || typeof message !== "object") return read(message, keepSecrets);
    if (!known.has(message)) known.set(message, read(message, keepSecrets));
    return known.get(message);
  };
}

leaveOut("@npmcli/arborist");
// The SDK comes before tsx: everything that is loaded after tsx passes through its compiler, which doubles the time.
require("@pulumi/policy");
readOnce(require("@pulumi/policy/deserialize"));
require("tsx/cjs");
require("./index.ts");

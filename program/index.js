// What the Pulumi CLI runs. The program itself is ../index.ts; it is transpiled on the fly and not type-checked here
// (`npm run typecheck` does that), so a preview starts in a second.
require("tsx/cjs");

// An error's trace is shown without the frames of packages: they say nothing to the reader, and Node 20's coloured
// printing of frames that a source map has moved (util.inspect, markNodeModules) grows until memory is full.
const trim = (error) => {
  if (typeof error?.stack !== "string") return;
  error.stack = error.stack
    .split("\n")
    .filter((line) => !/^\s+at .*node_modules/.test(line))
    .join("\n");
};
process.prependListener("unhandledRejection", trim);
process.prependListener("uncaughtException", trim);

module.exports = require("../index.ts").default;

// Loads the pack without type-checking it, which would cost seconds on every run; `npm run typecheck` does that.
// The SDK has put its type-checking loader in place already; this one takes its place.
delete require.extensions[".ts"];
require("tsx/cjs");
require("./index.ts");

// Loads the pack without type-checking it, which would cost seconds on every run; `npm run typecheck` does that.
require("tsx/cjs");
require("./index.ts");

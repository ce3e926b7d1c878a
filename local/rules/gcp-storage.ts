import type { RuleTable } from "./contract";
export const gcpStorage: RuleTable = {};

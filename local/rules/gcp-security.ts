import type { RuleTable } from "./contract";
export const gcpSecurity: RuleTable = {};

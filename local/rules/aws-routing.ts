import type { RuleTable } from "./contract";
export const awsRouting: RuleTable = {};

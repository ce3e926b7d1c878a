import type { RuleTable } from "./contract";
export const azureStorage: RuleTable = {};

import type { RuleTable } from "./contract";
export const awsIdentity: RuleTable = {};

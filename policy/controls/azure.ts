import type { Control } from "./control";

/** Controls for Microsoft Azure: benchmark and scanner numbers read on 2026-11-21. */
export const azureControls = {
  "AZ-NET-01": { severity: "high", references: ["CIS Azure 6.0 7.11", "CKV2_AZURE_31"] },
  "AZ-NET-02": { severity: "critical", references: ["CIS Azure 7.1 7.2", "CKV_AZURE_10", "CKV_AZURE_9"] },
  "AZ-NET-03": { severity: "high", references: ["CIS Azure 7.3 7.4", "CKV_AZURE_77", "CKV_AZURE_160"] },
  "AZ-NET-04": { severity: "medium", references: ["CIS Azure 7.5 7.8", "CKV_AZURE_12"] },
  "AZ-ST-01": { severity: "high", references: ["CIS Azure 9.3.4 9.3.6", "CKV_AZURE_3", "CKV_AZURE_44"] },
  "AZ-ST-02": {
    severity: "critical",
    references: ["CIS Azure 9.3.8", "CKV_AZURE_190", "CKV2_AZURE_47", "CKV_AZURE_34"],
  },
  "AZ-ST-03": {
    severity: "high",
    references: ["CIS Azure 9.3.1.3", "CKV2_AZURE_40", "CKV_AZURE_244", "CKV2_AZURE_41"],
  },
  "AZ-ST-04": {
    severity: "critical",
    references: ["CIS Azure 9.3.2.2 9.3.2.3 9.3.5", "CKV_AZURE_59", "CKV_AZURE_35", "CKV_AZURE_36"],
  },
  "AZ-ST-05": { severity: "high", references: ["CIS Azure 9.3.2.1", "CKV2_AZURE_33"] },
  "AZ-ST-06": { severity: "medium", references: ["CIS Azure 9.2.1-9.2.3", "CKV2_AZURE_38"] },
  "AZ-ST-07": { severity: "medium", references: ["CIS Azure 9.3.7 9.3.11", "CKV_AZURE_206"] },
  "AZ-ST-08": { severity: "medium", references: ["CKV2_AZURE_1"] },
  "AZ-ACR-01": { severity: "high", references: ["CIS AKS 5.1.2", "CKV_AZURE_137", "CKV_AZURE_138"] },
  "AZ-ACR-02": {
    severity: "high",
    references: ["CKV_AZURE_139", "CKV_AZURE_233", "CKV_AZURE_237", "CKV_AZURE_163"],
  },
  "AZ-ACR-03": { severity: "low", references: ["CKV_AZURE_167", "CKV_AZURE_166", "CKV_AZURE_164"] },
  "AZ-KV-01": {
    severity: "high",
    references: ["CIS Azure 8.3.5", "CKV_AZURE_110", "CKV_AZURE_42", "CKV_AZURE_111"],
  },
  "AZ-KV-02": {
    severity: "high",
    references: ["CIS Azure 8.3.7 8.3.8", "CKV_AZURE_189", "CKV_AZURE_109", "CKV2_AZURE_32"],
  },
  "AZ-KV-03": { severity: "medium", references: ["CIS Azure 8.3.6"] },
  "AZ-KV-04": {
    severity: "medium",
    references: ["CIS Azure 8.3.1 8.3.3", "CKV_AZURE_41", "CKV_AZURE_40", "CKV_AZURE_114"],
  },
  "AZ-MON-01": { severity: "medium", references: ["CIS Azure 6.1.1.4 6.1.4"] },
  "AZ-GOV-01": { severity: "medium", references: ["CIS Azure 6.2 9.3.9"] },
  "AZ-IAM-01": { severity: "critical", references: ["CIS Azure 5.4 5.3.3", "CKV_AZURE_39"] },
  "AZ-AKS-01": {
    severity: "critical",
    references: ["CIS AKS 1.8 5.4.1 5.4.2", "CKV_AZURE_115", "CKV_AZURE_6"],
  },
  "AZ-AKS-02": {
    severity: "critical",
    references: ["CIS AKS 1.8 5.5.1 5.5.2", "CKV_AZURE_5", "CKV_AZURE_141"],
  },
  "AZ-AKS-03": { severity: "high", references: ["CIS AKS 1.8 5.4.4", "CKV_AZURE_7", "CKV2_AZURE_29"] },
  "AZ-AKS-04": { severity: "medium", references: ["CKV_AZURE_116", "CKV_AZURE_8", "CKV_AZURE_246"] },
  "AZ-AKS-05": { severity: "medium", references: ["CIS AKS 1.8 2.1.1", "CKV_AZURE_4"] },
  "AZ-AKS-06": { severity: "medium", references: ["CIS AKS 1.8 5.3.1", "CKV_AZURE_117"] },
  "AZ-AKS-07": {
    severity: "high",
    references: ["CIS AKS 1.8 5.4.3", "CKV_AZURE_227", "CKV_AZURE_226", "CKV_AZURE_143"],
  },
  "AZ-AKS-08": { severity: "medium", references: ["CKV_AZURE_171", "CKV_AZURE_170"] },
  "AZ-AKS-09": { severity: "low", references: ["CKV_AZURE_169", "CKV_AZURE_168", "CKV_AZURE_232"] },
  "AZ-AKS-10": { severity: "high", references: ["CIS AKS 1.8 5.2.1", "CKV_AZURE_172"] },
  "AZ-MON-02": { severity: "medium", references: [] },
} as const satisfies Readonly<Record<string, Control>>;

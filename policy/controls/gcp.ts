import type { Control } from "./control";

/** Controls for Google Cloud: benchmark and scanner numbers read on 2026-11-21. */
export const gcpControls = {
  "GCP-NET-01": { severity: "medium", references: ["CIS GCP 5.0 3.1 3.2", "CKV2_GCP_18"] },
  "GCP-NET-02": { severity: "medium", references: ["CIS GCP 3.10", "CKV_GCP_26"] },
  "GCP-NET-03": { severity: "medium", references: ["CKV_GCP_74"] },
  "GCP-NET-04": { severity: "critical", references: ["CIS GCP 3.6 3.7", "CKV_GCP_2", "CKV_GCP_3"] },
  "GCP-NET-05": {
    severity: "high",
    references: ["CKV2_GCP_12", "CKV_GCP_106", "CKV_GCP_75", "CKV_GCP_77", "CKV_GCP_88"],
  },
  "GCP-GCS-01": { severity: "high", references: ["CIS GCP 5.2", "CKV_GCP_29"] },
  "GCP-GCS-02": { severity: "critical", references: ["CIS GCP 5.1", "CKV_GCP_114"] },
  "GCP-GCS-03": { severity: "critical", references: ["CIS GCP 5.1", "CKV_GCP_28"] },
  "GCP-GCS-04": { severity: "medium", references: ["CKV_GCP_78", "CKV_GCP_62", "CKV_GCP_63"] },
  "GCP-AR-01": { severity: "medium", references: ["CIS GKE 5.1.1", "CKV_GCP_84"] },
  "GCP-AR-02": { severity: "critical", references: ["CIS GKE 5.1.2", "CKV_GCP_101"] },
  "GCP-KMS-01": { severity: "high", references: ["CIS GCP 1.11", "CKV_GCP_43", "CKV_GCP_82"] },
  "GCP-KMS-02": { severity: "critical", references: ["CIS GCP 1.10", "CKV2_GCP_6"] },
  "GCP-IAM-01": { severity: "critical", references: ["CIS GCP 1.6", "CKV_GCP_117", "CKV_GCP_42"] },
  "GCP-IAM-02": { severity: "high", references: ["CIS GCP 1.7", "CKV_GCP_41", "CKV_GCP_49", "CKV_GCP_46"] },
  "GCP-IAM-03": { severity: "high", references: ["CIS GCP 1.5", "CKV2_GCP_3"] },
  "GCP-GKE-01": { severity: "critical", references: ["CIS GKE 1.9 5.6.5", "CKV_GCP_64", "CKV_GCP_25"] },
  "GCP-GKE-02": { severity: "critical", references: ["CIS GKE 1.9 5.6.3 5.6.4", "CKV_GCP_20", "CKV_GCP_18"] },
  "GCP-GKE-03": { severity: "medium", references: ["CIS GKE 1.9 5.6.2", "CKV_GCP_23"] },
  "GCP-GKE-04": { severity: "high", references: ["CIS GKE 1.9 4.3.1", "CKV_GCP_12"] },
  "GCP-GKE-05": { severity: "high", references: ["CIS GKE 1.9 5.8.1 5.8.3", "CKV_GCP_7", "CKV_GCP_13"] },
  "GCP-GKE-06": {
    severity: "high",
    references: ["CIS GKE 1.9 5.5.5 5.5.6 5.5.7", "CKV_GCP_71", "CKV_GCP_68", "CKV_GCP_72"],
  },
  "GCP-GKE-07": { severity: "high", references: ["CIS GKE 1.9 5.2.2 5.4.1", "CKV_GCP_69"] },
  "GCP-GKE-08": {
    severity: "medium",
    references: ["CIS GKE 1.9 5.5.1 5.5.2 5.5.3", "CKV_GCP_9", "CKV_GCP_10", "CKV_GCP_22"],
  },
  "GCP-GKE-09": { severity: "medium", references: ["CIS GKE 1.9 5.5.4", "CKV_GCP_70"] },
  "GCP-GKE-10": { severity: "medium", references: ["CIS GKE 1.9 5.1.4", "CKV_GCP_66"] },
  "GCP-GKE-11": { severity: "high", references: ["CIS GKE 1.9 5.3.1 5.9.1"] },
  "GCP-GKE-12": {
    severity: "low",
    references: ["CIS GKE 1.9 5.6.1", "CKV_GCP_61", "CKV_GCP_21", "CKV_GCP_123"],
  },
  "GCP-GKE-13": { severity: "low", references: ["CIS GKE 1.9 5.8.2", "CKV_GCP_65"] },
  "GCP-GKE-14": {
    severity: "medium",
    references: ["CIS GKE 1.9 5.7.1 5.10.2", "CKV_GCP_1", "CKV_GCP_8", "CKV2_GCP_19"],
  },
  "GCP-GKE-15": { severity: "high", references: ["CIS GKE 1.9 5.2.1"] },
  "GCP-GKE-16": { severity: "high", references: [] },
} as const satisfies Readonly<Record<string, Control>>;

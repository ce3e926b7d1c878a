import type { Control } from "./control";

/** Controls for Amazon Web Services: benchmark and scanner numbers read on 2026-11-21. */
export const awsControls = {
  "AWS-NET-01": { severity: "medium", references: ["CIS AWS 7.0 4.7", "CKV2_AWS_11"] },
  "AWS-NET-02": { severity: "high", references: ["CIS AWS 6.5", "CKV2_AWS_12"] },
  "AWS-NET-03": {
    severity: "medium",
    references: ["prowler vpc_subnet_no_public_ip_by_default", "CKV_AWS_130"],
  },
  "AWS-NET-04": { severity: "critical", references: ["CIS AWS 6.3 6.4", "CKV_AWS_24", "CKV_AWS_25"] },
  "AWS-NET-05": { severity: "critical", references: ["CIS AWS 6.3", "CKV_AWS_277"] },
  "AWS-NET-06": { severity: "medium", references: ["CKV_AWS_260"] },
  "AWS-NET-07": { severity: "medium", references: ["CKV_AWS_382"] },
  "AWS-NET-08": {
    severity: "low",
    references: ["pulumi aws-ec2-security-group-missing-*-description", "CKV_AWS_23"],
  },
  "AWS-NET-09": { severity: "high", references: ["CIS AWS 6.2", "CKV_AWS_231", "CKV_AWS_232"] },
  "AWS-NET-10": { severity: "medium", references: ["CIS AWS 6.8"] },
  "AWS-NET-11": { severity: "high", references: ["prowler vpc_subnet_different_az"] },
  "AWS-S3-01": {
    severity: "critical",
    references: ["CIS AWS 3.1.4", "CKV2_AWS_6", "CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"],
  },
  "AWS-S3-02": { severity: "high", references: ["CKV_AWS_145", "CKV_AWS_19"] },
  "AWS-S3-03": { severity: "medium", references: ["CKV_AWS_21"] },
  "AWS-S3-04": { severity: "low", references: ["CKV2_AWS_61", "CKV_AWS_300"] },
  "AWS-S3-05": { severity: "medium", references: ["CIS AWS 4.4", "CKV_AWS_18"] },
  "AWS-S3-06": { severity: "high", references: ["CIS AWS 3.1.1"] },
  "AWS-S3-07": { severity: "critical", references: ["CIS AWS 2.21", "CKV_AWS_70"] },
  "AWS-S3-08": { severity: "high", references: ["CKV2_AWS_65", "CKV_AWS_20", "CKV_AWS_57"] },
  "AWS-S3-09": { severity: "high", references: [] },
  "AWS-KMS-01": { severity: "high", references: ["CIS AWS 4.6", "CKV_AWS_7", "CKV_AWS_227"] },
  "AWS-KMS-02": { severity: "high", references: ["CKV2_AWS_64", "CKV_AWS_33"] },
  "AWS-IAM-01": {
    severity: "critical",
    references: ["CIS AWS 2.14", "CKV_AWS_62", "CKV_AWS_63", "CKV2_AWS_40"],
  },
  "AWS-IAM-02": {
    severity: "high",
    references: ["CKV_AWS_355", "CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290"],
  },
  "AWS-IAM-03": { severity: "critical", references: ["CIS AWS 2.14", "CKV_AWS_274", "CKV2_AWS_56"] },
  "AWS-IAM-04": {
    severity: "critical",
    references: ["EKS best practices IRSA scope", "CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_393"],
  },
  "AWS-EKS-01": { severity: "critical", references: ["CIS EKS 1.8 5.4.1 5.4.2", "CKV_AWS_38", "CKV_AWS_39"] },
  "AWS-EKS-02": { severity: "medium", references: ["CIS EKS 1.8 2.1.1", "CKV_AWS_37"] },
  "AWS-EKS-03": { severity: "high", references: ["CIS EKS 1.8 5.3.1", "CKV_AWS_58"] },
  "AWS-EKS-04": {
    severity: "high",
    references: ["prowler eks_cluster_uses_a_supported_version", "CKV_AWS_339"],
  },
  "AWS-EKS-05": { severity: "medium", references: ["CIS EKS 1.8 4.1.7"] },
  "AWS-EKS-06": { severity: "high", references: ["prowler eks_cluster_deletion_protection_enabled"] },
  "AWS-EKS-07": { severity: "high", references: ["CIS EKS 1.8 5.4.3", "CKV_AWS_100"] },
  "AWS-EKS-08": { severity: "high", references: ["CIS AWS 6.7", "CKV_AWS_79", "CKV_AWS_341"] },
  "AWS-EKS-09": { severity: "high", references: ["CIS AWS 6.1.1", "CKV_AWS_88", "CKV_AWS_46"] },
  "AWS-MON-01": { severity: "medium", references: ["CKV_AWS_66", "CKV_AWS_338"] },
  "AWS-MON-02": { severity: "medium", references: ["CKV_AWS_158"] },
} as const satisfies Readonly<Record<string, Control>>;

import { property } from "../check";
import { is, isNot } from "../condition";
import type { Rule } from "../rule";

export const imagesAreScanned: Rule = {
  name: "images-are-scanned",
  description: "Every image that is pushed is looked through for known vulnerabilities.",
  concern: "governance",
  note: "On Azure Defender for Containers scans; it is a plan of the subscription, not a setting of the registry.",
  resources: {
    "aws:ecr/repository:Repository": [
      property("imageScanningConfiguration.scanOnPush", is(true), {
        control: "AWS-ECR-02",
        fix: "Set imageScanningConfiguration: { scanOnPush: true }.",
      }),
    ],
    "gcp:artifactregistry/repository:Repository": [
      property("vulnerabilityScanningConfig.enablementConfig", isNot("DISABLED"), {
        control: "GCP-AR-01",
        fix: 'Set vulnerabilityScanningConfig: { enablementConfig: "INHERITED" } and switch containerscanning.googleapis.com on.',
      }),
    ],
  },
};

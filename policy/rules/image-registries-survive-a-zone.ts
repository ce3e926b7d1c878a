import { property } from "../check";
import { is } from "../condition";
import type { Rule } from "../rule";

export const imageRegistriesSurviveAZone: Rule = {
  name: "image-registries-survive-a-zone",
  description: "Nodes can pull images while a zone is down.",
  concern: "backup",
  note: "ECR and Artifact Registry spread over zones by themselves.",
  resources: {
    "azure-native:containerregistry:Registry": [
      property("sku.name", is("Premium"), { control: "AZ-ACR-02", fix: 'Set sku: { name: "Premium" }.' }),
      property("zoneRedundancy", is("Enabled"), {
        control: "AZ-ACR-02",
        fix: 'Set zoneRedundancy: "Enabled".',
      }),
    ],
  },
};

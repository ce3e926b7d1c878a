import { property } from "../check";
import { is, isOneOf } from "../condition";
import type { Rule } from "../rule";

/** Replication kinds that keep a copy in the paired region; names as in the SDK's `SkuName`, 2026-11-21. */
const geoRedundant = [
  "Standard_GRS",
  "Standard_RAGRS",
  "Standard_GZRS",
  "Standard_RAGZRS",
  "StandardV2_GRS",
  "StandardV2_GZRS",
];

export const storageSurvivesARegion: Rule = {
  name: "storage-survives-a-region",
  description: "Production data outlives the loss of a region, and never leaves the tenant.",
  concern: "backup",
  note: "On AWS and Google Cloud the copy in a second region is the `replication` setting, which is optional.",
  resources: {
    "azure-native:storage:StorageAccount": [
      property("sku.name", isOneOf(...geoRedundant), {
        control: "AZ-ST-07",
        when: "prod",
        fix: 'Set sku.name: "Standard_GZRS" or another geo-redundant kind.',
      }),
      property("allowCrossTenantReplication", is(false), {
        control: "AZ-ST-07",
        fix: "Set allowCrossTenantReplication: false.",
      }),
    ],
  },
};

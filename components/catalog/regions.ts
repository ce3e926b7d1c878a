import type { Cloud } from "../core/cloud";

/**
 * Regions and how many availability zones a new account can use in each, from the clouds' region pages as known on
 * 2026-11-21. A region that is missing here is a warning, not an error: clouds open new ones. One with fewer zones than
 * the network asks for is an error, because the cloud would refuse it halfway.
 */
const three = (...names: string[]) => names.map((name): readonly [string, number] => [name, 3]);
const none = (...names: string[]) => names.map((name): readonly [string, number] => [name, 0]);

const regions: { readonly [C in Cloud]: ReadonlyMap<string, number> } = {
  aws: new Map([
    ["us-east-1", 6],
    ["us-west-1", 2],
    ["us-west-2", 4],
    ["ap-northeast-2", 4],
    ...three(
      "us-east-2",
      "af-south-1",
      "ap-east-1",
      "ap-east-2",
      "ap-northeast-1",
      "ap-northeast-3",
      "ap-south-1",
    ),
    ...three(
      "ap-south-2",
      "ap-southeast-1",
      "ap-southeast-2",
      "ap-southeast-3",
      "ap-southeast-4",
      "ap-southeast-5",
    ),
    ...three(
      "ap-southeast-7",
      "ca-central-1",
      "ca-west-1",
      "eu-central-1",
      "eu-central-2",
      "eu-north-1",
      "eu-south-1",
    ),
    ...three(
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "il-central-1",
      "me-central-1",
      "me-south-1",
    ),
    ...three("mx-central-1", "sa-east-1", "us-gov-east-1", "us-gov-west-1"),
  ]),
  gcp: new Map([
    ["us-central1", 4],
    ...three(
      "africa-south1",
      "asia-east1",
      "asia-east2",
      "asia-northeast1",
      "asia-northeast2",
      "asia-northeast3",
    ),
    ...three("asia-south1", "asia-south2", "asia-southeast1", "asia-southeast2", "australia-southeast1"),
    ...three(
      "australia-southeast2",
      "europe-central2",
      "europe-north1",
      "europe-north2",
      "europe-southwest1",
    ),
    ...three("europe-west1", "europe-west2", "europe-west3", "europe-west4", "europe-west6", "europe-west8"),
    ...three("europe-west9", "europe-west10", "europe-west12", "me-central1", "me-central2", "me-west1"),
    ...three(
      "northamerica-northeast1",
      "northamerica-northeast2",
      "northamerica-south1",
      "southamerica-east1",
    ),
    ...three("southamerica-west1", "us-east1", "us-east4", "us-east5", "us-south1", "us-west1", "us-west2"),
    ...three("us-west3", "us-west4"),
  ]),
  azure: new Map([
    ...three("australiaeast", "austriaeast", "brazilsouth", "canadacentral", "centralindia", "centralus"),
    ...three("chilecentral", "eastasia", "eastus", "eastus2", "francecentral", "germanywestcentral"),
    ...three("indonesiacentral", "israelcentral", "italynorth", "japaneast", "japanwest", "koreacentral"),
    ...three(
      "malaysiawest",
      "mexicocentral",
      "newzealandnorth",
      "northeurope",
      "norwayeast",
      "polandcentral",
    ),
    ...three(
      "qatarcentral",
      "southafricanorth",
      "southcentralus",
      "southeastasia",
      "spaincentral",
      "swedencentral",
    ),
    ...three("switzerlandnorth", "uaenorth", "uksouth", "westeurope", "westus2", "westus3"),
    ...none("australiacentral", "australiasoutheast", "brazilsoutheast", "canadaeast", "francesouth"),
    ...none("germanynorth", "koreasouth", "northcentralus", "norwaywest", "southafricawest", "southindia"),
    ...none("swedensouth", "switzerlandwest", "uaecentral", "ukwest", "westcentralus", "westindia", "westus"),
  ]),
};

/** Availability zones of a region, or undefined for a region that the table does not know. */
export function zonesOf(cloud: Cloud, region: string): number | undefined {
  return regions[cloud].get(region);
}

/** Every region of a cloud that the table knows. */
export function regionNames(cloud: Cloud): readonly string[] {
  return [...regions[cloud].keys()];
}

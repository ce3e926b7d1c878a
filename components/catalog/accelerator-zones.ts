import type { Cloud } from "../core/cloud";
import { type AcceleratorType, offeredTypes } from "./accelerators";

/** Regions with the letters of their zones: `us-central1 abc`. */
type Places = readonly string[];

/**
 * Zones that have a type of accelerator. Only Google Cloud makes a pool fail whole when one of its zones lacks the type;
 * AWS and Azure place nodes where there are machines. Source: Compute Engine "GPU regions and zones", as known on
 * 2026-11-21.
 */
const places: { readonly [C in Cloud]?: { readonly [A in AcceleratorType]?: Places } } = {
  gcp: {
    t4: [
      "us-central1 abcf",
      "us-east1 cd",
      "us-east4 abc",
      "us-west1 ab",
      "us-west2 bc",
      "us-west3 b",
      "us-west4 ab",
      "europe-west1 bcd",
      "europe-west2 ab",
      "europe-west3 b",
      "europe-west4 abc",
      "europe-central2 bc",
      "asia-east1 ac",
      "asia-east2 ac",
      "asia-northeast1 ac",
      "asia-northeast3 bc",
      "asia-south1 ab",
      "asia-southeast1 abc",
      "asia-southeast2 ab",
      "australia-southeast1 ac",
      "northamerica-northeast1 c",
      "southamerica-east1 ac",
      "me-west1 bc",
    ],
    l4: [
      "us-central1 abc",
      "us-east1 bcd",
      "us-east4 ac",
      "us-west1 abc",
      "us-west4 ac",
      "europe-west1 bc",
      "europe-west2 ab",
      "europe-west3 b",
      "europe-west4 abc",
      "europe-west6 bc",
      "asia-east1 abc",
      "asia-northeast1 abc",
      "asia-northeast3 ab",
      "asia-south1 abc",
      "asia-southeast1 abc",
      "northamerica-northeast2 ab",
      "me-central2 ac",
    ],
    "a100-40": [
      "us-central1 abcf",
      "us-east1 b",
      "us-west1 b",
      "us-west3 b",
      "us-west4 b",
      "europe-west4 ab",
      "asia-northeast1 ac",
      "asia-northeast3 b",
      "asia-southeast1 bc",
      "me-west1 ac",
    ],
    "a100-80": ["us-central1 ac", "us-east4 c", "us-east5 b", "europe-west4 a", "asia-southeast1 c"],
    h100: [
      "us-central1 abc",
      "us-east4 abc",
      "us-east5 a",
      "us-west1 ab",
      "us-west4 a",
      "europe-west1 bc",
      "europe-west4 bc",
      "asia-northeast1 b",
      "asia-southeast1 bc",
    ],
  },
};

/** Zones of a region that have a type, by name; undefined where the cloud places nodes by itself. */
export function acceleratorZones(
  cloud: Cloud,
  region: string,
  type: AcceleratorType,
): readonly string[] | undefined {
  const known = places[cloud];
  if (known === undefined) return undefined;
  const letters = known[type]?.map((place) => place.split(" ")).find(([name]) => name === region)?.[1] ?? "";
  return Array.from(letters, (letter) => `${region}-${letter}`);
}

/** Types that a region has. */
export function typesIn(cloud: Cloud, region: string): readonly AcceleratorType[] {
  return offeredTypes(cloud).filter((type) => acceleratorZones(cloud, region, type)?.length !== 0);
}

/** Regions that have a type, where that is known. */
export function regionsWith(cloud: Cloud, type: AcceleratorType): readonly string[] {
  return places[cloud]?.[type]?.map((place) => place.split(" ")[0] ?? "") ?? [];
}

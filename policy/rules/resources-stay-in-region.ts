import type { Check, Subject } from "../check";
import { stringsOf, textOf } from "../path";
import type { Rule } from "../rule";

/** `East US` and `eastus`, `US-CENTRAL1` and `us-central1` are the same place. */
const normal = (place: unknown) => textOf(place).toLowerCase().replaceAll(" ", "");

/** The properties in which resources and providers of the three clouds name a place. */
const placeProperties = ["region", "location", "availabilityZone", "zone"];

/** Zones of a cluster or pool on Google Cloud. */
const placeLists = ["nodeLocations"];

/** `us-east-1a` and `us-central1-b` are zones of their region. */
const isWithin = (place: string, region: string) =>
  place === region ||
  new RegExp(`^-?[a-z]$`).test(place.startsWith(region) ? place.slice(region.length) : "");

function homeOf({ provider }: Subject): string {
  const props = provider?.props ?? {};
  return normal(props["region"]) || normal(props["location"]);
}

const staysHome: Check = {
  control: "X-03",
  reads: [...placeProperties, ...placeLists],
  allowed: "the provider's region, or one of the rule's setting allowedRegions",
  fix: "Remove it, so that the stack's region counts, or add the place to the rule's allowedRegions.",
  findings: (subject) => {
    const extra = stringsOf(subject.settings["allowedRegions"]).map(normal);
    const home = homeOf(subject);
    const allowed = [...extra, ...(home === "" ? [] : [home])];
    if (allowed.length === 0) return [];
    return [
      ...placeProperties.map((property) => ({ property, given: normal(subject.inputs[property]) })),
      ...placeLists.flatMap((property) =>
        stringsOf(subject.inputs[property]).map((place) => ({ property, given: normal(place) })),
      ),
    ]
      .filter(({ given }) => given !== "" && given !== "global")
      .filter(({ given }) => !allowed.some((region) => isWithin(given, region)));
  },
};

export const resourcesStayInRegion: Rule = {
  name: "resources-stay-in-region",
  description:
    "Data and machines are where the stack says, so that no data leaves its jurisdiction unnoticed.",
  concern: "governance",
  note: "Places that belong to no region (`global`) are allowed.",
  settings: {
    allowedRegions: {
      type: "array",
      items: { type: "string" },
      description: "Regions and locations beside the provider's own.",
    },
  },
  resources: { "*": [staysHome] },
};

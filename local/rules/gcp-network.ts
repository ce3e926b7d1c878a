import type { RuleTable } from "./contract";
export const gcpNetwork: RuleTable = {
  "gcp:compute/network:Network": {
    id: "projects/{project}/global/networks/{name}",
    autoName: "name",
    replaceOn: ["name", "project"],
  },
  "gcp:compute/subnetwork:Subnetwork": {
    id: "projects/{project}/regions/{region}/subnetworks/{name}",
    autoName: "name",
    references: [
      {
        path: "network",
        to: ["gcp:compute/network:Network"],
        missing: "notFound",
        sentence: "The resource '{value}' was not found",
      },
    ],
    replaceOn: ["name", "project", "region", "network", "ipCidrRange"],
  },
};

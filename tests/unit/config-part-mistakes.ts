import type { Mistake } from "./config-mistakes";

const existing = {
  id: "vpc-1",
  cidr: "10.0.0.0/16",
  publicSubnetIds: ["subnet-1"],
  privateSubnetIds: ["subnet-2"],
  dataSubnetIds: ["subnet-3"],
};

/** Mistakes in what the capabilities are told. */
export const partMistakes: readonly Mistake[] = [
  {
    name: "a network that is no range",
    set: { network: { cidr: "10.0.0.0" } },
    says: ["network.cidr", '"10.0.0.0"', "10.0.0.0/16"],
  },
  {
    name: "a range with host bits",
    set: { network: { cidr: "10.0.0.1/16" } },
    says: ["network.cidr", "10.0.0.0/16"],
  },
  {
    name: "a network that is too large",
    set: { network: { cidr: "10.0.0.0/8" } },
    says: ["network.cidr", "/16 to /20"],
  },
  {
    name: "a network that is too small",
    set: { network: { cidr: "10.0.0.0/24" } },
    says: ["network.cidr", "/16 to /20"],
  },
  {
    name: "a public range",
    set: { network: { cidr: "8.8.0.0/16" } },
    says: ["network.cidr", "192.168.0.0/16"],
  },
  { name: "one zone", set: { network: { zones: 1 } }, says: ["network.zones is 1", "2 to 3"] },
  { name: "zones as a text", set: { network: { zones: "three" } }, says: ["network.zones", "number"] },
  {
    name: "an unknown NAT strategy",
    set: { network: { natStrategy: "none" } },
    says: ["network.natStrategy", "single, perZone"],
  },
  {
    name: "a number of flow log days that CloudWatch refuses",
    set: { network: { flowLogDays: 100 } },
    says: ["network.flowLogDays is 100", "90, 120, 150"],
  },
  {
    name: "flow logs kept too briefly",
    set: { network: { flowLogDays: 30 } },
    says: ["network.flowLogDays is 30", "90, 120"],
  },
  {
    name: "a switch that is a text",
    set: { network: { privateEndpoints: "yes" } },
    says: ["network.privateEndpoints", "true or false"],
  },
  {
    name: "a network setting with a typing error",
    set: { network: { natStratgy: "single" } },
    says: ["network.natStratgy", "did you mean natStrategy"],
  },
  {
    name: "an existing network without subnets",
    set: { network: { existing: { ...existing, dataSubnetIds: [] } } },
    says: ["network.existing.dataSubnetIds", "at least 1"],
  },
  {
    name: "an existing network beside a range of its own",
    set: { network: { cidr: "10.0.0.0/16", existing } },
    says: ["network.cidr", "network.existing"],
  },
  {
    name: "a subnet in two tiers",
    set: { network: { existing: { ...existing, dataSubnetIds: ["subnet-2"] } } },
    says: ["network.existing", "one tier only"],
  },
  {
    name: "an existing network with a range that is none",
    set: { network: { existing: { ...existing, cidr: "10.0.0.0" } } },
    says: ["network.existing.cidr", "10.0.0.0/16"],
  },
  {
    name: "a deletion window that is too short",
    set: { encryptionKey: { deletionDays: 7 } },
    says: ["encryptionKey.deletionDays is 7", "14 to 30"],
  },
  {
    name: "a short deletion window in prod",
    set: { encryptionKey: { deletionDays: 20 } },
    stack: "prod",
    says: ["encryptionKey.deletionDays is 20", "30 in prod"],
  },
  { name: "teams that are no list", set: { teams: "fraud" }, says: ['teams is "fraud"', "a list"] },
  {
    name: "a team without a name",
    set: { teams: [{ members: [] }] },
    says: ["teams.0.name is not set", "fraud"],
  },
  {
    name: "a team name with a space",
    set: { teams: [{ name: "fraud team" }] },
    says: ["teams.0.name", '"fraud team"'],
  },
  {
    name: "two teams of one name",
    set: { teams: [{ name: "fraud" }, { name: "fraud" }] },
    says: ["teams.1.name", "no other team"],
  },
  { name: "an unknown key", set: { networ: {} }, says: ["networ: no such key", "did you mean network"] },
  {
    name: "an unknown key like no other",
    set: { xyzzyplugh: 1 },
    says: ["xyzzyplugh: no such key", "known keys: cloud"],
  },
];

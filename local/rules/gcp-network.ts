import { CloudError } from "../cloud-error";
import { contains, dotted, overlaps, parseBlock, type Block } from "../cidr";
import { hex, objects, text, type Properties } from "../values";
import { between, blocks, form, oneOf, refuseWhen } from "./checks";
import type { Check, Reference, RuleTable, WorldCheck } from "./contract";

const networkType = "gcp:compute/network:Network";
export const subnetType = "gcp:compute/subnetwork:Subnetwork";

/** RFC 1035 label, the form of every Compute Engine name. */
export const computeName: Check = form(
  "name",
  /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "1 to 63 lower-case letters, digits or dashes, starting with a letter, not ending with a dash ('(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)')",
  "invalid",
);

export const notFound = { missing: "notFound", sentence: "The resource '{value}' was not found" } as const;

/** The network that a thing lies in. */
export function inNetwork(path: string): Reference {
  return { path, to: [networkType], ...notFound };
}

/** True when a range is widened around itself, which Compute Engine does in place. */
function grows(before: string | undefined, after: string | undefined): boolean {
  const [inner, outer] = [parseBlock(before ?? ""), parseBlock(after ?? "")];
  return inner !== undefined && outer !== undefined && contains(outer, inner);
}

const subnetBlocks = (inputs: Properties): readonly Block[] =>
  [
    text(inputs, "ipCidrRange"),
    ...objects(inputs, "secondaryIpRanges").map((range) => text(range, "ipCidrRange")),
  ].flatMap((cidr) => parseBlock(cidr ?? "") ?? []);

const rangesApart: Check = function* (inputs) {
  const ranges = subnetBlocks(inputs);
  for (const [i, range] of ranges.entries()) {
    const other = ranges.slice(0, i).find((earlier) => overlaps(earlier, range));
    if (other !== undefined) {
      yield {
        property: "secondaryIpRanges",
        reason: `invalid: Requested ranges ${other.cidr} and ${range.cidr} overlap`,
      };
    }
  }
};

/** The blocks of every subnet of a network, in all regions: they share one routing table. */
const freeInNetwork: WorldCheck = (subject, world) => {
  const network = world.find([networkType], handleOf(text(subject.inputs, "network")), subject.scope.key);
  for (const sibling of world.ofType(subnetType)) {
    const other = world.find([networkType], handleOf(text(sibling.inputs, "network")), sibling.scope);
    if (sibling.id === subject.id || other !== network) continue;
    for (const taken of subnetBlocks(sibling.inputs)) {
      const clash = subnetBlocks(subject.inputs).find((range) => overlaps(range, taken));
      if (clash !== undefined) {
        return new CloudError(
          "invalid",
          `Invalid IPCidrRange: ${clash.cidr} conflicts with existing subnetwork '${sibling.id}' (${taken.cidr}).`,
        );
      }
    }
  }
  return undefined;
};

export function handleOf(value: string | undefined): string {
  return (value ?? "").replace(/^https?:\/\/[^/]+\/(?:[a-z]+\/)?(?:v\d\w*\/)?(?=projects\/)/, "");
}

/** Source: Compute Engine and VPC API references, 2026-11-21. */
export const gcpNetwork: RuleTable = {
  [networkType]: {
    id: "projects/{project}/global/networks/{name}",
    autoName: "name",
    checks: [
      computeName,
      oneOf("routingMode", ["REGIONAL", "GLOBAL"], "invalid"),
      between("mtu", 1300, 8896, "invalid"),
      refuseWhen(
        "autoCreateSubnetworks",
        (inputs) => inputs["autoCreateSubnetworks"] !== false && inputs["ipv4Range"] !== undefined,
        "invalid: ipv4Range is for legacy networks",
      ),
    ],
    replaceOn: [
      "name",
      "project",
      "autoCreateSubnetworks",
      "description",
      "internalIpv6Range",
      "networkProfile",
      "params",
    ],
    defaults: {
      autoCreateSubnetworks: true,
      routingMode: "REGIONAL",
      mtu: 0,
      deleteDefaultRoutesOnCreate: false,
      networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
    },
    outputs: { gatewayIpv4: () => "", numericId: ({ seed }) => String(parseInt(hex(seed, 12), 16)) },
  },
  [subnetType]: {
    id: "projects/{project}/regions/{region}/subnetworks/{name}",
    autoName: "name",
    checks: [
      computeName,
      blocks("ipCidrRange", 4, 29, "invalid"),
      blocks("secondaryIpRanges[].ipCidrRange", 4, 29, "invalid"),
      form(
        "secondaryIpRanges[].rangeName",
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "1 to 63 lower-case letters, digits or dashes",
        "invalid",
      ),
      oneOf(
        "logConfig.metadata",
        ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA"],
        "invalid",
      ),
      oneOf(
        "logConfig.aggregationInterval",
        [5, 30].map((n) => `INTERVAL_${n}_SEC`).concat([1, 5, 10, 15].map((n) => `INTERVAL_${n}_MIN`)),
        "invalid",
      ),
      between("logConfig.flowSampling", 0, 1, "invalid"),
      rangesApart,
    ],
    references: [inNetwork("network")],
    refuses: [freeInNetwork],
    replaceOn: ["name", "project", "region", "network", "description", "purpose"],
    // A range may grow in place; it never shrinks or moves.
    replaceWhen: (olds, news) =>
      grows(text(olds, "ipCidrRange"), text(news, "ipCidrRange")) ? [] : ["ipCidrRange"],
    defaults: { privateIpGoogleAccess: false, purpose: "PRIVATE", stackType: "IPV4_ONLY" },
    outputs: {
      gatewayAddress: ({ inputs }) => dotted((parseBlock(text(inputs, "ipCidrRange") ?? "")?.start ?? 0) + 1),
    },
  },
};

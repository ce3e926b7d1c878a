import { CloudError } from "../cloud-error";
import { dotted, overlaps, parseBlock, type Block } from "../cidr";
import { hex, objects, text, texts, type Properties } from "../values";
import { between, blocks, form, oneOf, refuseWhen } from "./checks";
import type { Check, Reference, RuleTable, Subject, WorldCheck } from "./contract";

const networkType = "gcp:compute/network:Network";
const subnetType = "gcp:compute/subnetwork:Subnetwork";
const routerType = "gcp:compute/router:Router";
const addressType = "gcp:compute/address:Address";
const globalAddressType = "gcp:compute/globalAddress:GlobalAddress";

/** RFC 1035 label, the form of every Compute Engine name. */
export const computeName: Check = form(
  "name",
  /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  "1 to 63 lower-case letters, digits or dashes, starting with a letter, not ending with a dash ('(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)')",
  "invalid",
);

const notFound = { missing: "notFound", sentence: "The resource '{value}' was not found" } as const;

/** The network that a thing lies in. */
export function inNetwork(path: string): Reference {
  return { path, to: [networkType], ...notFound };
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

function handleOf(value: string | undefined): string {
  return (value ?? "").replace(/^https?:\/\/[^/]+\/(?:[a-z]+\/)?(?:v\d\w*\/)?(?=projects\/)/, "");
}

/** An address from the documentation and benchmark ranges, which belong to nobody. */
function address(subject: Subject): string {
  const given = text(subject.inputs, "address");
  const external = (text(subject.inputs, "addressType") ?? "EXTERNAL") === "EXTERNAL";
  const base = external ? 198 * 2 ** 24 + 19 * 2 ** 16 : 10 * 2 ** 24;
  return given ?? dotted(base + (parseInt(hex(`address ${subject.seed}`, 8), 16) % 2 ** 16));
}

const portForm = /^(\d{1,5})(-(\d{1,5}))?$/;

const firewallRules: Check = function* (inputs) {
  const [allows, denies] = [inputs["allows"], inputs["denies"]];
  if ((allows === undefined) === (denies === undefined)) {
    yield { property: "allows", reason: "invalid: one of `allows,denies` must be specified, and only one" };
  }
  for (const [property, rules] of [
    ["allows", objects(inputs, "allows")],
    ["denies", objects(inputs, "denies")],
  ] as const) {
    for (const rule of rules) yield* portProblems(property, rule);
  }
  const egress = text(inputs, "direction") === "EGRESS";
  if (
    egress &&
    ["sourceRanges", "sourceTags", "sourceServiceAccounts"].some((key) => inputs[key] !== undefined)
  ) {
    yield { property: "direction", reason: "invalid: an EGRESS rule takes destinationRanges, no sources" };
  }
  if (
    !egress &&
    !["sourceRanges", "sourceTags", "sourceServiceAccounts"].some((key) => inputs[key] !== undefined)
  ) {
    yield {
      property: "sourceRanges",
      reason:
        "invalid: one of sourceRanges, sourceTags or sourceServiceAccounts must be given for an INGRESS rule",
    };
  }
  const accounts = ["sourceServiceAccounts", "targetServiceAccounts"].some(
    (key) => inputs[key] !== undefined,
  );
  if (accounts && ["sourceTags", "targetTags"].some((key) => inputs[key] !== undefined)) {
    yield {
      property: "sourceTags",
      reason: "invalid: tags and service accounts cannot be used in the same rule",
    };
  }
};

function* portProblems(property: string, rule: Properties): Iterable<{ property: string; reason: string }> {
  const protocol = text(rule, "protocol") ?? "";
  if (protocol !== "" && !/^(all|tcp|udp|icmp|esp|ah|sctp|ipip|\d{1,3})$/.test(protocol.toLowerCase())) {
    yield {
      property,
      reason: `invalid: protocol '${protocol}' must be all, tcp, udp, icmp, esp, ah, sctp, ipip or a number`,
    };
  }
  const ports = texts(rule, "ports");
  if (ports.length > 0 && !/^(tcp|udp|sctp|6|17|132)$/i.test(protocol)) {
    yield { property, reason: `invalid: protocol '${protocol}' takes no ports` };
  }
  for (const port of ports) {
    const [, first = "", , last = first] = portForm.exec(port) ?? [];
    if (first === "" || Number(first) > Number(last) || Number(last) > 65535) {
      yield {
        property,
        reason: `invalid: port '${port}' must be a number from 0 to 65535, or a range such as 8000-8080`,
      };
    }
  }
}

const tagForm = (path: string): Check =>
  form(
    path,
    /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    "a network tag of 1 to 63 lower-case letters, digits or dashes",
    "invalid",
  );

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
    replaceOn: ["name", "project", "autoCreateSubnetworks", "description"],
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
    replaceOn: ["name", "project", "region", "network", "ipCidrRange", "description", "purpose"],
    defaults: { privateIpGoogleAccess: false, purpose: "PRIVATE", stackType: "IPV4_ONLY" },
    outputs: {
      gatewayAddress: ({ inputs }) => dotted((parseBlock(text(inputs, "ipCidrRange") ?? "")?.start ?? 0) + 1),
    },
  },
  [routerType]: {
    id: "projects/{project}/regions/{region}/routers/{name}",
    autoName: "name",
    checks: [computeName, between("bgp.asn", 1, 4_294_967_295, "invalid")],
    references: [inNetwork("network")],
    replaceOn: ["name", "project", "region", "network", "encryptedInterconnectRouter"],
  },
  "gcp:compute/routerNat:RouterNat": {
    id: "{project}/{region}/{router}/{name}",
    autoName: "name",
    checks: [
      computeName,
      oneOf("natIpAllocateOption", ["MANUAL_ONLY", "AUTO_ONLY"], "invalid"),
      oneOf(
        "sourceSubnetworkIpRangesToNat",
        ["ALL_SUBNETWORKS_ALL_IP_RANGES", "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES", "LIST_OF_SUBNETWORKS"],
        "invalid",
      ),
      refuseWhen(
        "natIps",
        ({ natIpAllocateOption, natIps }) =>
          natIpAllocateOption === "MANUAL_ONLY" &&
          (natIps === undefined || (Array.isArray(natIps) && natIps.length === 0)),
        "invalid: natIps must be given when natIpAllocateOption is MANUAL_ONLY",
      ),
      refuseWhen(
        "natIps",
        ({ natIpAllocateOption, natIps }) =>
          natIpAllocateOption === "AUTO_ONLY" && Array.isArray(natIps) && natIps.length > 0,
        "invalid: natIps must not be given when natIpAllocateOption is AUTO_ONLY",
      ),
      refuseWhen(
        "enableDynamicPortAllocation",
        (inputs) =>
          inputs["enableDynamicPortAllocation"] === true &&
          inputs["enableEndpointIndependentMapping"] === true,
        "invalid: dynamic port allocation and endpoint independent mapping exclude each other",
      ),
      oneOf(
        "minPortsPerVm",
        [0, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536],
        "invalid",
      ),
      oneOf("logConfig.filter", ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"], "invalid"),
    ],
    references: [
      { path: "router", to: [routerType], ...notFound },
      { path: "natIps[]", to: [addressType], ...notFound },
      { path: "subnetworks[].name", to: [subnetType], ...notFound },
    ],
    replaceOn: ["name", "project", "region", "router"],
  },
  [addressType]: {
    id: "projects/{project}/regions/{region}/addresses/{name}",
    autoName: "name",
    checks: [
      computeName,
      oneOf("addressType", ["EXTERNAL", "INTERNAL"], "invalid"),
      oneOf("networkTier", ["PREMIUM", "STANDARD"], "invalid"),
    ],
    references: [inNetwork("network"), { path: "subnetwork", to: [subnetType], ...notFound }],
    replaceOn: [
      "name",
      "project",
      "region",
      "address",
      "addressType",
      "description",
      "network",
      "networkTier",
      "purpose",
      "subnetwork",
      "prefixLength",
      "ipVersion",
    ],
    defaults: { addressType: "EXTERNAL", networkTier: "PREMIUM" },
    outputs: { address, creationTimestamp: () => "2026-01-01T00:00:00.000-00:00", users: () => [] },
  },
  [globalAddressType]: {
    id: "projects/{project}/global/addresses/{name}",
    autoName: "name",
    checks: [
      computeName,
      oneOf("addressType", ["EXTERNAL", "INTERNAL"], "invalid"),
      oneOf("purpose", ["VPC_PEERING", "PRIVATE_SERVICE_CONNECT"], "invalid"),
      refuseWhen(
        "network",
        ({ purpose, network }) => purpose === "VPC_PEERING" && network === undefined,
        "invalid: a VPC_PEERING address needs its network",
      ),
      refuseWhen(
        "prefixLength",
        ({ purpose, prefixLength }) => purpose === "VPC_PEERING" && prefixLength === undefined,
        "invalid: a VPC_PEERING address needs a prefixLength",
      ),
      between("prefixLength", 8, 29, "invalid"),
    ],
    references: [inNetwork("network")],
    replaceOn: [
      "name",
      "project",
      "address",
      "addressType",
      "description",
      "ipVersion",
      "network",
      "prefixLength",
      "purpose",
    ],
    defaults: { addressType: "EXTERNAL" },
    outputs: { address, creationTimestamp: () => "2026-01-01T00:00:00.000-00:00" },
  },
  "gcp:compute/firewall:Firewall": {
    id: "projects/{project}/global/firewalls/{name}",
    autoName: "name",
    checks: [
      computeName,
      between("priority", 0, 65535, "invalid"),
      oneOf("direction", ["INGRESS", "EGRESS"], "invalid"),
      blocks("sourceRanges[]", 0, 32, "invalid"),
      blocks("destinationRanges[]", 0, 32, "invalid"),
      tagForm("sourceTags[]"),
      tagForm("targetTags[]"),
      firewallRules,
    ],
    references: [inNetwork("network")],
    replaceOn: ["name", "project", "network", "direction"],
    defaults: { priority: 1000, direction: "INGRESS" },
    outputs: { creationTimestamp: () => "2026-01-01T00:00:00.000-00:00" },
  },
  "gcp:compute/route:Route": {
    id: "projects/{project}/global/routes/{name}",
    autoName: "name",
    checks: [computeName, blocks("destRange", 0, 32, "invalid"), between("priority", 0, 65535, "invalid")],
    references: [inNetwork("network")],
    replaceOn: [
      "name",
      "project",
      "network",
      "destRange",
      "description",
      "priority",
      "tags",
      "nextHopGateway",
      "nextHopIp",
      "nextHopIlb",
      "nextHopInstance",
      "nextHopVpnTunnel",
    ],
    defaults: { priority: 1000 },
  },
  "gcp:servicenetworking/connection:Connection": {
    id: ({ inputs }) =>
      `${encodeURIComponent(handleOf(text(inputs, "network")))}:${text(inputs, "service") ?? ""}`,
    checks: [
      form(
        "service",
        /^[a-z0-9.-]+\.googleapis\.com$|^[a-z0-9.-]+$/,
        "a service such as servicenetworking.googleapis.com",
        "invalid",
      ),
    ],
    references: [
      inNetwork("network"),
      {
        path: "reservedPeeringRanges[]",
        to: [globalAddressType],
        missing: "FAILED_PRECONDITION",
        sentence: "Allocated range '{value}' does not exist",
      },
    ],
    replaceOn: ["network", "service"],
    outputs: {
      peering: ({ inputs }) =>
        (text(inputs, "service") ?? "").replace(/\.googleapis\.com$/, "").replaceAll(".", "-") +
        "-googleapis-com",
    },
  },
};

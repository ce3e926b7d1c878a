import { dotted } from "../cidr";
import { hex, text } from "../values";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { RuleTable, Subject } from "./contract";
import { computeName, handleOf, inNetwork, notFound, subnetType } from "./gcp-network";

const routerType = "gcp:compute/router:Router";
const addressType = "gcp:compute/address:Address";
const globalAddressType = "gcp:compute/globalAddress:GlobalAddress";

/** An address from the documentation and benchmark ranges, which belong to nobody. */
function address(subject: Subject): string {
  const given = text(subject.inputs, "address");
  const external = (text(subject.inputs, "addressType") ?? "EXTERNAL") === "EXTERNAL";
  const base = external ? 198 * 2 ** 24 + 19 * 2 ** 16 : 10 * 2 ** 24;
  return given ?? dotted(base + (parseInt(hex(`address ${subject.seed}`, 8), 16) % 2 ** 16));
}

/** Routers, NAT, addresses, peerings. Source: Compute Engine and Service Networking references, 2026-11-21. */
export const gcpEgress: RuleTable = {
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
    replaceOn: ["name", "project", "region", "router", "endpointTypes"],
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

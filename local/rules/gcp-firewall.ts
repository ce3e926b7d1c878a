import { objects, text, texts, type Properties } from "../values";
import { between, blocks, form, oneOf } from "./checks";
import type { Check, RuleTable } from "./contract";
import { computeName, inNetwork } from "./gcp-network";

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

/** Firewall rules and routes. Source: Compute Engine API reference, 2026-11-21. */
export const gcpFirewall: RuleTable = {
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
    replaceOn: ["name", "project", "direction", "params"],
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
};

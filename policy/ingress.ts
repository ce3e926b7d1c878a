import type { Check, Requirement, Subject } from "./check";
import { type Inputs, listOf, recordOf, recordsOf, stringsOf, textOf } from "./path";

/** Ports that a firewall rule opens to the whole internet. */
export interface Opening {
  /** The property that opens them. */
  readonly property: string;
  readonly given: unknown;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

const highestPort = 65_535;

/** Half of the internet counts as the internet, so that `0.0.0.0/1` and `128.0.0.0/1` are no way round. */
export const isWorldCidr = (cidr: unknown): boolean => /^[0-9a-f.:]+\/[01]$/i.test(textOf(cidr));

export const covers = (opening: Opening, port: number): boolean =>
  isTcp(opening) && opening.from <= port && port <= opening.to;

const isTcp = ({ protocol }: Opening) => protocol === "all" || protocol === "tcp";

/** Echo requests and the like carry no port. */
export const hasPorts = ({ protocol }: Opening): boolean => !protocol.startsWith("icmp");

export const opensEverything = (opening: Opening): boolean =>
  hasPorts(opening) && opening.from <= 1 && opening.to >= highestPort;

type AwsPorts = Readonly<Record<"fromPort" | "toPort" | "protocol", unknown>>;

/** AWS writes "every protocol" as -1; all ports of one protocol are 0 to 65535 or -1. */
function awsOpening(property: string, given: unknown, ports: AwsPorts): Opening {
  const named =
    typeof ports.protocol === "number" ? String(ports.protocol) : textOf(ports.protocol).toLowerCase();
  const everything = named === "-1" || named === "all";
  const from = typeof ports.fromPort === "number" ? ports.fromPort : -1;
  const to = typeof ports.toPort === "number" ? ports.toPort : -1;
  const whole = everything || from === -1;
  return {
    property,
    given,
    protocol: everything ? "all" : (awsProtocols[named] ?? named),
    from: whole ? 0 : from,
    to: whole ? highestPort : to,
  };
}

/** IANA protocol numbers, which network ACLs use. */
const awsProtocols: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

const groupCidrs = (rule: Inputs) => [...stringsOf(rule["cidrBlocks"]), ...stringsOf(rule["ipv6CidrBlocks"])];

const securityGroup = (inputs: Inputs): Opening[] =>
  recordsOf(inputs["ingress"]).flatMap((rule, position) =>
    groupCidrs(rule)
      .filter(isWorldCidr)
      .map((cidr) => awsOpening(`ingress[${position}]`, portsShown(rule, cidr), awsPorts(rule, "protocol"))),
  );

const securityGroupRule = (inputs: Inputs): Opening[] =>
  inputs["type"] === "ingress"
    ? groupCidrs(inputs)
        .filter(isWorldCidr)
        .map((cidr) => awsOpening("cidrBlocks", portsShown(inputs, cidr), awsPorts(inputs, "protocol")))
    : [];

const ingressRule = (inputs: Inputs): Opening[] =>
  ["cidrIpv4", "cidrIpv6"]
    .filter((property) => isWorldCidr(inputs[property]))
    .map((property) =>
      awsOpening(property, portsShown(inputs, inputs[property]), awsPorts(inputs, "ipProtocol")),
    );

const networkAcl = (inputs: Inputs): Opening[] =>
  recordsOf(inputs["ingress"]).flatMap((rule, position) =>
    rule["action"] === "allow" ? networkAclEntry(rule, `ingress[${position}]`) : [],
  );

const networkAclRule = (inputs: Inputs): Opening[] =>
  inputs["egress"] !== true && inputs["ruleAction"] === "allow" ? networkAclEntry(inputs, "cidrBlock") : [];

function networkAclEntry(rule: Inputs, property: string): Opening[] {
  const world = [rule["cidrBlock"], rule["ipv6CidrBlock"]].find(isWorldCidr);
  return world === undefined
    ? []
    : [awsOpening(property, portsShown(rule, world), awsPorts(rule, "protocol"))];
}

const awsPorts = (rule: Inputs, protocol: string): AwsPorts => ({
  fromPort: rule["fromPort"],
  toPort: rule["toPort"],
  protocol: rule[protocol],
});

function portsShown(rule: Inputs, cidr: unknown): Inputs {
  const protocol = rule["protocol"] ?? rule["ipProtocol"];
  return { cidr, protocol, fromPort: rule["fromPort"], toPort: rule["toPort"] };
}

/** `443`, `8000-8100`, or `*`. */
function portRange(text: string): { from: number; to: number } {
  if (text === "*" || text === "") return { from: 0, to: highestPort };
  const [from = "", to = from] = text.split("-");
  return { from: Number(from), to: Number(to) };
}

function googleFirewall(inputs: Inputs): Opening[] {
  if (inputs["direction"] === "EGRESS" || inputs["disabled"] === true) return [];
  const ranges = stringsOf(inputs["sourceRanges"]);
  const isNarrowed = ["sourceTags", "sourceServiceAccounts"].some(
    (source) => listOf(inputs[source]).length > 0,
  );
  // Google Cloud reads a rule that names no source at all as one for 0.0.0.0/0.
  const world = ranges.length === 0 && !isNarrowed ? "0.0.0.0/0" : ranges.find(isWorldCidr);
  if (world === undefined) return [];
  return recordsOf(inputs["allows"]).flatMap((allow, position) => {
    const given = { sourceRange: world, ...allow };
    const ports = listOf(allow["ports"]).map(String);
    return (ports.length === 0 ? ["*"] : ports).map((range) => ({
      property: `allows[${position}]`,
      given,
      protocol: textOf(allow["protocol"]).toLowerCase(),
      ...portRange(range),
    }));
  });
}

const azureWorld = ["*", "internet", "any", "0.0.0.0"];

const isAzureWorld = (prefix: string) => azureWorld.includes(prefix.toLowerCase()) || isWorldCidr(prefix);

function azureRule(rule: Inputs, property: string): Opening[] {
  if (rule["direction"] !== "Inbound" || rule["access"] !== "Allow") return [];
  const sources = [textOf(rule["sourceAddressPrefix"]), ...stringsOf(rule["sourceAddressPrefixes"])];
  const world = sources.find(isAzureWorld);
  if (world === undefined) return [];
  const ranges = [rule["destinationPortRange"], ...listOf(rule["destinationPortRanges"])]
    .filter((range) => range !== undefined)
    .map(String);
  const protocol = textOf(rule["protocol"]).toLowerCase();
  return ranges.map((range) => ({
    property: `${property}${property === "" ? "" : "."}destinationPortRange`,
    given: { name: rule["name"], source: world, protocol, ports: range },
    protocol: protocol === "*" ? "all" : protocol,
    ...portRange(range),
  }));
}

const networkSecurityGroup = (inputs: Inputs): Opening[] =>
  recordsOf(inputs["securityRules"]).flatMap((rule, position) =>
    azureRule(rule, `securityRules[${position}]`),
  );

interface Firewall {
  readonly reads: readonly string[];
  readonly openings: (inputs: Inputs) => Opening[];
}

/** How each kind of firewall lets the internet in, by type token. */
const firewalls: Readonly<Record<string, Firewall>> = {
  "aws:ec2/securityGroup:SecurityGroup": { reads: ["ingress"], openings: securityGroup },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    reads: ["type", "cidrBlocks", "ipv6CidrBlocks", "protocol", "fromPort", "toPort"],
    openings: securityGroupRule,
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    reads: ["cidrIpv4", "cidrIpv6", "ipProtocol", "fromPort", "toPort"],
    openings: ingressRule,
  },
  "aws:ec2/networkAcl:NetworkAcl": { reads: ["ingress"], openings: networkAcl },
  "aws:ec2/networkAclRule:NetworkAclRule": {
    reads: ["ruleAction", "cidrBlock", "ipv6CidrBlock", "protocol", "fromPort", "toPort"],
    openings: networkAclRule,
  },
  "gcp:compute/firewall:Firewall": {
    reads: ["allows", "sourceRanges", "sourceTags", "sourceServiceAccounts"],
    openings: googleFirewall,
  },
  "azure-native:network:NetworkSecurityGroup": { reads: ["securityRules"], openings: networkSecurityGroup },
  "azure-native:network:SecurityRule": {
    reads: ["sourceAddressPrefix", "sourceAddressPrefixes", "destinationPortRange", "destinationPortRanges"],
    openings: (inputs) => azureRule(inputs, ""),
  },
};

/** Every port range that a firewall resource opens to the internet. */
export const openingsOf = (type: string, inputs: Inputs): Opening[] =>
  firewalls[type]?.openings(inputs) ?? [];

/** The role that a firewall group is tagged with, for example `load-balancer`. */
export const roleOf = (inputs: Inputs): string => textOf(recordOf(inputs["tags"])["Role"]);

/** A check that a firewall resource opens nothing forbidden to the internet. */
export function openingCheck(
  type: string,
  isForbidden: (opening: Opening, subject: Subject) => boolean,
  requirement: Requirement & { readonly allowed: string },
): Check {
  return {
    ...requirement,
    reads: firewalls[type]?.reads ?? [],
    findings: (subject) =>
      openingsOf(subject.type, subject.inputs).filter((opening) => isForbidden(opening, subject)),
  };
}

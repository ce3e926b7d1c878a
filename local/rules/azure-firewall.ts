import { CloudError } from "../cloud-error";
import { parseBlock } from "../cidr";
import { number, object, objects, text, texts, type Properties } from "../values";
import { form } from "./checks";
import type { Check, Problem, RuleTable, WorldCheck } from "./contract";
import type { World } from "../world";

const network =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network";
const groupType = "azure-native:network:NetworkSecurityGroup";
const ruleType = "azure-native:network:SecurityRule";

const portForm = /^(\*|\d{1,5}(-\d{1,5})?)$/;
const addressForm =
  /^(\*|[A-Z][A-Za-z0-9]+(\.[A-Za-z0-9]+)?|\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?|[0-9a-fA-F:]+(\/\d{1,3})?)$/;

function* ruleProblems(property: string, rule: Properties): Iterable<Problem> {
  const name = text(rule, "name") ?? text(rule, "securityRuleName") ?? "";
  const refuse = (code: string, sentence: string): Problem => ({
    property,
    reason: `${code}: Security rule '${name}': ${sentence}`,
  });
  const priority = number(rule, "priority");
  if (priority !== undefined && (!Number.isInteger(priority) || priority < 100 || priority > 4096)) {
    yield refuse("SecurityRuleInvalidPriority", `priority ${priority} must be from 100 to 4096`);
  }
  const direction = text(rule, "direction");
  if (direction !== undefined && direction !== "Inbound" && direction !== "Outbound")
    yield refuse("InvalidRequestFormat", `direction '${direction}' must be Inbound or Outbound`);
  const access = text(rule, "access");
  if (access !== undefined && access !== "Allow" && access !== "Deny")
    yield refuse("InvalidRequestFormat", `access '${access}' must be Allow or Deny`);
  const protocol = text(rule, "protocol");
  if (protocol !== undefined && !["*", "Tcp", "Udp", "Icmp", "Esp", "Ah"].includes(protocol))
    yield refuse("InvalidRequestFormat", `protocol '${protocol}' must be *, Tcp, Udp, Icmp, Esp or Ah`);
  for (const port of portsOf(rule, "destination").concat(portsOf(rule, "source"))) {
    const [first = "", last = first] = port.split("-");
    if (!portForm.test(port) || (port !== "*" && (Number(first) > Number(last) || Number(last) > 65535))) {
      yield refuse(
        "SecurityRuleInvalidPortRange",
        `port '${port}' must be *, a port from 0 to 65535, or a range such as 80-90`,
      );
    }
  }
  for (const address of addressesOf(rule, "source").concat(addressesOf(rule, "destination"))) {
    const block = address.includes("/") && !address.includes(":") ? parseBlock(address) : undefined;
    const misaligned =
      address.includes("/") && !address.includes(":") && (block === undefined || block.cidr !== address);
    if (!addressForm.test(address) || misaligned) {
      yield refuse(
        "SecurityRuleInvalidAddressPrefix",
        `address prefix '${address}' must be *, a service tag, or a block${block === undefined ? "" : ` such as ${block.cidr}`}`,
      );
    }
  }
}

const portsOf = (rule: Properties, side: string): readonly string[] =>
  values(rule, `${side}PortRange`, `${side}PortRanges`);
const addressesOf = (rule: Properties, side: string): readonly string[] =>
  values(rule, `${side}AddressPrefix`, `${side}AddressPrefixes`);

function values(rule: Properties, one: string, many: string): readonly string[] {
  const single = text(rule, one);
  return [...(single === undefined ? [] : [single]), ...texts(rule, many)];
}

const inlineRules: Check = function* (inputs) {
  const rules = objects(inputs, "securityRules");
  for (const rule of rules) yield* ruleProblems("securityRules", rule);
  yield* conflicts("securityRules", rules);
};

/** Two rules of one direction may not have the same priority, two of one group not the same name. */
function* conflicts(property: string, rules: readonly Properties[]): Iterable<Problem> {
  for (const [i, rule] of rules.entries()) {
    const earlier = rules.slice(0, i);
    const same = earlier.find(
      (other) =>
        number(other, "priority") !== undefined &&
        other["priority"] === rule["priority"] &&
        other["direction"] === rule["direction"],
    );
    if (same !== undefined) {
      yield {
        property,
        reason: `SecurityRuleConflict: Security rule ${nameOf(rule)} conflicts with rule ${nameOf(same)}. Rules cannot have the same Priority and Direction (${String(rule["priority"])}, ${String(rule["direction"])}).`,
      };
    }
    if (nameOf(rule) !== "" && earlier.some((other) => nameOf(other) === nameOf(rule))) {
      yield { property, reason: `SecurityRuleDuplicateName: two security rules are named '${nameOf(rule)}'` };
    }
  }
}

const nameOf = (rule: Properties): string => text(rule, "name") ?? text(rule, "securityRuleName") ?? "";

/** Every rule of a group: its own, and those that separate resources add. */
function rulesOf(groupId: string, world: World): readonly Properties[] {
  const added = world
    .ofType(ruleType)
    .filter((item) => item.id.toLowerCase().startsWith(`${groupId.toLowerCase()}/securityrules/`));
  return [
    ...objects(world.withId(groupId)?.inputs ?? {}, "securityRules"),
    ...added.map((item) => item.inputs),
  ];
}

const noConflict: WorldCheck = (subject, world) => {
  const groupId = subject.id.replace(/\/securityRules\/[^/]+$/i, "");
  const others = rulesOf(groupId, world).filter((rule) => nameOf(rule) !== nameOf(subject.inputs));
  const [problem] = conflicts("priority", [...others, subject.inputs]);
  return problem === undefined
    ? undefined
    : new CloudError(problem.reason.split(": ")[0] ?? "", problem.reason.split(": ").slice(1).join(": "));
};

interface NeededRule {
  readonly direction: "Inbound" | "Outbound";
  readonly side: "source" | "destination";
  readonly peer: string;
  readonly ports: readonly string[];
}

/** What Azure Bastion asks of the group on its subnet. Source: "NSG access and Azure Bastion", 2026-11-21. */
const bastionNeeds: readonly NeededRule[] = [
  { direction: "Inbound", side: "source", peer: "Internet", ports: ["443"] },
  { direction: "Inbound", side: "source", peer: "GatewayManager", ports: ["443"] },
  { direction: "Inbound", side: "source", peer: "AzureLoadBalancer", ports: ["443"] },
  { direction: "Inbound", side: "source", peer: "VirtualNetwork", ports: ["8080", "5701"] },
  { direction: "Outbound", side: "destination", peer: "VirtualNetwork", ports: ["22", "3389"] },
  { direction: "Outbound", side: "destination", peer: "AzureCloud", ports: ["443"] },
  { direction: "Outbound", side: "destination", peer: "VirtualNetwork", ports: ["8080", "5701"] },
  { direction: "Outbound", side: "destination", peer: "Internet", ports: ["80"] },
];

function allows(rules: readonly Properties[], { direction, side, peer, ports }: NeededRule): boolean {
  const fitting = rules.filter(
    (rule) =>
      rule["access"] === "Allow" &&
      rule["direction"] === direction &&
      addressesOf(rule, side).some((address) => address === peer || address === "*"),
  );
  return ports.every((port) =>
    fitting.some((rule) => portsOf(rule, "destination").some((range) => covers(range, Number(port)))),
  );
}

function covers(range: string, port: number): boolean {
  const [first = "", last = first] = range.split("-");
  return range === "*" || (Number(first) <= port && port <= Number(last));
}

/** A group on AzureBastionSubnet without the rules that the service lives on is refused. */
export const bastionRulesPresent: WorldCheck = ({ inputs }, world) => {
  const groupId = text(object(inputs, "networkSecurityGroup"), "id");
  if (text(inputs, "subnetName") !== "AzureBastionSubnet" || groupId === undefined) return undefined;
  const rules = rulesOf(groupId, world);
  const missing = bastionNeeds.filter((need) => !allows(rules, need));
  if (missing.length === 0) return undefined;
  const needs = missing.map(
    ({ direction, side, peer, ports }) => `${direction} ${side} ${peer} port ${ports.join(", ")}`,
  );
  return new CloudError(
    "NetworkSecurityGroupNotCompliantForAzureBastionSubnet",
    `Network security group ${groupId} does not have necessary rules for Azure Bastion Subnet AzureBastionSubnet: ${needs.join("; ")}.`,
  );
};

/** Network security groups and rules. Source: Azure network security group documentation, 2026-11-21. */
export const azureFirewall: RuleTable = {
  [groupType]: {
    id: `${network}/networkSecurityGroups/{networkSecurityGroupName}`,
    autoName: "networkSecurityGroupName",
    checks: [
      form(
        "networkSecurityGroupName",
        /^[a-zA-Z0-9]([\w.-]{0,78}\w)?$/,
        "1 to 80 letters, digits, _ . or -",
        "InvalidResourceName",
      ),
      inlineRules,
    ],
    replaceOn: ["location"],
    inUse: {
      code: "InUseNetworkSecurityGroupCannotBeDeleted",
      sentence: "Network security group {id} cannot be deleted because it is in use.",
    },
  },
  [ruleType]: {
    id: `${network}/networkSecurityGroups/{networkSecurityGroupName}/securityRules/{securityRuleName}`,
    autoName: "securityRuleName",
    checks: [(inputs) => ruleProblems("securityRuleName", inputs)],
    refuses: [noConflict],
  },
};

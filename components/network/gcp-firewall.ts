import * as compute from "@pulumi/gcp/compute";
import type * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { type AllowRule, type FirewallRole, firewallRoles, ingressRules, ruleName } from "./firewall";

type RoleTags = { readonly [R in FirewallRole]: pulumi.Output<string> };

/** Databases and caches live in Google's own network behind a peering: what guards them is who may send to it. */
const managedRoles: readonly FirewallRole[] = ["database", "cache"];

/** Where Google's load balancers and their health checks come from (Cloud Load Balancing documentation, 2026-11-21). */
const loadBalancerRanges = ["130.211.0.0/22", "35.191.0.0/16"];

/** Where Identity-Aware Proxy forwards SSH from. */
const proxyRanges = ["35.235.240.0/20"];

const logged = { logConfig: { metadata: "INCLUDE_ALL_METADATA" } } as const;

/**
 * A network tag for each role; all ingress is denied, and the few allows name tags.
 *
 * @param managedServices - range that databases and caches get; undefined where the network's owner handed it out.
 */
export function createFirewalls(
  context: DriverContext<"gcp">,
  network: pulumi.Output<string>,
  managedServices: string | undefined,
): RoleTags {
  const tags = Object.fromEntries(
    firewallRoles.map((role) => [role, context.physicalName(role, nameRules.gcpResource)]),
  ) as unknown as RoleTags;
  const firewall = firewallMaker(context, network);
  firewall("deny-ingress", {
    direction: "INGRESS",
    priority: 65534,
    sourceRanges: ["0.0.0.0/0"],
    denies: [{ protocol: "all" }],
    description: "What no other rule allows is denied",
  });
  for (const rule of ingressRules) {
    if (!managedRoles.includes(rule.to)) allowIngress(firewall, tags, rule);
  }
  if (managedServices !== undefined) guardManagedServices(firewall, tags, managedServices);
  firewall("bastion-from-proxy-22", {
    direction: "INGRESS",
    sourceRanges: proxyRanges,
    targetTags: [tags.bastion],
    allows: [{ protocol: "tcp", ports: ["22"] }],
    description: "SSH through Identity-Aware Proxy",
  });
  return tags;
}

type FirewallMaker = (role: string, args: Omit<compute.FirewallArgs, "network">) => void;

function firewallMaker({ name, child }: DriverContext<"gcp">, network: pulumi.Output<string>): FirewallMaker {
  return (role, args) => {
    new compute.Firewall(`${name}-${role}`, { network, ...logged, ...args }, child);
  };
}

/** The load balancer is no machine of ours: its requests come from Google's own ranges. */
function allowIngress(firewall: FirewallMaker, tags: RoleTags, rule: AllowRule): void {
  if (rule.from === "internet") return;
  const source =
    rule.from === "load-balancer" ? { sourceRanges: loadBalancerRanges } : { sourceTags: [tags[rule.from]] };
  firewall(ruleName(rule), {
    direction: "INGRESS",
    ...source,
    targetTags: [tags[rule.to]],
    allows: allows(rule),
    description: rule.description,
  });
}

function guardManagedServices(firewall: FirewallMaker, tags: RoleTags, managedServices: string): void {
  const destinationRanges = [managedServices];
  for (const rule of ingressRules) {
    if (!managedRoles.includes(rule.to) || rule.from === "internet") continue;
    firewall(ruleName(rule), {
      direction: "EGRESS",
      destinationRanges,
      targetTags: [tags[rule.from]],
      allows: allows(rule),
      description: rule.description,
    });
  }
  firewall("deny-managed-services", {
    direction: "EGRESS",
    priority: 60000,
    destinationRanges,
    denies: [{ protocol: "all" }],
    description: "Databases and caches are reached by the named roles only",
  });
}

function allows({ ports }: AllowRule): compute.FirewallArgs["allows"] {
  if (ports === "all") return [{ protocol: "all" }];
  return [
    { protocol: "tcp", ports: [ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`] },
  ];
}

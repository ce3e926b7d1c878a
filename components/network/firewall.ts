/** Groups of machines that the firewalls tell apart. */
export const firewallRoles = [
  "bastion",
  "nodes",
  "training",
  "serving",
  "database",
  "cache",
  "load-balancer",
] as const;

export type FirewallRole = (typeof firewallRoles)[number];

/** Ports that a rule opens: one span for TCP, or everything between the members of one group. */
export type Ports = { readonly from: number; readonly to: number } | "all";

/** Lets one group be reached. What no rule allows is denied. */
export interface AllowRule {
  readonly to: FirewallRole;
  readonly from: FirewallRole | "internet";
  readonly ports: Ports;
  readonly description: string;
}

const port = (number: number): Ports => ({ from: number, to: number });
const clients = ["training", "serving", "nodes"] as const;

/** Who may open a connection to whom, the same on every cloud. */
export const ingressRules: readonly AllowRule[] = [
  { to: "load-balancer", from: "internet", ports: port(443), description: "HTTPS from anywhere" },
  {
    to: "load-balancer",
    from: "internet",
    ports: port(80),
    description: "HTTP, only to be redirected to HTTPS",
  },
  { to: "serving", from: "load-balancer", ports: port(8080), description: "Requests and health checks" },
  { to: "nodes", from: "load-balancer", ports: port(8080), description: "Requests to pods on general nodes" },
  { to: "nodes", from: "nodes", ports: "all", description: "Pods and nodes of the cluster among themselves" },
  {
    to: "training",
    from: "training",
    ports: "all",
    description: "Collective operations of distributed training",
  },
  ...clients.map((from): AllowRule => ({
    to: "database",
    from,
    ports: port(5432),
    description: `PostgreSQL from ${from}`,
  })),
  ...clients.map((from): AllowRule => ({
    to: "cache",
    from,
    ports: { from: 6379, to: 6380 },
    description: `Redis from ${from}`,
  })),
];

/** Groups that may reach the internet, through NAT and by HTTPS only. */
export const internetClients: readonly FirewallRole[] = ["bastion", "nodes", "training", "serving"];

/** Every rule that lets a group in, for clouds that write one firewall per group. */
export function rulesTo(role: string): readonly AllowRule[] {
  return ingressRules.filter((rule) => rule.to === role);
}

/** A short name that is unique among the rules, for example `database-from-training-5432`. */
export function ruleName({ to, from, ports }: AllowRule): string {
  return `${to}-from-${from}-${ports === "all" ? ports : ports.from}`;
}

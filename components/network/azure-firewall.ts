import * as azureNetwork from "@pulumi/azure-native/network";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { type AllowRule, type FirewallRole, ruleName, rulesTo } from "./firewall";
import { overlay, type purposePlan } from "./plan";

type Plan = ReturnType<typeof purposePlan>;

/** A kind of guest, and so a subnet. */
export type Guest = keyof Plan;

export type SecurityGroups = { readonly [G in Guest]: azureNetwork.NetworkSecurityGroup };

/** The subnet that each role lives in. A cache has no subnet of its own: it is reached by a private endpoint. */
export const guestOfRole: { readonly [R in FirewallRole]: Guest } = {
  bastion: "bastion",
  nodes: "nodes",
  training: "training",
  serving: "serving",
  database: "database",
  cache: "privateEndpoints",
  "load-balancer": "loadBalancer",
};

/** The cluster's API server has a subnet, and plays no role among the machines. */
const guardOfControlPlane = ["control-plane", "controlPlane"] as const;

interface Rule {
  readonly name: string;
  readonly description: string;
  readonly direction?: "Outbound";
  readonly protocol?: "Tcp" | "*";
  readonly source: string;
  readonly destination?: string;
  readonly ports: readonly string[];
}

/** Probes of Azure's own load balancers; a rule that denies everything would otherwise cut them off too. */
const probes: Rule = {
  name: "probes",
  description: "Health probes of Azure load balancers",
  protocol: "*",
  source: "AzureLoadBalancer",
  ports: ["*"],
};

/** Azure Bastion talks to itself on these. */
const bastionPorts = ["8080", "5701"];

/** Ports as the documentation of AKS API Server VNet Integration names them (read 2026-11-21). */
const apiClients: Rule = {
  name: "clients",
  description: "The API server, for nodes and for whoever administers from inside",
  source: "VirtualNetwork",
  ports: ["443", "4443"],
};

const bastionRules: readonly Rule[] = [
  { name: "https", description: "HTTPS from anywhere", source: "Internet", ports: ["443"] },
  { name: "gateway-manager", description: "Control plane", source: "GatewayManager", ports: ["443"] },
  { name: "probes", description: "Health probes", source: "AzureLoadBalancer", ports: ["443"] },
  {
    name: "hosts",
    description: "Between bastion hosts",
    source: "VirtualNetwork",
    destination: "VirtualNetwork",
    ports: bastionPorts,
  },
  {
    name: "ssh-out",
    description: "SSH and RDP to machines",
    direction: "Outbound",
    source: "*",
    destination: "VirtualNetwork",
    ports: ["22", "3389"],
  },
  {
    name: "cloud-out",
    description: "Azure's own endpoints",
    direction: "Outbound",
    source: "*",
    destination: "AzureCloud",
    ports: ["443"],
  },
  {
    name: "hosts-out",
    description: "Between bastion hosts",
    direction: "Outbound",
    source: "VirtualNetwork",
    destination: "VirtualNetwork",
    ports: bastionPorts,
  },
  {
    name: "sessions-out",
    description: "Session certificates",
    direction: "Outbound",
    source: "*",
    destination: "Internet",
    ports: ["80"],
  },
];

/**
 * What Azure's own services need of their subnets, beyond the rules between roles (documentation of Azure Bastion,
 * Application Gateway, Database for PostgreSQL and Managed Redis, read 2026-11-21).
 */
function serviceRules(plan: Plan): { readonly [G in Guest]: readonly Rule[] } {
  const redis = [plan.nodes, plan.training, plan.serving].map((source, index): Rule => ({
    name: `managed-redis-${index + 1}`,
    description: "Azure Managed Redis",
    source,
    ports: ["10000"],
  }));
  return {
    nodes: [
      probes,
      {
        name: "pods",
        description: "Pods of the cluster, whose packets are not wrapped between nodes",
        protocol: "*",
        source: overlay.pods,
        ports: ["*"],
      },
      {
        name: "control-plane",
        description: "The API server, to kubelets and to webhooks in pods",
        protocol: "*",
        source: plan.controlPlane,
        ports: ["*"],
      },
    ],
    training: [],
    serving: [probes],
    privateEndpoints: [
      {
        name: "services",
        description: "Storage, vault and registry by HTTPS",
        source: "VirtualNetwork",
        ports: ["443"],
      },
      ...redis,
    ],
    database: [
      {
        name: "replication",
        description: "High availability and pooling",
        source: plan.database,
        ports: ["5432", "6432"],
      },
    ],
    loadBalancer: [
      probes,
      {
        name: "gateway-manager",
        description: "Management of the gateway",
        source: "GatewayManager",
        ports: ["65200-65535"],
      },
    ],
    bastion: bastionRules,
    controlPlane: [probes, apiClients],
  };
}

const denyRest: Rule = {
  name: "deny-rest",
  description: "What no other rule allows is denied",
  protocol: "*",
  source: "*",
  ports: ["*"],
};

/** A network security group for each subnet. */
export function createFirewalls(
  { name, settings, tags, child }: DriverContext<"azure">,
  resourceGroupName: pulumi.Output<string>,
  plan: Plan,
): SecurityGroups {
  const own = serviceRules(plan);
  const roles = Object.entries(guestOfRole) as [FirewallRole, Guest][];
  const made = [...roles, guardOfControlPlane].map(([role, guest]) => {
    const rules = [...rulesTo(role).map((rule) => fromRole(rule, plan)), ...own[guest]];
    const group = new azureNetwork.NetworkSecurityGroup(
      `${name}-${role}`,
      {
        resourceGroupName,
        location: settings.location,
        securityRules: [
          ...rules.map(securityRule),
          { ...securityRule(denyRest), access: "Deny", priority: 4096 },
        ],
        tags: { ...tags, Role: role },
      },
      child,
    );
    return [guest, group] as const;
  });
  return Object.fromEntries(made) as unknown as SecurityGroups;
}

function fromRole(rule: AllowRule, plan: Plan): Rule {
  const { ports, from } = rule;
  return {
    name: ruleName(rule),
    description: rule.description,
    protocol: ports === "all" ? "*" : "Tcp",
    source: from === "internet" ? "Internet" : plan[guestOfRole[from]],
    ports: [
      ports === "all" ? "*" : ports.from === ports.to ? String(ports.from) : `${ports.from}-${ports.to}`,
    ],
  };
}

/** Priorities rise with the rule's place: Azure wants them unique for each direction of a group. */
function securityRule(rule: Rule, index = 0) {
  const { ports } = rule;
  const [single] = ports;
  return {
    name: rule.name,
    description: rule.description,
    direction: rule.direction ?? "Inbound",
    access: "Allow",
    priority: 100 + 10 * index,
    protocol: rule.protocol ?? "Tcp",
    sourceAddressPrefix: rule.source,
    sourcePortRange: "*",
    destinationAddressPrefix: rule.destination ?? "*",
    ...(ports.length === 1 && single !== undefined
      ? { destinationPortRange: single }
      : { destinationPortRanges: [...ports] }),
  };
}

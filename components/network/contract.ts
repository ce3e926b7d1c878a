import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import type { Drivers } from "../core/capability";
import type { Cloud, Environment, Scope } from "../core/cloud";
import type { LockTarget } from "../deletion-lock/contract";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";
import { cidrFault } from "./cidr";
import type { LogSource } from "../object-storage/contract";
import type { FirewallRole } from "./firewall";

/** Ranges that do not overlap, so that the three clouds can be linked. */
const defaultCidr: { readonly [C in Cloud]: string } = {
  aws: "10.0.0.0/16",
  gcp: "10.2.0.0/16",
  azure: "10.1.0.0/16",
};

/** AWS takes /16 at most; below /20 the smallest share of the plan (1/64) is under the /26 that Azure Bastion needs. */
const cidrSizes = { min: 16, max: 20 };

/** CloudWatch takes only these numbers of days; the other clouds take any (CreateLogGroup, read 2026-11-21). */
export const flowLogDays = [90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557] as const;

const byEnvironment = {
  zones: { dev: 2, staging: 3, prod: 3 },
  natStrategy: { dev: "single", staging: "single", prod: "perZone" },
  privateEndpoints: { dev: false, staging: false, prod: true },
  flowLogDays: { dev: 90, staging: 90, prod: 365 },
} as const satisfies Record<string, Record<Environment, unknown>>;

const subnetIds = (what: string, min: number) =>
  z
    .array(z.string().min(1))
    .min(min)
    .describe(what)
    .meta({ example: ["subnet-0123456789abcdef0"] });

const existingSchema = z
  .strictObject({
    id: z
      .string()
      .min(1)
      .describe("Network: AWS VPC id, Google Cloud network self link, Azure virtual network id."),
    cidr: z
      .cidrv4("an IPv4 range in CIDR form, such as 10.0.0.0/16")
      .describe("Address range of that network.")
      .meta({ example: "10.0.0.0/16" }),
    publicSubnetIds: subnetIds("Subnets that the load balancer may use.", 1),
    privateSubnetIds: subnetIds("Subnets with a way out through NAT, for machines and clusters.", 1),
    dataSubnetIds: subnetIds("Subnets for databases, caches and private endpoints.", 1),
    controlPlaneSubnetId: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Azure only: subnet of /28 or more for the cluster's API server, delegated to " +
          "Microsoft.ContainerService/managedClusters. Required there.",
      ),
  })
  .describe(
    "A network that is there already and stays its owner's: its subnets, NAT, routes and flow logs are not touched.",
  );

/** What a stack may set under `network`. */
export const networkSchema = ({ cloud, environment }: Scope) =>
  z.strictObject({
    cidr: z
      .string()
      .superRefine((value, ctx) => {
        const fault = cidrFault(value, cidrSizes);
        if (fault !== undefined) ctx.addIssue({ code: "custom", message: fault });
      })
      .default(defaultCidr[cloud])
      .describe(
        "Address range of the network: private, /16 to /20, and unlike that of any network to be linked.",
      )
      .meta({ example: "10.0.0.0/16" }),
    zones: z
      .int()
      .min(2)
      .max(3)
      .default(byEnvironment.zones[environment])
      .describe("Availability zones to spread over.")
      .meta({ example: 3 }),
    natStrategy: z
      .enum(["single", "perZone"])
      .default(byEnvironment.natStrategy[environment])
      .describe(
        "One way out to the internet for all zones (cheaper), or one for each zone (survives a zone's loss).",
      )
      .meta({ example: "perZone" }),
    privateEndpoints: z
      .boolean()
      .default(byEnvironment.privateEndpoints[environment])
      .describe(
        "AWS: reach registry, STS, secret store and logs by interface endpoints, which cost by the hour. The object " +
          "store's gateway endpoint is free and always there; Google Cloud and Azure always use private access.",
      )
      .meta({ example: true }),
    flowLogDays: z
      .literal([...flowLogDays])
      .default(byEnvironment.flowLogDays[environment])
      .describe("Days that flow logs are kept.")
      .meta({ example: 90 }),
    existing: existingSchema.optional(),
  });

export type NetworkSettings = z.output<ReturnType<typeof networkSchema>>;
export type ExistingNetwork = z.output<typeof existingSchema>;

/** Services that can be given an address inside the network. */
export const privateServices = ["blob", "vault", "registry"] as const;
export type PrivateService = (typeof privateServices)[number];

/** Something that must be reachable inside the network only. */
export interface PrivateLink {
  /** Last part of the endpoint's name. */
  readonly role: string;
  readonly service: PrivateService;
  readonly resourceId: pulumi.Output<string>;
}

export interface NetworkArgs extends NetworkSettings {
  /** Key that flow logs are encrypted with; its store was made before the network and is linked into it. */
  readonly key: EncryptionKeyOutputs;
}

/** Where later capabilities put private endpoints. Both parts are undefined on clouds that need none. */
export interface PrivateLinkTarget {
  readonly subnetId: pulumi.Output<string | undefined>;
  /** Private DNS zone of each service. */
  readonly zoneIds: { readonly [S in PrivateService]: pulumi.Output<string | undefined> };
}

/** Ranges of a network that are kept for a cluster. */
export interface ClusterRanges {
  /** Names of the subnet's secondary ranges for pods and services. */
  readonly pods: string;
  readonly services: string;
  /** Range of the control plane, in CIDR form. */
  readonly controlPlane: string;
}

/** What every driver returns, and all that a consumer may rely on. */
export interface NetworkOutputs {
  /** AWS: VPC id. Google Cloud: network self link. Azure: virtual network id. */
  readonly networkId: pulumi.Output<string>;
  readonly cidr: pulumi.Output<string>;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** For machines. Where a cluster has one subnet (Google Cloud, Azure) it is the first. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  readonly dataSubnetIds: pulumi.Output<string[]>;
  /** Azure: where the cluster's API server gets its address. Undefined elsewhere: their control planes are outside. */
  readonly controlPlaneSubnetId: pulumi.Output<string | undefined>;
  /** Google Cloud: what the network keeps for a cluster. Undefined elsewhere, and where the network is not ours. */
  readonly clusterRanges: ClusterRanges | undefined;
  /** Public addresses that traffic to the internet comes from, for the other side's allow list. */
  readonly egressIps: pulumi.Output<string[]>;
  /** What a machine of a role carries: AWS security group id, Google Cloud network tag, Azure network security group id. */
  readonly firewallIds: { readonly [R in FirewallRole]: pulumi.Output<string> };
  readonly privateLink: PrivateLinkTarget;
  readonly logSources: readonly LogSource[];
  /** What holds data, and must be locked once all is made. */
  readonly lockTargets: readonly LockTarget[];
}

export type NetworkDrivers = Drivers<NetworkArgs, NetworkOutputs>;

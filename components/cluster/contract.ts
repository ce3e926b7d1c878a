import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { acceleratorTypes, capacities } from "../catalog/accelerators";
import { defaultVersion, supportedVersions } from "../catalog/versions";
import type { Drivers } from "../core/capability";
import type { Cloud, Environment, Scope } from "../core/cloud";
import type { EncryptionKeyOutputs } from "../encryption-key/contract";
import type { NetworkOutputs } from "../network/contract";
import type { PoolPlan, Taint } from "./pools";

/** Spot machines cost a third and may go at any moment: good enough for dev only. */
export const spotByEnvironment: { readonly [E in Environment]: boolean } = {
  dev: true,
  staging: false,
  prod: false,
};

/** What a stack may set under `gpu`. */
export const gpuSchema = ({ environment }: Scope) =>
  z.strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe("A pool of GPU nodes for whatever asks for one, beside the training pool.")
      .meta({ example: true }),
    type: z
      .enum(acceleratorTypes)
      .default("t4")
      .describe("Accelerator of the GPU pools, the training pool's too.")
      .meta({ example: "t4" }),
    count: z
      .int()
      .min(1)
      .max(8)
      .default(1)
      .describe("Accelerators in one node; it picks the machine within the type's family.")
      .meta({ example: 1 }),
    min: z.int().min(0).max(100).default(0).describe("Fewest nodes of the gpu pool.").meta({ example: 0 }),
    max: z.int().min(1).max(100).default(3).describe("Most nodes of the gpu pool.").meta({ example: 3 }),
    spot: z
      .boolean()
      .default(spotByEnvironment[environment])
      .describe("GPU nodes on spot machines. Set capacity instead to fall back to others.")
      .meta({ example: false }),
    capacity: z
      .array(z.enum(capacities))
      .min(1)
      .refine((list) => new Set(list).size === list.length, "each kind once")
      .optional()
      .describe(
        "Ways to get GPU nodes, the preferred one first; each becomes a pool of its own. AWS has no flexible-start, " +
          "Azure neither that nor reservation.",
      )
      .meta({ example: ["spot", "on-demand"] }),
  });

export type GpuSettings = z.output<ReturnType<typeof gpuSchema>>;

/** What names somebody who may administer a cluster. */
const adminForms: { readonly [C in Cloud]: { readonly form: RegExp; readonly what: string } } = {
  aws: {
    form: /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/,
    what: "the ARN of an IAM role or user, such as arn:aws:iam::123456789012:role/ml-admins",
  },
  gcp: {
    form: /^(group|user|serviceAccount):[^@\s]+@[^@\s]+$/,
    what: "an IAM member, such as group:ml-admins@example.com",
  },
  azure: {
    form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    what: "the object id (UUID) of an Entra group",
  },
};

/** Days that both CloudWatch and Log Analytics take (CreateLogGroup, Workspaces; read 2026-11-21). */
const logDays = [90, 120, 150, 180, 365, 400, 545] as const;

const defaultLogDays = { dev: 90, staging: 90, prod: 365 } as const satisfies Record<Environment, number>;

/** What a stack may set under `kubernetes`. */
export const kubernetesSchema = ({ cloud, environment }: Scope) =>
  z.strictObject({
    version: z
      .enum(supportedVersions)
      .default(defaultVersion)
      .describe("Minor version of Kubernetes. Raise it by one at a time; it cannot be lowered.")
      .meta({ example: defaultVersion }),
    endpointAccess: z
      .array(
        z
          .cidrv4("IPv4 ranges in CIDR form, such as 203.0.113.0/24")
          .refine((cidr) => !cidr.endsWith("/0"), "named ranges: the whole internet is never let in"),
      )
      .max(100)
      .default([])
      .describe(
        "Ranges from which the API server may be reached over the internet. None: it has a private address only.",
      )
      .meta({ example: ["203.0.113.0/24"] }),
    admins: z
      .array(z.string().regex(adminForms[cloud].form, adminForms[cloud].what))
      .max(20)
      .refine((list) => new Set(list).size === list.length, "each once")
      .default([])
      .describe(
        "Who may do everything in the cluster. AWS: ARNs of IAM roles or users. Google Cloud: IAM members. Azure: " +
          "object ids of Entra groups. None: whoever deploys.",
      )
      .meta({ example: ["arn:aws:iam::123456789012:role/ml-admins"] }),
    deletionProtection: z
      .boolean()
      .default(environment === "prod")
      .describe(
        "Whether the cloud itself refuses to delete the cluster (AWS, Google Cloud). To destroy a stack in prod, set it " +
          "to false and deploy that first.",
      )
      .meta({ example: true }),
    logDays: z
      .literal([...logDays])
      .default(defaultLogDays[environment])
      .describe("Days that the control plane's logs are kept, where that can be told (AWS, Azure).")
      .meta({ example: 90 }),
  });

export type KubernetesSettings = z.output<ReturnType<typeof kubernetesSchema>>;

export interface ClusterArgs extends KubernetesSettings {
  readonly pools: readonly PoolPlan[];
  /** Availability zones that nodes are spread over. */
  readonly zones: number;
  readonly network: NetworkOutputs;
  /** Key that secrets, disks and logs are encrypted with. */
  readonly key: EncryptionKeyOutputs;
}

/** A pool as it was made, for whatever places pods. */
export interface NodePool {
  /** The pool's neutral name: general, training, inference, gpu, or one of them with its capacity behind. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What a pod must tolerate to land here, with what the cloud itself adds. */
  readonly taints: readonly Taint[];
}

/** What every driver returns, and all that a consumer may rely on. */
export interface ClusterOutputs {
  readonly clusterName: pulumi.Output<string>;
  /** Address of the API server: `https://…`. */
  readonly endpoint: pulumi.Output<string>;
  /** Version that the control plane runs. */
  readonly version: pulumi.Output<string>;
  /** Kubeconfig as JSON, secret. It holds no token: it logs in through the cloud's own identity. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Command that makes `kubectl` use the cluster. */
  readonly setupCommand: pulumi.Output<string>;
  /** Who signs the tokens of service accounts: `https://…`. */
  readonly oidcIssuer: pulumi.Output<string>;
  /**
   * What service accounts are bound to. Google Cloud: the workload identity pool, known once the cluster is there.
   * AWS: the cluster's name. Azure: the issuer.
   */
  readonly identityRealm: pulumi.Output<string>;
  /** Who the nodes are. AWS: role ARN. Google Cloud: e-mail of the service account. Azure: principal id. */
  readonly nodeIdentityId: pulumi.Output<string>;
  readonly pools: readonly NodePool[];
}

export type ClusterDrivers = Drivers<ClusterArgs, ClusterOutputs>;

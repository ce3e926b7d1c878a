import type { Mistake } from "./config-mistakes";

const onGcp = { cloud: "gcp" };
const onAzure = { cloud: "azure" };

/** Mistakes in what the cluster is told. */
export const clusterMistakes: readonly Mistake[] = [
  { name: "an unknown size", set: { size: "huge" }, says: ['size is "huge"', "small, medium, large"] },
  {
    name: "a Kubernetes version that is over",
    set: { kubernetes: { version: "1.34" } },
    says: ['kubernetes.version is "1.34"', "1.35 (until 2027-03-27)", "1.36 (until 2027-08-02)"],
  },
  {
    name: "a Kubernetes version as a number",
    set: { kubernetes: { version: 1.35 } },
    says: ["kubernetes.version is 1.35", "in quotes"],
  },
  {
    name: "an API server that is open to the internet",
    set: { kubernetes: { endpointAccess: ["0.0.0.0/0"] } },
    says: ['kubernetes.endpointAccess.0 is "0.0.0.0/0"', "the whole internet is never let in"],
  },
  {
    name: "an API server that is open to the internet, in prod",
    set: { kubernetes: { endpointAccess: ["203.0.113.0/24", "0.0.0.0/0"] } },
    stack: "prod",
    says: ['kubernetes.endpointAccess.1 is "0.0.0.0/0"', "the whole internet is never let in"],
  },
  {
    name: "an address that is no range",
    set: { kubernetes: { endpointAccess: ["203.0.113.7"] } },
    says: ["kubernetes.endpointAccess.0", "203.0.113.0/24"],
  },
  {
    name: "an admin who is no ARN",
    set: { kubernetes: { admins: ["ml-admins"] } },
    says: ["kubernetes.admins.0", "arn:aws:iam::123456789012:role/ml-admins"],
  },
  {
    name: "an admin of another cloud",
    set: { ...onGcp, kubernetes: { admins: ["arn:aws:iam::123456789012:role/ml-admins"] } },
    says: ["kubernetes.admins.0", "group:ml-admins@example.com"],
  },
  {
    name: "an admin group by its name",
    set: { ...onAzure, kubernetes: { admins: ["ml-admins"] } },
    says: ["kubernetes.admins.0", "Entra group"],
  },
  {
    name: "an admin twice",
    set: { ...onGcp, kubernetes: { admins: ["group:a@example.com", "group:a@example.com"] } },
    says: ["kubernetes.admins", "each once"],
  },
  {
    name: "a number of control plane log days that no cloud takes",
    set: { kubernetes: { logDays: 30 } },
    says: ["kubernetes.logDays is 30", "90, 120"],
  },
  {
    name: "an unknown Kubernetes setting",
    set: { kubernetes: { verison: "1.35" } },
    says: ["kubernetes.verison", "did you mean version"],
  },
  {
    name: "more GPU nodes at least than at most",
    set: { gpu: { enabled: true, min: 4, max: 2 } },
    says: ["gpu.min is 4", "at most gpu.max, which is 2"],
  },
  {
    name: "a number of GPUs that AWS has no machine for",
    set: { gpu: { type: "a100-40", count: 1 } },
    says: ["gpu.count is 1", "allowed: 8", "aws has no machine with 1 a100-40"],
  },
  {
    name: "a number of GPUs that Google Cloud has no machine for",
    set: { ...onGcp, gpu: { type: "t4", count: 8 } },
    says: ["gpu.count is 8", "allowed: 1, 2, 4"],
  },
  {
    name: "an accelerator that Azure has not",
    set: { ...onAzure, gpu: { type: "l4" } },
    says: ['gpu.type is "l4"', "azure has no l4", "a10 comes closest"],
  },
  {
    name: "an accelerator that Google Cloud has not",
    set: { ...onGcp, gpu: { type: "a10" } },
    says: ['gpu.type is "a10"', "gcp has no a10", "l4 comes closest"],
  },
  {
    name: "an accelerator that the region has not",
    set: { cloud: "gcp", gcp: { project: "acme-ml-dev", region: "us-west2" }, gpu: { type: "l4" } },
    says: ['gpu.type is "l4"', "t4 in us-west2", "us-central1"],
  },
  {
    name: "a region without accelerators",
    set: { cloud: "gcp", gcp: { project: "acme-ml-dev", region: "europe-north1" } },
    says: ['gpu.type is "t4"', "europe-north1 has none"],
  },
  {
    name: "an unknown accelerator",
    set: { gpu: { type: "tpu" } },
    says: ['gpu.type is "tpu"', "t4, l4, a10, a100-40, a100-80, h100"],
  },
  ...(
    [
      ["v100", "a100-40"],
      ["p3.2xlarge", "a100-40"],
      ["Standard_NC6s_v3", "a100-80"],
      ["nvidia-tesla-k80", "t4"],
    ] as const
  ).map(([type, successor]) => ({
    name: `the retired accelerator ${type}`,
    set: { gpu: { type } },
    says: [`gpu.type is "${type}"`, `retired, and ${successor} is its successor`],
  })),
  {
    name: "a way to get GPUs that AWS has not",
    set: { gpu: { capacity: ["flexible-start", "spot"] } },
    says: ["gpu.capacity", "flexible-start", "reservation, on-demand, spot on aws"],
  },
  {
    name: "a way to get GPUs that Azure has not",
    set: { ...onAzure, gpu: { capacity: ["reservation"] } },
    says: ["gpu.capacity", "on-demand, spot on azure"],
  },
  {
    name: "a way to get GPUs twice",
    set: { gpu: { capacity: ["spot", "spot"] } },
    says: ["gpu.capacity", "each kind once"],
  },
  {
    name: "part of an H100 machine at list price on Google Cloud",
    set: { ...onGcp, gpu: { type: "h100", count: 2, spot: false } },
    says: ["gpu.capacity", "flexible-start, spot for a3-highgpu-2g"],
  },
  {
    name: "an existing network on Azure without a subnet for the API server",
    set: {
      ...onAzure,
      network: {
        existing: {
          id: "/vnet",
          cidr: "10.0.0.0/16",
          publicSubnetIds: ["/a"],
          privateSubnetIds: ["/b"],
          dataSubnetIds: ["/c"],
        },
      },
    },
    says: ["network.existing.controlPlaneSubnetId", "Microsoft.ContainerService/managedClusters"],
  },
];

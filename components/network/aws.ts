import * as ec2 from "@pulumi/aws/ec2";
import * as awsx from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { engineTransforms } from "../core/engine";
import { createEndpoints } from "./aws-endpoints";
import { createFirewalls } from "./aws-firewall";
import { createFlowLogs } from "./aws-flow-logs";
import type { NetworkArgs, NetworkDrivers } from "./contract";
import { adoptNetwork, type Subnets } from "./existing";
import { zonePlan } from "./plan";

const natStrategies = { single: "Single", perZone: "OnePerAz" } as const;

/** Amazon VPC, laid out by awsx. */
export const aws: NetworkDrivers["aws"] = (context, args) => {
  const subnets = args.existing === undefined ? createVpc(context, args) : adoptNetwork(args.existing);
  const firewallIds = createFirewalls(context, subnets.networkId);
  const unlinked = pulumi.output<string | undefined>(undefined);
  return {
    ...subnets,
    clusterRanges: undefined,
    firewallIds,
    logSources: [],
    lockTargets: [],
    controlPlaneSubnetId: unlinked,
    privateLink: { subnetId: unlinked, zoneIds: { blob: unlinked, vault: unlinked, registry: unlinked } },
  };
};

function createVpc(context: DriverContext<"aws">, args: NetworkArgs): Subnets {
  const { name, tags, child } = context;
  const vpc = new awsx.Vpc(
    name,
    {
      cidrBlock: args.cidr,
      numberOfAvailabilityZones: args.zones,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      natGateways: { strategy: natStrategies[args.natStrategy] },
      subnetStrategy: "Auto",
      subnetSpecs: subnetSpecs(context, args),
      tags,
    },
    { ...child, ...(engineTransforms() ? { transforms: [withoutPublicAddresses] } : {}) },
  );
  new ec2.DefaultSecurityGroup(
    `${name}-default-group`,
    { vpcId: vpc.vpcId, ingress: [], egress: [], tags },
    child,
  );
  createFlowLogs(context, { vpcId: vpc.vpcId, keyId: args.key.keyId, days: args.flowLogDays });
  createEndpoints(context, vpc, args);
  return {
    networkId: vpc.vpcId,
    cidr: pulumi.output(args.cidr),
    publicSubnetIds: vpc.publicSubnetIds,
    privateSubnetIds: vpc.privateSubnetIds,
    dataSubnetIds: vpc.isolatedSubnetIds,
    egressIps: vpc.eips.apply((eips) => pulumi.all(eips.map((eip) => eip.publicIp))),
  };
}

/** Tags by which load balancer controllers, the cluster and Karpenter find their subnets. */
function subnetSpecs(
  { physicalName }: DriverContext<"aws">,
  { cidr, zones }: NetworkArgs,
): NonNullable<awsx.VpcArgs["subnetSpecs"]> {
  const plan = zonePlan(cidr, zones);
  const cluster = physicalName("cluster", nameRules.eksCluster);
  const found = cluster.apply((clusterName) => ({ [`kubernetes.io/cluster/${clusterName}`]: "shared" }));
  const discovery = (own: Record<string, string>) => found.apply((shared) => ({ ...shared, ...own }));
  return [
    {
      type: "Public",
      name: "public",
      cidrBlocks: plan.public,
      tags: discovery({ "kubernetes.io/role/elb": "1" }),
    },
    {
      type: "Private",
      name: "private",
      cidrBlocks: plan.private,
      tags: pulumi
        .all([discovery({ "kubernetes.io/role/internal-elb": "1" }), cluster])
        .apply(([shared, clusterName]) => ({ ...shared, "karpenter.sh/discovery": clusterName })),
    },
    { type: "Isolated", name: "data", cidrBlocks: plan.data },
  ];
}

/**
 * awsx gives machines in public subnets a public address. Nothing of the platform needs that: load balancers and NAT
 * gateways bring their own.
 */
const withoutPublicAddresses: pulumi.ResourceTransform = ({ type, props, opts }) =>
  type === "aws:ec2/subnet:Subnet" ? { props: { ...props, mapPublicIpOnLaunch: false }, opts } : undefined;

import * as ec2 from "@pulumi/aws/ec2";
import * as vpcRules from "@pulumi/aws/vpc";
import type { Vpc } from "@pulumi/awsx/ec2";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import type { NetworkArgs } from "./contract";

/** Services that private machines reach through an address inside the network. */
const interfaceServices = ["ecr.api", "ecr.dkr", "sts", "secretsmanager", "logs"] as const;

/** S3 through the free gateway endpoint always; the rest through interface endpoints, paid by the hour, if asked for. */
export function createEndpoints(context: DriverContext<"aws">, vpc: Vpc, args: NetworkArgs): void {
  const { name, settings, tags, child } = context;
  new ec2.VpcEndpoint(
    `${name}-s3`,
    {
      vpcId: vpc.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${settings.region}.s3`,
      routeTableIds: vpc.routeTables.apply((tables) => pulumi.all(tables.map((table) => table.id))),
      tags,
    },
    child,
  );
  if (args.privateEndpoints) createInterfaceEndpoints(context, vpc, args.cidr);
}

function createInterfaceEndpoints(
  { name, settings, tags, child }: DriverContext<"aws">,
  vpc: Vpc,
  cidr: string,
): void {
  const group = new ec2.SecurityGroup(
    `${name}-endpoints`,
    {
      description: "ML platform: private endpoints of AWS services",
      vpcId: vpc.vpcId,
      tags: { ...tags, Role: "endpoints" },
    },
    child,
  );
  new vpcRules.SecurityGroupIngressRule(
    `${name}-endpoints-from-network-443`,
    {
      securityGroupId: group.id,
      cidrIpv4: cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "HTTPS from the network",
      tags,
    },
    child,
  );
  for (const service of interfaceServices) {
    new ec2.VpcEndpoint(
      `${name}-${service.replace(".", "-")}`,
      {
        vpcId: vpc.vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${settings.region}.${service}`,
        privateDnsEnabled: true,
        subnetIds: vpc.isolatedSubnetIds,
        securityGroupIds: [group.id],
        tags,
      },
      child,
    );
  }
}

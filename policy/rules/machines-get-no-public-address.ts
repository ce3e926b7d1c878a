import { combined, property } from "../check";
import { is, isNot, isNotTrue } from "../condition";
import { agentPoolProperty, googleCluster } from "../node-pools";
import { stringsOf, textOf } from "../path";
import type { Rule, StackCheck } from "../rule";
import type { StackView } from "../stack-view";

/** The ids of subnets whose route table leads to an internet gateway. */
function publicSubnets(stack: StackView): ReadonlySet<string> {
  const route = "aws:ec2/route:Route";
  const open = stack
    .of("aws:ec2/internetGateway:InternetGateway")
    .flatMap((gateway) => stack.referrers(gateway, route, "gatewayId"))
    .flatMap((found) => stack.referents(found, "routeTableId", "aws:ec2/routeTable:RouteTable"))
    .flatMap((table) =>
      stack.referrers(table, "aws:ec2/routeTableAssociation:RouteTableAssociation", "routeTableId"),
    )
    .map(({ props }) => textOf(props["subnetId"]));
  return new Set(open);
}

const nodesInPrivateSubnets: StackCheck = {
  control: "AWS-EKS-07",
  on: "aws:eks/nodeGroup:NodeGroup",
  allowed: "subnets without a route to an internet gateway",
  fix: "Set subnetIds to the network's private subnets.",
  findings: (nodeGroup, stack) => {
    const subnets = stringsOf(nodeGroup.props["subnetIds"]);
    const open = publicSubnets(stack);
    return subnets.filter((id) => open.has(id)).map((given) => ({ property: "subnetIds", given }));
  },
};

export const machinesGetNoPublicAddress: Rule = {
  name: "machines-get-no-public-address",
  description: "Neither a machine that starts in a subnet nor a node of a cluster gets a public address.",
  concern: "exposure",
  note: "Only AWS subnets hand out public addresses by themselves.",
  resources: combined(
    {
      "aws:ec2/subnet:Subnet": [
        property("mapPublicIpOnLaunch", isNot(true), {
          control: "AWS-NET-03",
          fix: "Set mapPublicIpOnLaunch: false; load balancers and NAT gateways have addresses of their own.",
        }),
      ],
      "aws:ec2/launchTemplate:LaunchTemplate": [
        property("networkInterfaces[].associatePublicIpAddress", isNotTrue, {
          control: "AWS-EKS-09",
          fix: "Remove associatePublicIpAddress from networkInterfaces.",
        }),
      ],
      [googleCluster]: [
        property("privateClusterConfig.enablePrivateNodes", is(true), {
          control: "GCP-GKE-01",
          fix: "Set privateClusterConfig.enablePrivateNodes: true.",
        }),
      ],
    },
    agentPoolProperty("enableNodePublicIP", isNot(true), {
      control: "AZ-AKS-07",
      fix: "Remove enableNodePublicIP.",
    }),
  ),
  stack: [nodesInPrivateSubnets],
};

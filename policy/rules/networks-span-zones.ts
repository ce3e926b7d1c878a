import type { PolicyResource } from "@pulumi/policy";
import { recordOf, valueAt } from "../path";
import type { Rule, StackCheck } from "../rule";
import type { StackView } from "../stack-view";

const subnetType = "aws:ec2/subnet:Subnet";

/** awsx tags each subnet with its tier; without the tag, a subnet that gives no public addresses is private. */
function isPrivate({ props }: PolicyResource): boolean {
  const tier = recordOf(props["tags"])["SubnetType"];
  return tier === undefined ? props["mapPublicIpOnLaunch"] !== true : tier === "Private";
}

function privateZones(network: PolicyResource, stack: StackView): string[] {
  const subnets = stack.referrers(network, subnetType, "vpcId").filter(isPrivate);
  const zones = subnets.map(
    ({ props }) => valueAt(props, "availabilityZone") ?? valueAt(props, "availabilityZoneId"),
  );
  return [...new Set(zones.filter((zone) => typeof zone === "string"))];
}

const spans = (least: number, when?: "prod"): StackCheck => ({
  control: "AWS-NET-11",
  on: "aws:ec2/vpc:Vpc",
  ...(when === undefined ? {} : { when }),
  allowed: `${least} availability zones or more`,
  fix: `Give the network private subnets in ${least} zones (network.zones).`,
  findings: (network, stack) => {
    const zones = privateZones(network, stack);
    return zones.length >= least ? [] : [{ property: "the private subnets' zones", given: zones }];
  },
});

export const networksSpanZones: Rule = {
  name: "networks-span-zones",
  description: "The loss of one data centre leaves room for machines in another; production spans three.",
  concern: "network",
  note: "Subnets of Google Cloud and Azure span the zones of their region by themselves.",
  stack: [spans(2), spans(3, "prod")],
};

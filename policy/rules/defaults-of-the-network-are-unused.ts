import { property } from "../check";
import { companion } from "../companion";
import { is, isEmptyList } from "../condition";
import type { Rule } from "../rule";

export const defaultsOfTheNetworkAreUnused: Rule = {
  name: "defaults-of-the-network-are-unused",
  description: "Nothing rides on a firewall group or subnet that the cloud made by itself.",
  concern: "network",
  note: "Azure makes neither; its subnets are guarded by subnets-are-guarded.",
  resources: {
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (["ingress", "egress"] as const).map((list) =>
      property(list, isEmptyList, { control: "AWS-NET-02", fix: `Set ${list}: [].` }),
    ),
    "gcp:compute/network:Network": [
      property("autoCreateSubnetworks", is(false), {
        control: "GCP-NET-01",
        fix: "Set autoCreateSubnetworks: false and declare the subnetworks.",
      }),
    ],
  },
  stack: [
    companion({
      on: "aws:ec2/vpc:Vpc",
      companion: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      by: "vpcId",
      control: "AWS-NET-02",
      fix: "Add a DefaultSecurityGroup for the network with ingress: [] and egress: [].",
    }),
  ],
};

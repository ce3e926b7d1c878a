import { property } from "../check";
import { isNot } from "../condition";
import type { Rule } from "../rule";

export const machinesGetNoPublicAddress: Rule = {
  name: "machines-get-no-public-address",
  description: "A machine that starts in a subnet gets no public address by itself.",
  concern: "exposure",
  note: "Only AWS subnets can hand out public addresses.",
  resources: {
    "aws:ec2/subnet:Subnet": [
      property("mapPublicIpOnLaunch", isNot(true), {
        control: "AWS-NET-03",
        fix: "Set mapPublicIpOnLaunch: false; load balancers and NAT gateways have addresses of their own.",
      }),
    ],
  },
};

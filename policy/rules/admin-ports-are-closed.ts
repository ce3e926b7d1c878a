import type { ControlId } from "../controls";
import { covers, openingCheck } from "../ingress";
import type { Rule } from "../rule";

/** Remote administration: SSH and Remote Desktop. */
const adminPorts = [22, 3389];

const controlByType: Readonly<Record<string, ControlId>> = {
  "aws:ec2/securityGroup:SecurityGroup": "AWS-NET-04",
  "aws:ec2/securityGroupRule:SecurityGroupRule": "AWS-NET-04",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "AWS-NET-04",
  "aws:ec2/networkAcl:NetworkAcl": "AWS-NET-09",
  "aws:ec2/networkAclRule:NetworkAclRule": "AWS-NET-09",
  "gcp:compute/firewall:Firewall": "GCP-NET-04",
  "azure-native:network:NetworkSecurityGroup": "AZ-NET-02",
  "azure-native:network:SecurityRule": "AZ-NET-02",
};

export const adminPortsAreClosed: Rule = {
  name: "admin-ports-are-closed",
  description: "SSH (22) and Remote Desktop (3389) cannot be reached from the internet.",
  concern: "exposure",
  resources: Object.fromEntries(
    Object.entries(controlByType).map(([type, control]) => [
      type,
      [
        openingCheck(type, (opening) => adminPorts.some((port) => covers(opening, port)), {
          control,
          allowed: `no source on the internet for the ports ${adminPorts.join(" and ")}`,
          fix: "Narrow the source to a network of yours, or use the bastion.",
        }),
      ],
    ]),
  ),
};

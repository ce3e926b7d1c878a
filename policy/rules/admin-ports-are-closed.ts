import type { Check } from "../check";
import type { ControlId } from "../controls";
import { covers, openingCheck } from "../ingress";
import { listOf, textOf, valueAt } from "../path";
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

/** EKS opens SSH to every node from everywhere when it is given a key and no groups. */
const nodesRefuseSsh: Check = {
  control: "AWS-EKS-07",
  reads: ["remoteAccess.ec2SshKey", "remoteAccess.sourceSecurityGroupIds"],
  allowed: "no ec2SshKey, or sourceSecurityGroupIds beside it",
  fix: "Remove remoteAccess and reach nodes by Session Manager, or name the groups that may use SSH.",
  findings: ({ inputs }) => {
    const key = textOf(valueAt(inputs, "remoteAccess.ec2SshKey"));
    const groups = listOf(valueAt(inputs, "remoteAccess.sourceSecurityGroupIds"));
    return key !== "" && groups.length === 0 ? [{ property: "remoteAccess.ec2SshKey", given: key }] : [];
  },
};

export const adminPortsAreClosed: Rule = {
  name: "admin-ports-are-closed",
  description: "SSH (22) and Remote Desktop (3389) cannot be reached from the internet.",
  concern: "exposure",
  resources: {
    ...Object.fromEntries(
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
    "aws:eks/nodeGroup:NodeGroup": [nodesRefuseSsh],
  },
};

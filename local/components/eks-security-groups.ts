import { idOf, type Child, type Registered } from "./monitor";

const type = "aws:ec2/securityGroupRule:SecurityGroupRule";

/** A rule of one of the cluster's security groups; its parent is the component. */
type Rule = Omit<Child, "parent">;

function egress(name: string, group: Registered): Rule {
  const inputs = {
    cidrBlocks: ["0.0.0.0/0"],
    description: "Allow internet access.",
    fromPort: 0,
    protocol: "-1",
    securityGroupId: idOf(group),
    toPort: 0,
    type: "egress",
  };
  return { type, name, inputs };
}

function ingress(
  name: string,
  description: string,
  group: Registered,
  source: Registered,
  [fromPort, toPort]: readonly [number, number],
): Rule {
  const inputs = {
    description,
    fromPort,
    protocol: "tcp",
    securityGroupId: idOf(group),
    sourceSecurityGroupId: idOf(source),
    toPort,
    type: "ingress",
  };
  return { type, name, inputs };
}

/** The rules that `eks:index:Cluster` gives its default security groups. Recorded from pulumi-eks 4.3, 2026-11-21. */
export const firewallRules = {
  clusterEgress: (name: string, cluster: Registered): Rule =>
    egress(`${name}-eksClusterInternetEgressRule`, cluster),

  /** The first is the one by which nodes reach the API server. */
  between: (name: string, cluster: Registered, nodes: Registered): readonly Rule[] => [
    ingress(
      `${name}-eksClusterIngressRule`,
      "Allow pods to communicate with the cluster API Server",
      cluster,
      nodes,
      [443, 443],
    ),
    ingress(
      `${name}-eksExtApiServerClusterIngressRule`,
      "Allow pods running extension API servers on port 443 to receive communication from cluster control plane",
      nodes,
      cluster,
      [443, 443],
    ),
    ingress(
      `${name}-eksNodeClusterIngressRule`,
      "Allow worker Kubelets and pods to receive communication from the cluster control plane",
      nodes,
      cluster,
      [1025, 65535],
    ),
    {
      type,
      name: `${name}-eksNodeIngressRule`,
      inputs: {
        description: "Allow nodes to communicate with each other",
        fromPort: 0,
        protocol: "-1",
        securityGroupId: idOf(nodes),
        self: true,
        toPort: 0,
        type: "ingress",
      },
    },
    egress(`${name}-eksNodeInternetEgressRule`, nodes),
  ],
};

import * as eks from "@pulumi/aws/eks";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { podIdentityTrust } from "../platform/aws-pod-identity";
import { autoscalerStatements, loadBalancerStatements, type Scope } from "./aws-controller-rights";

/** Controllers that act on AWS from inside the cluster, with the service accounts that their charts use. */
const controllers = {
  autoscaler: {
    serviceAccount: "cluster-autoscaler",
    description: "Cluster autoscaler: resize this cluster's node groups",
    statements: autoscalerStatements,
  },
  "load-balancers": {
    serviceAccount: "aws-load-balancer-controller",
    description: "Load balancer controller: make and change this cluster's load balancers",
    statements: loadBalancerStatements,
  },
} as const;

/** A role for each controller, bound to its service account. */
export function createControllerRoles(
  { name, settings, account, tags, child }: DriverContext<"aws">,
  clusterName: pulumi.Output<string>,
): void {
  const { partition } = getPartitionOutput({}, child);
  const scope: Scope = { partition, region: settings.region, account, clusterName };
  for (const [controller, { serviceAccount, description, statements }] of Object.entries(controllers)) {
    const role = new iam.Role(
      `${name}-${controller}`,
      { description, assumeRolePolicy: podIdentityTrust(account), tags },
      child,
    );
    new iam.RolePolicy(
      `${name}-${controller}`,
      {
        role: role.name,
        policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements(scope) }),
      },
      child,
    );
    new eks.PodIdentityAssociation(
      `${name}-${controller}`,
      { clusterName, namespace: "kube-system", serviceAccount, roleArn: role.arn, tags },
      child,
    );
  }
}

import * as pulumi from "@pulumi/pulumi";

/**
 * Who may take a role that pods are bound to: EKS's Pod Identity service, for clusters of this account. Which service
 * account of which cluster gets the role is said by a PodIdentityAssociation.
 */
export function podIdentityTrust(account: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  });
}

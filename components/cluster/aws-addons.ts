import * as eks from "@pulumi/aws/eks";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as iam from "@pulumi/aws/iam";
import { Addon } from "@pulumi/eks/addon";
import type { Cluster } from "@pulumi/eks/cluster";
import * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";
import { engineTransforms } from "../core/engine";
import { podIdentityTrust } from "../platform/aws-pod-identity";

/** The agent that hands pods the credentials of their roles; it runs on every node that comes. */
export function createAgent(context: DriverContext<"aws">, cluster: Cluster): Addon {
  return addon(context, { cluster, addonName: "eks-pod-identity-agent" }, []);
}

interface AddonArgs {
  readonly cluster: Cluster;
  readonly clusterName: pulumi.Output<string>;
  readonly agent: Addon;
  readonly pools: readonly pulumi.Resource[];
  readonly keyId: pulumi.Output<string>;
}

/** Add-ons whose pods need nodes: EKS calls them healthy, and so made, only once they run. */
export function createAddons(context: DriverContext<"aws">, args: AddonArgs): void {
  const { cluster } = args;
  addon(context, { cluster, addonName: "coredns" }, args.pools);
  addon(context, { cluster, addonName: "metrics-server" }, args.pools);
  const mayMakeVolumes = createVolumeRole(context, args);
  addon(context, { cluster, addonName: "aws-ebs-csi-driver" }, [
    ...args.pools,
    args.agent,
    ...mayMakeVolumes,
  ]);
}

function addon(
  { name, tags, child }: DriverContext<"aws">,
  { cluster, addonName }: { readonly cluster: Cluster; readonly addonName: string },
  after: readonly pulumi.Resource[],
): Addon {
  const tagged: pulumi.ResourceTransform = ({ type, props, opts }) =>
    type === "aws:eks/addon:Addon" ? { props: { ...props, tags }, opts } : undefined;
  return new Addon(
    `${name}-${addonName.replace(/^(aws|eks)-/, "")}`,
    {
      cluster,
      addonName,
      // The cluster goes with all that runs in it; an add-on that stayed behind would only hold up its end.
      preserve: false,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
    },
    { ...child, dependsOn: [...after], ...(engineTransforms() ? { transforms: [tagged] } : {}) },
  );
}

/** The volume driver's role: AWS's own policy, and the stack's key for the volumes it makes. */
function createVolumeRole(
  { name, tags, child, account }: DriverContext<"aws">,
  { clusterName, keyId }: AddonArgs,
): readonly pulumi.Resource[] {
  const { partition } = getPartitionOutput({}, child);
  const role = new iam.Role(
    `${name}-volumes`,
    {
      description: "EBS CSI driver: make and attach volumes",
      assumeRolePolicy: podIdentityTrust(account),
      tags,
    },
    child,
  );
  return [
    new iam.RolePolicyAttachment(
      `${name}-volumes`,
      {
        role: role.name,
        policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy`,
      },
      child,
    ),
    new iam.RolePolicy(`${name}-volumes-key`, { role: role.name, policy: keyUse(keyId) }, child),
    new eks.PodIdentityAssociation(
      `${name}-volumes`,
      {
        clusterName,
        namespace: "kube-system",
        serviceAccount: "ebs-csi-controller-sa",
        roleArn: role.arn,
        tags,
      },
      child,
    ),
  ];
}

/** EC2 encrypts a volume in the driver's name, by a grant that is good for AWS's own services only. */
function keyUse(keyId: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ],
        Resource: keyId,
      },
      {
        Effect: "Allow",
        Action: ["kms:CreateGrant"],
        Resource: keyId,
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ],
  });
}

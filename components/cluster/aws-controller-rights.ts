import * as pulumi from "@pulumi/pulumi";

/** Where the controllers may act. */
export interface Scope {
  readonly partition: pulumi.Output<string>;
  readonly region: string;
  readonly account: pulumi.Output<string>;
  readonly clusterName: pulumi.Output<string>;
}

type Statement = Readonly<Record<string, unknown>>;

const arn = (
  { partition, region, account }: Scope,
  service: string,
  resource: pulumi.Input<string>,
): pulumi.Output<string> => pulumi.interpolate`arn:${partition}:${service}:${region}:${account}:${resource}`;

/** `{ "<key>": value }` where the key holds the cluster's name, which is not known before. */
const keyed = (key: pulumi.Output<string>, value: string) => key.apply((name) => ({ [name]: value }));

/** Looking around cannot be narrowed to resources; it is to the region. */
const looking = ({ region }: Scope, actions: readonly string[]): Statement => ({
  Effect: "Allow",
  Action: actions,
  Resource: "*",
  Condition: { StringEquals: { "aws:RequestedRegion": region } },
});

/**
 * Reads machine shapes and groups, and resizes groups that carry this cluster's tag only. Actions as the autoscaler's
 * AWS guide lists them (kubernetes/autoscaler, cloudprovider/aws, read 2026-11-21).
 */
export function autoscalerStatements(scope: Scope): readonly Statement[] {
  const owned = keyed(
    pulumi.interpolate`aws:ResourceTag/k8s.io/cluster-autoscaler/${scope.clusterName}`,
    "owned",
  );
  return [
    looking(scope, [
      "autoscaling:DescribeAutoScalingGroups",
      "autoscaling:DescribeAutoScalingInstances",
      "autoscaling:DescribeLaunchConfigurations",
      "autoscaling:DescribeScalingActivities",
      "ec2:DescribeImages",
      "ec2:DescribeInstanceTypes",
      "ec2:DescribeLaunchTemplateVersions",
      "ec2:GetInstanceTypesFromInstanceRequirements",
    ]),
    {
      Effect: "Allow",
      Action: ["eks:DescribeNodegroup"],
      Resource: arn(scope, "eks", pulumi.interpolate`nodegroup/${scope.clusterName}/*/*`),
    },
    {
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: arn(scope, "autoscaling", "autoScalingGroup:*:autoScalingGroupName/*"),
      Condition: { StringEquals: owned },
    },
  ];
}

/**
 * Makes load balancers and their security groups with this cluster's tag, and changes only what carries it. Actions as
 * the controller's installation guide lists them (kubernetes-sigs/aws-load-balancer-controller, read 2026-11-21),
 * without those for services that the platform does not use (Cognito, classic WAF, Shield).
 */
export function loadBalancerStatements(scope: Scope): readonly Statement[] {
  return [...readStatements(scope), ...groupStatements(scope), ...balancerStatements(scope)];
}

function readStatements(scope: Scope): readonly Statement[] {
  return [
    looking(scope, [
      "acm:ListCertificates",
      "ec2:DescribeAccountAttributes",
      "ec2:DescribeAddresses",
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeInstances",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeVpcPeeringConnections",
      "ec2:DescribeVpcs",
      "ec2:GetSecurityGroupsForVpc",
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeSSLPolicies",
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:DescribeTrustStores",
    ]),
    {
      Effect: "Allow",
      Action: ["acm:DescribeCertificate"],
      Resource: arn(scope, "acm", "certificate/*"),
    },
    {
      Effect: "Allow",
      Action: [
        "wafv2:AssociateWebACL",
        "wafv2:DisassociateWebACL",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
      ],
      Resource: [
        arn(scope, "wafv2", "regional/webacl/*/*"),
        arn(scope, "elasticloadbalancing", "loadbalancer/app/*/*"),
      ],
    },
    {
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: pulumi.interpolate`arn:${scope.partition}:iam::${scope.account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`,
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ];
}

/** The tag that the controller puts on what it makes. */
const clusterTag = "elbv2.k8s.aws/cluster";

const tagged = { Null: { [`aws:ResourceTag/${clusterTag}`]: "false" } };
const tagging = { Null: { [`aws:RequestTag/${clusterTag}`]: "false" } };

function groupStatements(scope: Scope): readonly Statement[] {
  const groups = arn(scope, "ec2", "security-group/*");
  return [
    {
      Effect: "Allow",
      Action: ["ec2:CreateSecurityGroup"],
      Resource: [groups, arn(scope, "ec2", "vpc/*")],
    },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: groups,
      Condition: { ...tagging, StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" } },
    },
    {
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteSecurityGroup", "ec2:DeleteTags"],
      Resource: groups,
      Condition: tagged,
    },
    {
      // Rules on the nodes' own group too, which EKS made and the controller did not tag.
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
      Condition: {
        StringEquals: keyed(
          pulumi.interpolate`aws:ResourceTag/kubernetes.io/cluster/${scope.clusterName}`,
          "owned",
        ),
      },
    },
    {
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
      Condition: tagged,
    },
  ];
}

function balancerStatements(scope: Scope): readonly Statement[] {
  const elb = (resource: string) => arn(scope, "elasticloadbalancing", resource);
  const balancers = [elb("loadbalancer/app/*/*"), elb("loadbalancer/net/*/*")];
  const targets = elb("targetgroup/*/*");
  return [
    {
      Effect: "Allow",
      Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      Resource: [...balancers, targets],
      Condition: tagging,
    },
    {
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags"],
      Resource: [...balancers, targets],
      Condition: {
        ...tagging,
        StringEquals: { "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"] },
      },
    },
    {
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
        "elasticloadbalancing:SetWebAcl",
      ],
      Resource: [...balancers, targets],
      Condition: tagged,
    },
    {
      Effect: "Allow",
      Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
      Resource: targets,
    },
    ...listenerStatements(balancers, elb),
  ];
}

type Arns = readonly pulumi.Output<string>[];

/** What AWS decides by the load balancer that a listener hangs on, not by tags of its own. */
function listenerStatements(
  balancers: Arns,
  elb: (resource: string) => pulumi.Output<string>,
): readonly Statement[] {
  const listeners = ["listener/app/*/*/*", "listener/net/*/*/*"].map(elb);
  const rules = ["listener-rule/app/*/*/*/*", "listener-rule/net/*/*/*/*"].map(elb);
  return [
    {
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetRulePriorities",
      ],
      Resource: [...balancers, ...listeners, ...rules],
    },
  ];
}

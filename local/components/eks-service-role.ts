import { createHash } from "node:crypto";
import { text, unknownValue } from "../values";
import type { EksSettings } from "./eks-settings";
import { idOf, Ref, referenced, type Monitor, type Registered } from "./monitor";

const clusterPolicy = "policy/AmazonEKSClusterPolicy";

/** The role that EKS works with. */
export interface ServiceRole {
  readonly arn: Ref;
  /** Undefined when the program brings its own. */
  readonly role?: Registered;
  /** What must exist before the cluster. */
  readonly made: readonly string[];
}

/** Registers the cluster's service role with its policy, unless the program brings a role. */
export async function serviceRole(
  monitor: Monitor,
  name: string,
  { inputs, tags }: EksSettings,
  component: Registered,
): Promise<ServiceRole> {
  const given = referenced(inputs["serviceRole"]);
  if (given !== undefined) {
    const state = await monitor.stateOf(given.urn);
    return { arn: new Ref(state["arn"] ?? unknownValue, [{ ...given, state }]), made: [] };
  }
  const label = `${name}-eksRole`;
  const parent = await monitor.group("eks:index:ServiceRole", label, component);
  const { partition } = await monitor.invoke("aws:index/getPartition:getPartition", {});
  const trust = {
    Version: "2012-10-17",
    Statement: [
      {
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Effect: "Allow",
        Principal: { Service: ["eks.amazonaws.com"] },
      },
    ],
  };
  const role = await monitor.child({
    type: "aws:iam/role:Role",
    name: `${label}-role`,
    parent,
    inputs: {
      assumeRolePolicy: JSON.stringify(trust),
      description: "Allows EKS to manage clusters on your behalf.",
      tags,
    },
  });
  // The name holds a digest of the policy's ARN in the standard partition, in every partition.
  const digest = createHash("sha1").update(`arn:aws:iam::aws:${clusterPolicy}`).digest("hex").slice(0, 8);
  const attachment = await monitor.child({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: `${label}-${digest}`,
    parent,
    inputs: {
      policyArn: `arn:${text({ partition }, "partition") ?? "aws"}:iam::aws:${clusterPolicy}`,
      role: idOf(role),
    },
  });
  const arn = new Ref(role.state["arn"] ?? unknownValue, [role]);
  return { arn, role, made: [role.urn, attachment.urn] };
}

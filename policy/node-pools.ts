import {
  type Check,
  type ChecksByType,
  type Finding,
  property,
  type Requirement,
  violationsOf,
} from "./check";
import type { Condition } from "./condition";
import { type Inputs, recordsOf, valueAt } from "./path";

export const managedCluster = "azure-native:containerservice:ManagedCluster";
export const agentPool = "azure-native:containerservice:AgentPool";
export const googleCluster = "gcp:container/cluster:Cluster";
export const googlePool = "gcp:container/nodePool:NodePool";

interface PoolCheck extends Requirement {
  /** Properties of a pool. */
  readonly reads: readonly string[];
  readonly allowed: string;
  readonly findings: (pool: Inputs, settings: Inputs) => readonly Finding[];
}

/** A check on every pool of AKS, whether it stands within its cluster or is a resource of its own. */
export function agentPools(given: PoolCheck): ChecksByType {
  const { reads, findings, ...requirement } = given;
  const within: Check = {
    ...requirement,
    reads: reads.map((path) => `agentPoolProfiles[].${path}`),
    findings: ({ inputs, settings }) =>
      recordsOf(inputs["agentPoolProfiles"]).flatMap((pool, position) =>
        findings(pool, settings).map((finding) => ({
          ...finding,
          property: `agentPoolProfiles[${position}].${finding.property}`,
        })),
      ),
  };
  const alone: Check = {
    ...requirement,
    reads,
    findings: ({ inputs, settings }) => findings(inputs, settings),
  };
  return { [managedCluster]: [within], [agentPool]: [alone] };
}

/** A check on one property of every pool of AKS. */
export const agentPoolProperty = (
  path: string,
  condition: Condition,
  requirement: Requirement,
): ChecksByType =>
  agentPools({
    ...requirement,
    reads: [path],
    allowed: condition.allowed,
    findings: (pool) => violationsOf(pool, path, condition),
  });

/** Where GKE takes a setting of nodes: in a pool, and in a cluster for the pools that it makes by itself. */
interface NodeSetting {
  readonly inPool: string;
  readonly inDefaults: string;
}

/** A check on the nodes of every pool of GKE, and on those that a cluster with auto-provisioning makes by itself. */
export function googleNodes(
  setting: NodeSetting,
  condition: Condition,
  requirement: Requirement,
): ChecksByType {
  const defaults = property(
    `clusterAutoscaling.autoProvisioningDefaults.${setting.inDefaults}`,
    condition,
    requirement,
  );
  const whereProvisioned: Check = {
    ...defaults,
    findings: (subject) =>
      valueAt(subject.inputs, "clusterAutoscaling.enabled") === true ? defaults.findings(subject) : [],
  };
  return {
    [googlePool]: [property(setting.inPool, condition, requirement)],
    [googleCluster]: [whereProvisioned],
  };
}

/** A setting that has one name in pools and in a cluster's defaults. */
export const nodeConfig = (name: string): NodeSetting => ({
  inPool: `nodeConfig.${name}`,
  inDefaults: name,
});

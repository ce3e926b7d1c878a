import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { nameRules } from "../catalog/name-rules";
import type { DriverContext } from "../core/capability";
import { adminName } from "./admins";

/** Logs, metrics and the state of the node: all that GKE needs a node's account to have. */
const nodeRole = "roles/container.defaultNodeServiceAccount";

/** The account that nodes run as; pods have identities of their own. Returns its e-mail, once it has its role. */
export function createNodeIdentity({
  name,
  settings,
  child,
  physicalName,
}: DriverContext<"gcp">): pulumi.Output<string> {
  const account = new serviceaccount.Account(
    `${name}-nodes`,
    {
      accountId: physicalName("nodes", nameRules.gcpServiceAccount),
      displayName: `${name}-nodes`,
      description: "Nodes of the cluster: logs and metrics",
    },
    child,
  );
  const mayWork = new projects.IAMMember(
    `${name}-nodes`,
    {
      project: settings.project,
      role: nodeRole,
      member: pulumi.interpolate`serviceAccount:${account.email}`,
    },
    child,
  );
  return pulumi.all([account.email, mayWork.id]).apply(([email]) => email);
}

/** GKE grants through IAM, on the project. Without admins whoever deploys has the right already. */
export function grantAdmins(
  { name, settings, child }: DriverContext<"gcp">,
  admins: readonly string[],
): void {
  for (const admin of admins) {
    new projects.IAMMember(
      `${name}-admin-${adminName(admin)}`,
      { project: settings.project, role: "roles/container.admin", member: admin },
      child,
    );
  }
}

/** Domain of the first group among the admins: what RBAC looks groups up in. */
export function groupsDomain(admins: readonly string[]): string | undefined {
  return admins.find((admin) => admin.startsWith("group:"))?.split("@")[1];
}

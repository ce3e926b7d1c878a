import type { PolicyResource } from "@pulumi/policy";
import { violationsOf } from "../check";
import { companion } from "../companion";
import { isSet } from "../condition";
import type { Rule } from "../rule";
import type { StackView } from "../stack-view";

const setting = "azure-native:monitor:DiagnosticSetting";

const destinations = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId"];

/** The account that receives the logs of others cannot also log to itself. */
const receivesLogs = (account: PolicyResource, stack: StackView) =>
  stack.referrers(account, setting, "storageAccountId").length > 0;

const observed = [
  "azure-native:keyvault:Vault",
  "azure-native:storage:StorageAccount",
  "azure-native:containerregistry:Registry",
];

export const servicesSendDiagnostics: Rule = {
  name: "services-send-diagnostics",
  description:
    "Vaults, storage accounts and registries send their access logs to a place where they are kept.",
  concern: "logging",
  note: "AWS and Google Cloud: see storage-access-is-logged. For clusters see cluster-logs-are-kept.",
  stack: observed.map((on) =>
    companion({
      on,
      companion: setting,
      by: "resourceUri",
      which: {
        allowed: `with one of ${destinations.join(", ")}`,
        holds: ({ props }) => destinations.some((path) => violationsOf(props, path, isSet).length === 0),
      },
      control: "AZ-MON-01",
      fix: "Add a DiagnosticSetting for it with the logs account or a workspace as destination.",
      unless: receivesLogs,
    }),
  ),
};

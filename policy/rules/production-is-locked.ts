import type { PolicyResource } from "@pulumi/policy";
import type { Rule, StackCheck } from "../rule";
import type { StackView } from "../stack-view";

const lock = "azure-native:authorization:ManagementLockByScope";
const group = "azure-native:resources:ResourceGroup";
const levels: readonly unknown[] = ["CanNotDelete", "ReadOnly"];

const hasLock = (resource: PolicyResource, stack: StackView) =>
  stack.referrers(resource, lock, "scope").some(({ props }) => levels.includes(props["level"]));

const locked = (on: string): StackCheck => ({
  control: "AZ-GOV-01",
  on,
  when: "prod",
  allowed: "a ManagementLockByScope with level CanNotDelete on it or on its resource group",
  fix: 'Add a ManagementLockByScope with the resource as scope and level: "CanNotDelete".',
  findings: (resource, stack) => {
    const guarded = [resource, ...stack.referents(resource, "resourceGroupName", group)];
    return guarded.some((one) => hasLock(one, stack)) ? [] : [{ property: "lock", given: undefined }];
  },
});

export const productionIsLocked: Rule = {
  name: "production-is-locked",
  description: "Nobody deletes production data in the portal by mistake.",
  concern: "backup",
  note:
    "AWS and Google Cloud have no locks of this kind; keys-survive-mistakes and " +
    "storage-is-not-emptied-in-production hold there.",
  stack: [
    "azure-native:storage:StorageAccount",
    "azure-native:keyvault:Vault",
    "azure-native:containerregistry:Registry",
  ].map(locked),
};

import { CloudError } from "../cloud-error";
import { number, object, objects, text, valuesAt, type Properties } from "../values";
import type { World } from "../world";
import { managementPolicy } from "./azure-lifecycle";
import { byId } from "./azure-network";
import { accountType, blob } from "./azure-storage";
import { between, form, oneOf, refuseWhen } from "./checks";
import type { RuleTable } from "./contract";

const days = (path: string) => [between(path, 1, 365, "InvalidXmlNodeValue")];

const accountOf = (id: string, world: World): Properties =>
  world.withId(id.replace(/\/(blobServices|managementPolicies)\/.*$/i, ""))?.inputs ?? {};

/** Blob service, containers, lifecycle, diagnostics. Source: Azure Storage and Azure Monitor references, 2026-11-21. */
export const azureBlob: RuleTable = {
  "azure-native:storage:BlobServiceProperties": {
    id: `${blob}/blobServices/{blobServicesName}`,
    autoName: "blobServicesName",
    nameForm: () => "default",
    // Every account has its blob service from the start; the resource sets it.
    adopts: true,
    checks: [
      form("blobServicesName", /^default$/, "default", "InvalidResourceName"),
      ...days("deleteRetentionPolicy.days"),
      ...days("containerDeleteRetentionPolicy.days"),
      refuseWhen(
        "restorePolicy",
        (inputs) =>
          object(inputs, "restorePolicy")["enabled"] === true &&
          !(inputs["isVersioningEnabled"] === true && object(inputs, "changeFeed")["enabled"] === true),
        "InvalidRequest: restorePolicy needs isVersioningEnabled, changeFeed and deleteRetentionPolicy",
      ),
      refuseWhen(
        "restorePolicy",
        (inputs) =>
          (number(object(inputs, "restorePolicy"), "days") ?? 0) >=
          (number(object(inputs, "deleteRetentionPolicy"), "days") ?? Infinity),
        "InvalidRequest: restorePolicy.days must be less than deleteRetentionPolicy.days",
      ),
    ],
    refuses: [
      ({ inputs, id }, world) =>
        inputs["isVersioningEnabled"] === true && accountOf(id, world)["isHnsEnabled"] === true
          ? new CloudError(
              "FeatureNotSupportedForAccount",
              "Versioning is not supported for accounts with a hierarchical namespace (isHnsEnabled).",
            )
          : undefined,
    ],
  },
  "azure-native:storage:BlobContainer": {
    id: `${blob}/blobServices/default/containers/{containerName}`,
    autoName: "containerName",
    checks: [
      form(
        "containerName",
        /^(?!.*--)([a-z0-9][a-z0-9-]{1,61}[a-z0-9]|\$root|\$web|\$logs)$/,
        "3 to 63 lower-case letters, digits or single dashes",
        "ContainerNameInvalid",
      ),
      oneOf("publicAccess", ["None", "Blob", "Container"], "InvalidRequestPropertyValue"),
    ],
    refuses: [
      ({ inputs, id }, world) =>
        (text(inputs, "publicAccess") ?? "None") !== "None" &&
        accountOf(id, world)["allowBlobPublicAccess"] === false
          ? new CloudError(
              "PublicAccessNotPermitted",
              "Public access is not permitted on this storage account (allowBlobPublicAccess is false).",
            )
          : undefined,
    ],
    replaceOn: ["defaultEncryptionScope", "denyEncryptionScopeOverride"],
    defaults: { publicAccess: "None" },
    outputs: {
      hasImmutabilityPolicy: () => false,
      hasLegalHold: () => false,
      leaseState: () => "Available",
      leaseStatus: () => "Unlocked",
    },
  },
  "azure-native:storage:ManagementPolicy": {
    id: `${blob}/managementPolicies/{managementPolicyName}`,
    autoName: "managementPolicyName",
    nameForm: () => "default",
    adopts: true,
    checks: [form("managementPolicyName", /^default$/, "default", "InvalidResourceName"), managementPolicy],
    refuses: [
      ({ inputs, id }, world) => {
        const sku = text(object(accountOf(id, world), "sku"), "name") ?? "";
        const archives = valuesAt(inputs, "policy.rules[].definition.actions").some((actions) =>
          Object.values(actions as Properties).some(
            (action) => (action as Properties)["tierToArchive"] !== undefined,
          ),
        );
        if (!archives || !/_(ZRS|GZRS|RAGZRS)$/.test(sku)) return undefined;
        return new CloudError(
          "InvalidRequestPropertyValue",
          `tierToArchive is not supported for accounts with redundancy ${sku}: only LRS, GRS and RA-GRS accounts have the archive tier.`,
        );
      },
    ],
  },
  "azure-native:monitor:DiagnosticSetting": {
    id: "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    autoName: "name",
    checks: [
      form("name", /^[^*<>%:&\\?+/]{1,260}$/, "1 to 260 characters, none of *<>%:&\\?+/", "BadRequest"),
      refuseWhen(
        "logs",
        (inputs) =>
          objects(inputs, "logs").length + objects(inputs, "metrics").length === 0 &&
          Array.isArray(inputs["logs"] ?? []),
        "BadRequest: at least one log or metric category must be given",
      ),
      refuseWhen(
        "storageAccountId",
        (inputs) =>
          !["storageAccountId", "workspaceId", "eventHubAuthorizationRuleId", "marketplacePartnerId"].some(
            (key) => inputs[key] !== undefined,
          ),
        "BadRequest: at least one data sink needs to be specified: storageAccountId, workspaceId, eventHubAuthorizationRuleId or marketplacePartnerId",
      ),
      refuseWhen(
        "logs",
        (inputs) =>
          objects(inputs, "logs").some(
            (log) => (log["category"] === undefined) === (log["categoryGroup"] === undefined),
          ),
        "BadRequest: each log names either its category or its categoryGroup",
      ),
    ],
    references: [
      {
        ...byId("resourceUri", [], false),
        from: (uri) => uri.replace(/\/(blob|file|queue|table)Services\/default\/?$/i, ""),
        provided: /^\/?subscriptions\/[^/]+\/?$/,
      },
      byId("storageAccountId", [accountType], false),
      byId("workspaceId", ["azure-native:operationalinsights:Workspace"], false),
    ],
    refuses: [
      (subject, world) => {
        const uri = text(subject.inputs, "resourceUri") ?? "";
        const others = world
          .ofType(subject.type)
          .filter((item) => item.id !== subject.id && item.inputs["resourceUri"] === uri);
        return others.length < 5
          ? undefined
          : new CloudError(
              "BadRequest",
              `${uri} has 5 diagnostic settings already, the most that Azure allows.`,
            );
      },
    ],
    replaceOn: ["resourceUri", "name"],
  },
};

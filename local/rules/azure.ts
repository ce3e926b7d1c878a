import { CloudError } from "../cloud-error";
import { isUnknown, object, text } from "../values";
import { azureAks } from "./azure-aks";
import { azureBlob } from "./azure-blob";
import { azureClusterServices } from "./azure-cluster-services";
import { azureEgress } from "./azure-egress";
import { azureFirewall } from "./azure-firewall";
import { azureImages } from "./azure-images";
import { azureNetwork } from "./azure-network";
import { azurePools } from "./azure-pools";
import { azurePrivateLink } from "./azure-private-link";
import { azureSecurity } from "./azure-security";
import { azureStorage } from "./azure-storage";
import type { Check, Container, Dialect, Subject } from "./contract";
import type { World } from "../world";

const maxTags = 50;

/** Source: Azure Resource Manager, "Tag limitations", 2026-11-21. */
const tags: Check = function* (inputs) {
  const entries = Object.entries(object(inputs, "tags"));
  if (entries.length > maxTags) {
    yield { property: "tags", reason: `InvalidTagCount: ${entries.length} tags given, ${maxTags} allowed` };
  }
  for (const [key, value] of entries) {
    if (key.length > 512 || /[<>%&\\?/]/.test(key)) {
      yield {
        property: `tags.${key}`,
        reason: `InvalidTagNameCharacters: the tag name '${key}' must have at most 512 characters, none of <>%&\\?/`,
      };
    }
    if (typeof value === "string" && !isUnknown(value) && value.length > 256) {
      yield {
        property: `tags.${key}`,
        reason: `InvalidTagValueLength: the tag value has ${value.length} characters, 256 allowed`,
      };
    }
  }
};

/** Things that hang on any scope: what they are about is checked by their own references. */
const extension =
  /\/providers\/Microsoft\.(Authorization|Insights)\/(roleAssignments|locks|diagnosticSettings)\/[^/]+$/i;

/**
 * The blob service of a storage account exists from the start, as do network watchers, which Azure makes itself: what
 * is in them belongs to what holds them.
 */
const builtIn = /\/blobServices\/default$/i;

/** The thing that must hold one with this id: the id without its last type and name. */
function container(id: string): Container | undefined {
  if (extension.test(id) || /\/networkWatchers\//i.test(id)) return undefined;
  const above = id.replace(/\/[^/]+\/[^/]+$/, "");
  if (builtIn.test(above)) return container(above);
  const named = /\/providers\/[^/]+\/.+\/.+/.exec(above) !== null;
  if (/\/providers\/[^/]+$/.test(above)) {
    const group = above.replace(/\/providers\/[^/]+$/, "");
    const name = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)$/i.exec(group)?.[1];
    if (name === undefined) return undefined;
    return {
      id: group,
      code: "ResourceGroupNotFound",
      sentence: `Resource group '${name}' could not be found.`,
    };
  }
  if (!named) return undefined;
  return {
    id: above,
    code: "ParentResourceNotFound",
    sentence: `Failed to perform 'write' on '${id}', because the parent resource '${above}' could not be found.`,
  };
}

/** A thing that names no location lies where its resource group does. */
function placeOf(subject: Subject, world: World): unknown {
  const group = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i.exec(subject.id)?.[0];
  return world.withId(group ?? "")?.outputs["location"] ?? subject.scope.facts["location"];
}

const lockType = "azure-native:authorization:ManagementLockByScope";

/** A management lock on a thing or on anything that holds it. */
function locks(subject: Subject, world: World, operation: "write" | "delete"): CloudError | undefined {
  if (subject.type === lockType) return undefined;
  const stops = operation === "delete" ? ["CanNotDelete", "ReadOnly"] : ["ReadOnly"];
  const lock = world.ofType(lockType).find(({ inputs }) => {
    const scope = (text(inputs, "scope") ?? "").replace(/^\/?/, "/").toLowerCase();
    const id = subject.id.toLowerCase();
    return stops.includes(text(inputs, "level") ?? "") && (id === scope || id.startsWith(`${scope}/`));
  });
  if (lock === undefined) return undefined;
  return new CloudError(
    "ScopeLocked",
    `The scope '${subject.id}' cannot perform ${operation} operation because following scope(s) are locked: '${lock.id}'. Please remove the lock and try again.`,
  );
}

function typeOf({ id }: Subject): string {
  const [, provider = "", rest = ""] = /^.*\/providers\/([^/]+)\/(.*)$/.exec(id) ?? [];
  return [provider, ...rest.split("/").filter((_, i) => i % 2 === 0)].join("/");
}

/** Azure Resource Manager, as the provider `azure-native` shows it. */
export const azure: Dialect = {
  rules: {
    ...azureNetwork,
    ...azureEgress,
    ...azurePrivateLink,
    ...azureFirewall,
    ...azureSecurity,
    ...azureStorage,
    ...azureBlob,
    ...azureImages,
    ...azureAks,
    ...azurePools,
    ...azureClusterServices,
  },
  fallback: ({ token, inputs, outputs }) => {
    const [, module = "", type = ""] = token.split(":");
    const path = [...inputs.keys()].filter(
      (key) => key.endsWith("Name") && key !== "resourceGroupName" && !outputs.has(key),
    );
    const own =
      path.find((key) => type.toLowerCase().endsWith(key.slice(0, -"Name".length).toLowerCase())) ?? path[0];
    const kind = type.charAt(0).toLowerCase() + type.slice(1);
    const group = inputs.has("resourceGroupName") ? "/resourceGroups/{resourceGroupName}" : "";
    return {
      id: `/subscriptions/{subscriptionId}${group}/providers/Microsoft.${module}/${kind}/${own === undefined ? "{hex:16}" : `{${own}}`}`,
      ...(own === undefined ? {} : { autoName: own }),
      replaceOn: ["location", ...path],
    };
  },
  autoName: (name, seed) => name + seed.slice(0, 8),
  replaceOn: ["resourceGroupName"],
  listsDefaults: false,
  checks: [tags],
  outputs: {
    name: ({ id }) => id.split("/").at(-1),
    type: typeOf,
    location: placeOf,
    provisioningState: () => "Succeeded",
    azureApiVersion: () => "",
    etag: 'W/"{uuid}"',
    resourceGuid: "{uuid}",
    systemData: () => ({ createdByType: "Application", lastModifiedByType: "Application" }),
  },
  handle: (value) => value.replace(/\/$/, ""),
  container,
  guards: [locks],
  exists: {
    code: "Conflict",
    sentence: "cannot create already existing resource '{id}'; import it or choose another name.",
  },
  inUse: {
    code: "CannotDeleteResource",
    sentence: "Cannot delete resource '{id}' while nested or dependent resources exist.",
  },
};

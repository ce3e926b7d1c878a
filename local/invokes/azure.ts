import { uuid } from "../values";
import type { Invoke } from "./index";

export const azure: Readonly<Record<string, Invoke>> = {
  "azure-native:authorization:getClientConfig": ({ scope }) => ({
    subscriptionId: scope.facts["subscriptionId"],
    tenantId: scope.facts["tenantId"],
    clientId: uuid("azure client"),
    objectId: uuid("azure object"),
  }),
};

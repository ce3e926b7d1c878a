import * as authorization from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";
import type { DriverContext } from "../core/capability";

/** Built-in roles and their ids, the same in every tenant (Azure built-in roles, read 2026-11-21). */
const builtInRoles = {
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  acrPush: "8311e382-0749-4cb8-b61a-304f252e45ec",
  aksClusterAdmin: "b1ff04bb-8a4e-4dc4-9eb8-8693973ce19b",
  keyVaultContributor: "f25e0fa2-a7c4-4377-a976-54943a77a395",
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  keyVaultCryptoServiceEncryptionUser: "e147488a-f6f5-4113-8e2d-b22465e65bf6",
  managedIdentityOperator: "f1a07417-d97a-45cb-824c-7a7467783830",
  networkContributor: "4d97b98b-1d8f-4787-a291-c67834d212e7",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  storageBlobDataReader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
} as const;

export interface RoleGrant {
  readonly principalId: pulumi.Output<string>;
  readonly role: keyof typeof builtInRoles;
  /** Resource id that the role holds for, and below. */
  readonly scope: pulumi.Output<string>;
  readonly description: string;
  /** Kind of the principal; false when it may be a person as well, as whoever deploys. Default: a managed identity. */
  readonly isService?: false;
  /** Narrows the role to what an attribute condition (ABAC, version 2.0) says. */
  readonly condition?: pulumi.Input<string>;
}

/** Gives a managed identity, or whoever deploys, one built-in role on one resource. The assignment's own name is a UUID that Pulumi draws. */
export function assignRole(
  { name, settings, child }: DriverContext<"azure">,
  role: string,
  grant: RoleGrant,
): authorization.RoleAssignment {
  return new authorization.RoleAssignment(
    `${name}-${role}`,
    {
      principalId: grant.principalId,
      // Said outright, because a new identity takes minutes to reach the directory's other replicas, and without it
      // the assignment fails with PrincipalNotFound until it has.
      ...(grant.isService === false ? {} : { principalType: "ServicePrincipal" }),
      roleDefinitionId: `/subscriptions/${settings.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${builtInRoles[grant.role]}`,
      scope: grant.scope,
      description: grant.description,
      ...(grant.condition === undefined ? {} : { condition: grant.condition, conditionVersion: "2.0" }),
    },
    child,
  );
}

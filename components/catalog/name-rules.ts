import type { NameRule } from "../core/names";

const dashed = /[^a-z0-9-]/;

/**
 * What each kind of resource with an explicit name allows, as its provider documents it (read 2026-11-21). Kinds that
 * are not here are named by Pulumi.
 */
export const nameRules = {
  /** 3 to 63 lower-case letters, digits, dots and dashes, unique among all of AWS; dots break TLS wildcards. */
  awsBucket: { maxLength: 63, disallowed: dashed, separator: "-" },
  /** 256 characters behind `alias/`. */
  awsKeyAlias: { maxLength: 250, disallowed: /[^a-z0-9/_-]/, separator: "-" },
  /** 100 characters, starting with a letter or digit. */
  eksCluster: { maxLength: 100, disallowed: dashed, separator: "-" },
  /** 2 to 256 characters, unique within an account's region. */
  ecrRepository: { maxLength: 256, disallowed: dashed, separator: "-" },
  /** 40 characters, starting with a letter. */
  gkeCluster: { maxLength: 40, disallowed: dashed, separator: "-" },
  /** 3 to 63 characters, unique among all of Google Cloud. */
  gcpBucket: { maxLength: 63, disallowed: dashed, separator: "-" },
  /** RFC 1035 label: networks, subnets, firewalls and network tags. */
  gcpResource: { maxLength: 63, disallowed: dashed, separator: "-" },
  /** 6 to 30 characters. */
  gcpServiceAccount: { maxLength: 30, disallowed: dashed, separator: "-" },
  /** 63 characters starting with a letter, unique within a project's region. */
  gcpRepository: { maxLength: 63, disallowed: dashed, separator: "-" },
  /**
   * 4 to 32 letters, digits and dashes, taken for 30 days after a deletion: three characters are left for a head that is
   * never Google's own `gcp-`, and five for a random end that a new stack draws anew.
   */
  gcpIdentityPool: { maxLength: 24, disallowed: dashed, separator: "-" },
  /** 90 characters; the service allows more signs than these. */
  azureResourceGroup: { maxLength: 90, disallowed: dashed, separator: "-" },
  /** 63 letters, digits, dashes and underscores. */
  aksCluster: { maxLength: 63, disallowed: dashed, separator: "-" },
  /** 80 characters for most of Microsoft.Network. */
  azureNetworkResource: { maxLength: 80, disallowed: dashed, separator: "-" },
  /** 3 to 24 lower-case letters and digits, unique among all of Azure. */
  azureStorageAccount: { maxLength: 24, disallowed: /[^a-z0-9]/, separator: "" },
  /** 5 to 50 letters and digits, unique among all of Azure. */
  azureRegistry: { maxLength: 50, disallowed: /[^a-z0-9]/, separator: "" },
  /**
   * 3 to 24 letters, digits and dashes, unique among all of Azure, taken for weeks after a deletion: five characters
   * are left for a random end that a new stack draws anew.
   */
  azureVault: { maxLength: 19, disallowed: dashed, separator: "-" },
} as const satisfies Record<string, NameRule>;

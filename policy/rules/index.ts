import type { Rule } from "../rule";
import { adminPortsAreClosed } from "./admin-ports-are-closed";
import { clusterAccessIsByIdentity } from "./cluster-access-is-by-identity";
import { clusterEndpointIsPrivate } from "./cluster-endpoint-is-private";
import { clusterGuardsItsWorkloads } from "./cluster-guards-its-workloads";
import { clusterIsLockedInProduction } from "./cluster-is-locked-in-production";
import { clusterLogsAreKept } from "./cluster-logs-are-kept";
import { clusterNetworkIsEnforced } from "./cluster-network-is-enforced";
import { clusterSecretsAreEncrypted } from "./cluster-secrets-are-encrypted";
import { clusterUpgradesItself } from "./cluster-upgrades-itself";
import { clusterVersionIsSupported } from "./cluster-version-is-supported";
import { dataServicesRefuseTheInternet } from "./data-services-refuse-the-internet";
import { defaultsOfTheNetworkAreUnused } from "./defaults-of-the-network-are-unused";
import { egressIsNarrow } from "./egress-is-narrow";
import { firewallRulesAreDescribed } from "./firewall-rules-are-described";
import { grantsAreNarrow } from "./grants-are-narrow";
import { imageRegistriesAreCleanedUp } from "./image-registries-are-cleaned-up";
import { imageRegistriesArePrivate } from "./image-registries-are-private";
import { imageRegistriesSurviveAZone } from "./image-registries-survive-a-zone";
import { imageTagsDoNotMove } from "./image-tags-do-not-move";
import { imagesAreEncryptedWithOwnKey } from "./images-are-encrypted-with-own-key";
import { imagesAreScanned } from "./images-are-scanned";
import { ingressIsNarrow } from "./ingress-is-narrow";
import { keyAccessIsNarrow } from "./key-access-is-narrow";
import { keysRotate } from "./keys-rotate";
import { keysSurviveMistakes } from "./keys-survive-mistakes";
import { logsAreKeptAndEncrypted } from "./logs-are-kept-and-encrypted";
import { machinesGetNoPublicAddress } from "./machines-get-no-public-address";
import { networkTrafficIsLogged } from "./network-traffic-is-logged";
import { networksSpanZones } from "./networks-span-zones";
import { noAdministratorGrants } from "./no-administrator-grants";
import { noStaticCredentials } from "./no-static-credentials";
import { nodeDisksAreEncrypted } from "./node-disks-are-encrypted";
import { nodeMetadataIsGuarded } from "./node-metadata-is-guarded";
import { nodePoolsAreWellFormed } from "./node-pools-are-well-formed";
import { nodesAreShielded } from "./nodes-are-shielded";
import { productionIsLocked } from "./production-is-locked";
import { providersAreExplicit } from "./providers-are-explicit";
import { resourcesStayInRegion } from "./resources-stay-in-region";
import { securitySettingsAreNotIgnored } from "./security-settings-are-not-ignored";
import { servicesAreReachedPrivately } from "./services-are-reached-privately";
import { servicesSendDiagnostics } from "./services-send-diagnostics";
import { standardTags } from "./standard-tags";
import { statefulPartsAreProtected } from "./stateful-parts-are-protected";
import { storageAccessIsLogged } from "./storage-access-is-logged";
import { storageHasALifecycle } from "./storage-has-a-lifecycle";
import { storageHasNoSideDoors } from "./storage-has-no-side-doors";
import { storageIsEncryptedWithOwnKey } from "./storage-is-encrypted-with-own-key";
import { storageIsNotEmptiedInProduction } from "./storage-is-not-emptied-in-production";
import { storageIsPrivate } from "./storage-is-private";
import { storageKeepsVersions } from "./storage-keeps-versions";
import { storageSpeaksTlsOnly } from "./storage-speaks-tls-only";
import { storageSurvivesARegion } from "./storage-survives-a-region";
import { subnetsAreGuarded } from "./subnets-are-guarded";
import { trustNamesItsPrincipals } from "./trust-names-its-principals";
import { workloadsHaveOwnIdentity } from "./workloads-have-own-identity";

const ownRules: readonly Rule[] = [
  storageIsPrivate,
  storageHasNoSideDoors,
  storageSpeaksTlsOnly,
  storageIsEncryptedWithOwnKey,
  storageKeepsVersions,
  storageHasALifecycle,
  storageAccessIsLogged,
  storageIsNotEmptiedInProduction,
  storageSurvivesARegion,
  imageRegistriesArePrivate,
  imagesAreEncryptedWithOwnKey,
  imagesAreScanned,
  imageTagsDoNotMove,
  imageRegistriesAreCleanedUp,
  imageRegistriesSurviveAZone,
  dataServicesRefuseTheInternet,
  servicesAreReachedPrivately,
  keysRotate,
  keysSurviveMistakes,
  keyAccessIsNarrow,
  adminPortsAreClosed,
  ingressIsNarrow,
  egressIsNarrow,
  firewallRulesAreDescribed,
  defaultsOfTheNetworkAreUnused,
  subnetsAreGuarded,
  machinesGetNoPublicAddress,
  networksSpanZones,
  networkTrafficIsLogged,
  noAdministratorGrants,
  grantsAreNarrow,
  trustNamesItsPrincipals,
  noStaticCredentials,
  logsAreKeptAndEncrypted,
  servicesSendDiagnostics,
  statefulPartsAreProtected,
  productionIsLocked,
  clusterSecretsAreEncrypted,
  nodeDisksAreEncrypted,
  clusterEndpointIsPrivate,
  clusterNetworkIsEnforced,
  clusterAccessIsByIdentity,
  workloadsHaveOwnIdentity,
  clusterLogsAreKept,
  nodeMetadataIsGuarded,
  nodesAreShielded,
  nodePoolsAreWellFormed,
  clusterUpgradesItself,
  clusterVersionIsSupported,
  clusterGuardsItsWorkloads,
  clusterIsLockedInProduction,
  standardTags,
  resourcesStayInRegion,
  providersAreExplicit,
];

/** Every rule of the pack, in the order of the reference. */
export const rules: readonly Rule[] = [...ownRules, securitySettingsAreNotIgnored(ownRules)];

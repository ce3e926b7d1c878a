/** An Azure VM size, as far as quotas, GPUs and zones go. */
export interface AzureMachine {
  readonly vcpus: number;
  /** The regional quota that counts its vCPUs: the name that `az vm list-usage` shows. */
  readonly family: string;
  readonly gpus: number;
  /** Largest temporary or cache disk, in GiB, that an ephemeral OS disk fits on; 0 for none. */
  readonly ephemeralGiB: number;
}

type Sized = readonly [vcpus: number, gpus: number, ephemeralGiB: number];

const numbers = [2, 4, 8, 16, 20, 32, 48, 64, 96];

/**
 * Families whose sizes follow a pattern: form, quota, GiB of temporary or cache disk for each vCPU.
 * Source: Azure documentation, "Sizes for virtual machines", 2026-11-21.
 */
const patterns: readonly (readonly [form: RegExp, family: string, gibPerCpu: number])[] = [
  [/^Standard_D(\d+)s_v3$/, "standardDSv3Family", 25],
  [/^Standard_D(\d+)s_v4$/, "standardDSv4Family", 0],
  [/^Standard_D(\d+)ds_v4$/, "standardDDSv4Family", 37.5],
  [/^Standard_D(\d+)s_v5$/, "standardDSv5Family", 0],
  [/^Standard_D(\d+)ds_v5$/, "standardDDSv5Family", 37.5],
  [/^Standard_D(\d+)as_v5$/, "standardDASv5Family", 0],
  [/^Standard_D(\d+)ads_v5$/, "standardDADSv5Family", 37.5],
  [/^Standard_D(\d+)ps_v5$/, "standardDPSv5Family", 0],
  [/^Standard_D(\d+)pds_v5$/, "standardDPDSv5Family", 37.5],
  [/^Standard_D(\d+)s_v6$/, "standardDsv6Family", 0],
  [/^Standard_D(\d+)ds_v6$/, "standardDdsv6Family", 55],
  [/^Standard_D(\d+)as_v6$/, "standardDasv6Family", 0],
  [/^Standard_D(\d+)ads_v6$/, "standardDadsv6Family", 55],
  [/^Standard_E(\d+)s_v5$/, "standardESv5Family", 0],
  [/^Standard_E(\d+)ds_v5$/, "standardEDSv5Family", 37.5],
  [/^Standard_E(\d+)as_v5$/, "standardEASv5Family", 0],
  [/^Standard_E(\d+)ads_v5$/, "standardEADSv5Family", 37.5],
  [/^Standard_F(\d+)s_v2$/, "standardFSv2Family", 16],
  [/^Standard_B(\d+)s_v2$/, "standardBsv2Family", 0],
  [/^Standard_B(\d+)m?s$/, "standardBSFamily", 0],
];

const gpuFamilies: Readonly<Record<string, Readonly<Record<string, Sized>>>> = {
  "Standard NCASv3_T4 Family": {
    Standard_NC4as_T4_v3: [4, 1, 176],
    Standard_NC8as_T4_v3: [8, 1, 352],
    Standard_NC16as_T4_v3: [16, 1, 352],
    Standard_NC64as_T4_v3: [64, 4, 2816],
  },
  StandardNVADSA10v5Family: {
    Standard_NV6ads_A10_v5: [6, 1, 180],
    Standard_NV12ads_A10_v5: [12, 1, 360],
    Standard_NV18ads_A10_v5: [18, 1, 720],
    Standard_NV36ads_A10_v5: [36, 1, 1440],
    Standard_NV72ads_A10_v5: [72, 2, 2880],
  },
  StandardNCADSA100v4Family: {
    Standard_NC24ads_A100_v4: [24, 1, 64],
    Standard_NC48ads_A100_v4: [48, 2, 128],
    Standard_NC96ads_A100_v4: [96, 4, 256],
  },
  StandardNCADSH100v5Family: {
    Standard_NC40ads_H100_v5: [40, 1, 128],
    Standard_NC80adis_H100_v5: [80, 2, 256],
  },
  standardNDASv4_A100Family: { Standard_ND96asr_v4: [96, 8, 2900] },
  standardNDAMSv4_A100Family: { Standard_ND96amsr_A100_v4: [96, 8, 2900] },
  standardNDSH100v5Family: { Standard_ND96isr_H100_v5: [96, 8, 1000] },
  standardNDISRH200V5Family: { Standard_ND96isr_H200_v5: [96, 8, 1000] },
};

/** Regions with zones that the local clouds know as having none. Source: Azure, "Availability zones", 2026-11-21. */
const withoutZones =
  /^(westus|northcentralus|westcentralus|ukwest|koreasouth|southindia|westindia|canadaeast|australiasoutheast|australiacentral2?|francesouth|germanynorth|norwaywest|swedensouth|switzerlandwest|southafricawest|uaecentral|brazilsoutheast)$/;

/**
 * Zones in which the subscription of the local clouds has a size, where it is not all three. The clouds restrict sizes
 * by subscription, so this is one subscription's answer to `az vm list-skus`, in the form of the real ones.
 */
const zoneLimits: readonly (readonly [location: RegExp, sizes: RegExp, zones: readonly string[]])[] = [
  [/^eastus$/, /_A100_v4$/, ["1", "2"]],
  [/^eastus$/, /_H100_v5$/, ["2"]],
  [/^eastus2$/, /_(A100_v4|H100_v5|H200_v5)$/, ["1", "3"]],
  [/^westeurope$/, /_(A100_v4|H100_v5)$/, ["2"]],
  [/^westus3$/, /_T4_v3$/, ["1", "3"]],
  [/^(northeurope|francecentral|uksouth)$/, /_A10_v5$/, ["1", "2"]],
];

/** Locations that lack sizes altogether. */
const lacking: readonly (readonly [location: RegExp, sizes: RegExp])[] = [
  [/^westus$/, /_(A100_v4|H100_v5|H200_v5)$/],
  [/^(northeurope|uksouth)$/, /_H200_v5$/],
  [withoutZones, /^Standard_ND/],
];

/** What a VM size is; undefined for one that Azure does not have. */
export function azureMachine(size: string): AzureMachine | undefined {
  for (const [family, sizes] of Object.entries(gpuFamilies)) {
    const found = sizes[size];
    if (found !== undefined) return { vcpus: found[0], family, gpus: found[1], ephemeralGiB: found[2] };
  }
  for (const [form, family, gib] of patterns) {
    const vcpus = Number(form.exec(size)?.[1]);
    if (numbers.includes(vcpus)) return { vcpus, family, gpus: 0, ephemeralGiB: vcpus * gib };
  }
  return undefined;
}

/** The availability zones in which a location has a VM size: none where the location has no zones. */
export function zonesWithSize(location: string, size: string): readonly string[] {
  if (withoutZones.test(location)) return [];
  return (
    zoneLimits.find(([where, sizes]) => where.test(location) && sizes.test(size))?.[2] ?? ["1", "2", "3"]
  );
}

/** Whether a location has a VM size at all. */
export function locationHas(location: string, size: string): boolean {
  return !lacking.some(([where, sizes]) => where.test(location) && sizes.test(size));
}

import { parseCidr } from "cidr-tools";

export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";
export type SubnetStrategy = "Legacy" | "Auto" | "Exact";

/** A kind of subnet that every zone gets one of. */
export interface SubnetSpec {
  readonly type: SubnetType;
  readonly name?: string;
  /** Prefix length, for example 24. */
  readonly cidrMask?: number;
  /** Number of addresses, a power of two. */
  readonly size?: number;
  /** One block per zone, in zone order. */
  readonly cidrBlocks?: readonly string[];
  readonly tags?: unknown;
}

export interface PlannedSubnet {
  readonly spec: SubnetSpec;
  /** Index of the zone, from 0. */
  readonly zone: number;
  readonly cidrBlock: string;
}

interface Range {
  readonly start: number;
  readonly prefix: number;
}

const legacyOrder: readonly SubnetType[] = ["Private", "Public", "Isolated"];
const sizeOf = (prefix: number): number => 2 ** (32 - prefix);

/**
 * Where each zone's subnets lie. Each zone gets an equal block, a power of two; within it each spec, in order, takes
 * the next aligned block of its size.
 *
 * @throws Error when blocks do not fit, overlap, leave a gap under `Exact`, or do not match the zones.
 */
export function planSubnets(
  vpcCidr: string,
  zones: number,
  given: readonly SubnetSpec[] | undefined,
  strategy: SubnetStrategy,
  zoneMask?: number,
): readonly PlannedSubnet[] {
  const vpc = rangeOf(vpcCidr, "cidrBlock");
  const zonePrefix = zoneMask ?? vpc.prefix + Math.ceil(Math.log2(zones));
  if (sizeOf(zonePrefix) * zones > sizeOf(vpc.prefix)) {
    throw new Error(`${zones} zones of /${zonePrefix} do not fit into the VPC ${vpcCidr}`);
  }
  const specs = given ?? defaultSpecs(zonePrefix);
  const planned = specs.some((spec) => spec.cidrBlocks !== undefined)
    ? explicit(specs, zones)
    : allotted(vpc, zones, zonePrefix, strategy === "Legacy" ? legacySpecs(specs, zonePrefix) : specs);
  refuseOverlap(planned, vpc, vpcCidr);
  if (strategy === "Exact")
    refuseGaps(
      planned,
      vpc,
      zones,
      zonePrefix,
      specs.some((spec) => spec.cidrBlocks !== undefined),
    );
  return planned;
}

function defaultSpecs(zonePrefix: number): readonly SubnetSpec[] {
  return [
    { type: "Private", cidrMask: zonePrefix + 1 },
    { type: "Public", cidrMask: zonePrefix + 2 },
  ];
}

/** Private first, then public, then isolated; a spec without a size gets a share of what is left. */
function legacySpecs(specs: readonly SubnetSpec[], zonePrefix: number): readonly SubnetSpec[] {
  const ordered = [...specs].sort((a, b) => legacyOrder.indexOf(a.type) - legacyOrder.indexOf(b.type));
  const newBits = (type: SubnetType): number => legacyOrder.indexOf(type) + 1;
  return ordered.map((spec) =>
    spec.cidrMask === undefined && spec.size === undefined
      ? { ...spec, cidrMask: zonePrefix + newBits(spec.type) }
      : spec,
  );
}

function explicit(specs: readonly SubnetSpec[], zones: number): readonly PlannedSubnet[] {
  return specs.flatMap((spec, at) => {
    const blocks = spec.cidrBlocks;
    const label = `subnetSpecs[${at}] (${spec.name ?? spec.type})`;
    if (blocks === undefined)
      throw new Error(`${label} has no cidrBlocks, but others have: give them to all specs or to none`);
    if (blocks.length !== zones) {
      throw new Error(
        `${label} has ${blocks.length} cidrBlocks for ${zones} availability zones: give one for each zone`,
      );
    }
    const masks = blocks.map((block) => rangeOf(block, `${label}.cidrBlocks`).prefix);
    if (spec.cidrMask !== undefined && masks.some((mask) => mask !== spec.cidrMask)) {
      throw new Error(
        `${label} has cidrMask ${spec.cidrMask}, which is not that of its cidrBlocks ${blocks.join(", ")}`,
      );
    }
    return blocks.map((cidrBlock, zone) => ({ spec, zone, cidrBlock }));
  });
}

function allotted(
  vpc: Range,
  zones: number,
  zonePrefix: number,
  specs: readonly SubnetSpec[],
): readonly PlannedSubnet[] {
  return Array.from({ length: zones }).flatMap((_, zone) => {
    const start = vpc.start + zone * sizeOf(zonePrefix);
    const end = start + sizeOf(zonePrefix);
    let next = start;
    return specs.map((spec) => {
      const prefix = prefixOf(spec, zonePrefix, specs.length);
      const at = Math.ceil(next / sizeOf(prefix)) * sizeOf(prefix);
      if (at + sizeOf(prefix) > end) {
        const zoneBlock = format({ start, prefix: zonePrefix });
        throw new Error(
          `subnet ${spec.name ?? spec.type} of /${prefix} does not fit into what is left of zone block ${zoneBlock}`,
        );
      }
      next = at + sizeOf(prefix);
      return { spec, zone, cidrBlock: format({ start: at, prefix }) };
    });
  });
}

function prefixOf(spec: SubnetSpec, zonePrefix: number, count: number): number {
  const fromSize = spec.size === undefined ? undefined : 32 - Math.log2(spec.size);
  if (fromSize !== undefined && !Number.isInteger(fromSize)) {
    throw new Error(
      `subnet ${spec.name ?? spec.type} has size ${String(spec.size)}: it must be a power of two`,
    );
  }
  if (fromSize !== undefined && spec.cidrMask !== undefined && fromSize !== spec.cidrMask) {
    throw new Error(
      `subnet ${spec.name ?? spec.type} has size ${String(spec.size)} and cidrMask ${spec.cidrMask}, which differ`,
    );
  }
  const prefix = spec.cidrMask ?? fromSize ?? zonePrefix + Math.ceil(Math.log2(count));
  if (!Number.isInteger(prefix) || prefix < 16 || prefix > 28) {
    throw new Error(`subnet ${spec.name ?? spec.type} of /${prefix}: AWS subnets are /16 to /28`);
  }
  return prefix;
}

function refuseOverlap(planned: readonly PlannedSubnet[], vpc: Range, vpcCidr: string): void {
  const ranges = planned
    .map(({ cidrBlock }) => rangeOf(cidrBlock, "cidrBlocks"))
    .sort((a, b) => a.start - b.start);
  ranges.forEach((range, i) => {
    const before = ranges[i - 1];
    if (before !== undefined && before.start + sizeOf(before.prefix) > range.start) {
      throw new Error(`subnets ${format(before)} and ${format(range)} overlap`);
    }
    if (range.start < vpc.start || range.start + sizeOf(range.prefix) > vpc.start + sizeOf(vpc.prefix)) {
      throw new Error(`subnet ${format(range)} is not inside the VPC ${vpcCidr}`);
    }
  });
}

/** `Exact` accounts for every address; deliberate gaps are specs of type Unused. */
function refuseGaps(
  planned: readonly PlannedSubnet[],
  vpc: Range,
  zones: number,
  zonePrefix: number,
  isExplicit: boolean,
): void {
  const used = planned.reduce(
    (sum, { cidrBlock }) => sum + sizeOf(rangeOf(cidrBlock, "cidrBlocks").prefix),
    0,
  );
  const whole = isExplicit ? sizeOf(vpc.prefix) : zones * sizeOf(zonePrefix);
  if (used !== whole || whole !== sizeOf(vpc.prefix)) {
    throw new Error(
      `subnetStrategy Exact: the subnets use ${used} of ${sizeOf(vpc.prefix)} addresses; fill the gaps with specs of type Unused`,
    );
  }
}

function rangeOf(cidr: string, label: string): Range {
  try {
    const { start, prefix, version } = parseCidr(cidr);
    if (version === 4 && cidr.includes("/")) return { start: Number(start), prefix: Number(prefix) };
  } catch {
    // Reported below, together with blocks of IPv6 and single addresses.
  }
  throw new Error(`${label}: "${cidr}" is no IPv4 block such as 10.0.0.0/24`);
}

function format({ start, prefix }: Range): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".")}/${prefix}`;
}

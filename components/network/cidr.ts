import { containsCidr, overlapCidr, parseCidr } from "cidr-tools";

/** One block of a network, as a fraction of it: `size` is the number of prefix bits added, `offset` counts 1/256ths. */
export interface Share {
  readonly offset: number;
  readonly bits: number;
}

/** Shares are counted in 1/256ths of the network, so that one plan fits every size of network. */
const unitBits = 8;

/**
 * The addresses of one share of a network: `carve("10.0.0.0/16", { offset: 64, bits: 4 })` is `10.0.64.0/20`.
 *
 * @throws RangeError when the share would reach outside the network or start off its own boundary.
 */
export function carve(network: string, { offset, bits }: Share): string {
  const { start, end, prefix } = parseIpv4(network);
  const unit = (end - start + 1n) / BigInt(2 ** unitBits);
  const first = start + unit * BigInt(offset);
  const size = (end - start + 1n) / BigInt(2 ** bits);
  if (first % size !== 0n || first + size - 1n > end) {
    throw new RangeError(`share ${offset}/256 with ${bits} more prefix bits does not fit ${network}`);
  }
  return `${formatIpv4(first)}/${prefix + bits}`;
}

/** True when two CIDR blocks share an address. */
export function overlaps(a: string, b: string): boolean {
  return overlapCidr(a, b);
}

/** True when the second CIDR block lies wholly inside the first. */
export function contains(outer: string, inner: string): boolean {
  return containsCidr(outer, inner);
}

/** Prefix length of a CIDR block, for example 16. */
export function prefixOf(cidr: string): number {
  return parseIpv4(cidr).prefix;
}

/** The address that a CIDR block starts with, for example `10.0.0.0`. */
export function firstAddress(cidr: string): string {
  return formatIpv4(parseIpv4(cidr).start);
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const cidrForm = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * What is wrong with a CIDR block as the range of a private network, or undefined when nothing is.
 *
 * @param sizes - shortest and longest prefix that is allowed.
 */
export function cidrFault(
  cidr: string,
  sizes: { readonly min: number; readonly max: number },
): string | undefined {
  const form = cidrForm.exec(cidr);
  if (form === null || form.slice(1, 5).some((part) => Number(part) > 255) || Number(form[5]) > 32) {
    return "an IPv4 range in CIDR form, such as 10.0.0.0/16";
  }
  const { start, prefix } = parseIpv4(cidr);
  if (`${formatIpv4(start)}/${prefix}` !== cidr)
    return `a range without host bits: ${formatIpv4(start)}/${prefix}`;
  if (prefix < sizes.min || prefix > sizes.max) return `a prefix from /${sizes.min} to /${sizes.max}`;
  if (!privateRanges.some((range) => containsCidr(range, cidr))) return `inside ${privateRanges.join(", ")}`;
  return undefined;
}

function parseIpv4(cidr: string) {
  const { start, end, prefix } = parseCidr(cidr);
  return { start, end, prefix: Number(prefix) };
}

function formatIpv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join(".");
}

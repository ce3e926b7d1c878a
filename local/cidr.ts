import { parseCidr } from "cidr-tools";

/** An IPv4 block. `start` and `end` are its first and last address as numbers. */
export interface Block {
  readonly cidr: string;
  readonly prefix: number;
  readonly start: number;
  readonly end: number;
}

/** The block that a text names, host bits cleared; undefined when it names none. */
export function parseBlock(cidr: string): Block | undefined {
  if (!/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/.test(cidr)) return undefined;
  try {
    const { start, end, prefix } = parseCidr(cidr);
    return {
      cidr: `${dotted(Number(start))}/${prefix}`,
      prefix: Number(prefix),
      start: Number(start),
      end: Number(end),
    };
  } catch {
    return undefined; // An octet over 255 or a prefix over 32.
  }
}

export function overlaps(a: Block, b: Block): boolean {
  return a.start <= b.end && b.start <= a.end;
}

export function contains(outer: Block, inner: Block): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** An address of four numbers with dots. */
export function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

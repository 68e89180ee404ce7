import { problem, spanOf } from './problem.ts';
import { type ParsedValue, readable, unreadable } from './value.ts';

export interface IpAddress {
  readonly family: 4 | 6;
  /** Unsigned 32-bit words, most significant first: one for IPv4, four for IPv6. */
  readonly words: readonly number[];
}

export interface IpRange {
  readonly family: 4 | 6;
  /** How many leading bits count. */
  readonly prefix: number;
  /** Words as in an address; bits after the prefix are zero. */
  readonly words: readonly number[];
  readonly masks: readonly number[];
}

export type IpProblemCode =
  | 'address'
  | 'prefix'
  /** Bits after the prefix are set; they do not count. */
  | 'host-bits';

/**
 * Reads a value of IpAddress and NotIpAddress: an IPv4 or IPv6 address with or without a prefix length. A bare address
 * is a range of one.
 */
export function parseIpRange(text: string): ParsedValue<IpRange, IpProblemCode> {
  const slash = text.indexOf('/');
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return unreadable(text, 'address');
  const bits = address.family === 4 ? 32 : 128;
  const written = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(written) || bits < Number(written)) return unreadable(text, 'prefix');
  const prefix = Number(written);
  const masks = address.words.map((_, i) => maskOf(prefix - 32 * i));
  const words = address.words.map((word, i) => (word & (masks[i] ?? 0)) >>> 0);
  const range: IpRange = { family: address.family, prefix, words, masks };
  if (words.every((word, i) => word === address.words[i])) return readable(text, range);
  const suggestion = `${formatIpAddress(range)}/${prefix}`;
  return readable(text, range, [problem('host-bits', spanOf(text), { suggestion })]);
}

/** Reads a bare address; undefined for anything else. Octets with leading zeros are refused: some read them as octal. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (45 < text.length) return undefined;
  if (!text.includes(':')) {
    const word = parseQuad(text);
    return word === undefined ? undefined : { family: 4, words: [word] };
  }
  const groups = parseGroups(text);
  if (groups === undefined) return undefined;
  const words = [0, 2, 4, 6].map((i) => ((groups[i] ?? 0) * 0x10000 + (groups[i + 1] ?? 0)) >>> 0);
  return { family: 6, words };
}

/** Whether the address lies in the range. IPv4 and IPv6 never match each other, mapped addresses included. */
export function ipRangeContains(range: IpRange, address: IpAddress): boolean {
  if (range.family !== address.family) return false;
  for (let i = 0; i < range.words.length; i++) {
    if ((((address.words[i] ?? 0) ^ (range.words[i] ?? 0)) & (range.masks[i] ?? 0)) !== 0) return false;
  }
  return true;
}

/** Whether every address of `inner` lies in `outer`. */
export function ipRangeCovers(outer: IpRange, inner: IpRange): boolean {
  return outer.prefix <= inner.prefix && ipRangeContains(outer, inner);
}

/** The usual way of writing it: for IPv6 small letters, the longest run of zeros left out (RFC 5952). */
export function formatIpAddress(address: IpAddress): string {
  if (address.family === 4) {
    const word = address.words[0] ?? 0;
    return [24, 16, 8, 0].map((shift) => (word >>> shift) & 0xff).join('.');
  }
  const groups = address.words.flatMap((word) => [word >>> 16, word & 0xffff]);
  const { start, length } = longestZeros(groups);
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return hex(groups);
  return `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

function maskOf(bits: number): number {
  if (bits <= 0) return 0;
  return bits < 32 ? (0xffffffff << (32 - bits)) >>> 0 : 0xffffffff;
}

function parseQuad(text: string): number | undefined {
  const octets = text.split('.', 5);
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return octets.reduce((word, octet) => word * 256 + Number(octet), 0);
}

/** The eight groups of an IPv6 address. */
function parseGroups(text: string): readonly number[] | undefined {
  const halves = text.split('::', 3);
  const [first, second] = halves;
  if (first === undefined || 2 < halves.length) return undefined;
  const head = parseHalf(first, second === undefined);
  const tail = second === undefined ? [] : parseHalf(second, true);
  if (head === undefined || tail === undefined) return undefined;
  if (second === undefined) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - tail.length;
  return missing < 1 ? undefined : [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** The groups on one side of `::`. The last one of the address may be an IPv4 address, which makes two groups. */
function parseHalf(text: string, atEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const written = text.split(':', 9);
  for (const [i, group] of written.entries()) {
    if (atEnd && i === written.length - 1 && group.includes('.')) {
      const word = parseQuad(group);
      if (word === undefined) return undefined;
      groups.push(word >>> 16, word & 0xffff);
    } else {
      if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
      groups.push(Number.parseInt(group, 16));
    }
  }
  return groups;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (const [i, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (best.length < length) best = { start: i - length + 1, length };
  }
  return best;
}

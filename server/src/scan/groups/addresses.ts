/** Addresses as numbers: ranges and CIDR blocks, enumerated and compared. IPv6 texts as in RFC 4291 2.2, CIDR as in RFC 4632. */
import { isIPv4, isIPv6 } from 'node:net';

/** An address without a zone. An IPv4 address that is mapped into IPv6 (`::ffff:1.2.3.4`) is the IPv4 one. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** Every address from the first to the last, both included. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** So many addresses a range may have: 65,536, what /16 holds. */
export const MOST_ADDRESSES = 65_536n;

const MAPPED = 0xffffn << 32n;

/** Reads an address, or gives undefined. */
export function parseAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) {
    return { family: 4, value: text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) };
  }
  if (!isIPv6(text) || text.includes('%')) return undefined;
  // A URL's host is the address in its canonical form, without dotted decimals.
  const [head = '', tail] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::');
  const parts = (half: string) => (half === '' ? [] : half.split(':'));
  const [before, after] = [parts(head), parts(tail ?? '')];
  const gap = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  const value = [...before, ...gap, ...after].reduce((sum, part) => (sum << 16n) | BigInt(`0x${part}`), 0n);
  return value >> 32n === MAPPED >> 32n ? { family: 4, value: value & 0xffffffffn } : { family: 6, value };
}

/** The address in its canonical form. */
export function formatAddress({ family, value }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - at * 16)) & 0xffffn).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

/** One form for each address, so that texts can be compared; what is no address stays as it is. */
export function canonicalAddress(text: string): string {
  const address = parseAddress(text);
  return address ? formatAddress(address) : text;
}

/** Reads `10.0.0.1-10.0.0.20`, `10.0.0.0/24`, `fd00::/120`, or says what is wrong. */
export function parseRange(text: string): { ok: true; value: AddressRange } | { ok: false; why: string } {
  const slash = /^([^/\s]+)\/(\d{1,3})$/.exec(text.trim());
  const dash = /^([^-\s]+)\s*-\s*([^-\s]+)$/.exec(text.trim());
  const range = slash
    ? blockOf(parseAddress(slash[1] ?? ''), Number(slash[2]))
    : dash
      ? rangeOf(parseAddress(dash[1] ?? ''), parseAddress(dash[2] ?? ''))
      : undefined;
  if (!range) return { ok: false, why: `"${text}" is no range: write FIRST-LAST or ADDRESS/BITS` };
  if (range.last < range.first) return { ok: false, why: `"${text}" ends before it begins` };
  if (range.last - range.first >= MOST_ADDRESSES)
    return { ok: false, why: `"${text}" has more than ${MOST_ADDRESSES} addresses` };
  return { ok: true, value: range };
}

function rangeOf(first: IpAddress | undefined, last: IpAddress | undefined): AddressRange | undefined {
  if (!first || first.family !== last?.family) return undefined;
  return { family: first.family, first: first.value, last: last.value };
}

/** Of an IPv4 block the network and broadcast addresses are no machines; /31 and /32 have none (RFC 3021). */
function blockOf(address: IpAddress | undefined, bits: number): AddressRange | undefined {
  const width = address?.family === 4 ? 32 : 128;
  if (!address || bits > width) return undefined;
  const size = 1n << BigInt(width - bits);
  const first = address.value & ~(size - 1n);
  const last = first + size - 1n;
  const spare = address.family === 4 && size > 2n ? 1n : 0n;
  return { family: address.family, first: first + spare, last: last - spare };
}

export function isInRange(address: IpAddress, range: AddressRange): boolean {
  return address.family === range.family && range.first <= address.value && address.value <= range.last;
}

/** Every address of a range, in order. */
export function* addressesOf({ family, first, last }: AddressRange): Generator<string> {
  for (let value = first; value <= last; value++) yield formatAddress({ family, value });
}

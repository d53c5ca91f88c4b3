/**
 * The part of BER that LDAP answers with (RFC 4511 5.1): definite lengths, tags of one byte. Whoever answers may lie, so
 * everything is checked before it is used: an element ends within the one around it, and reading always goes on or fails.
 */

/** What was read is none of LDAP's. */
export class BerError extends Error {}

export const TAG = { boolean: 0x01, integer: 0x02, octets: 0x04, enumerated: 0x0a, sequence: 0x30, set: 0x31 } as const;

/** No length needs more: nothing near 4 GiB is ever taken. */
const MOST_LENGTH_BYTES = 4;

/** Where the contents of an element begin and end; undefined where its head is not there yet. */
export function elementAt(
  bytes: Buffer,
  at: number,
): { readonly tag: number; readonly start: number; readonly end: number } | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return undefined;
  if ((tag & 0x1f) === 0x1f) throw new BerError('a tag of several bytes');
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  if (count === 0 || count > MOST_LENGTH_BYTES) throw new BerError('an indefinite or huge length');
  if (bytes.length < at + 2 + count) return undefined;
  const start = at + 2 + count;
  return { tag, start, end: start + bytes.readUIntBE(at + 2, count) };
}

/** Reads one element after another. */
export class BerReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The tag of the next element; undefined at the end. */
  get next(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** The contents of the next element, which must have this tag. */
  take(tag: number): Buffer {
    const element = elementAt(this.#bytes, this.#at);
    if (!element || element.end > this.#bytes.length) throw new BerError('an element is longer than the one around it');
    if (element.tag !== tag) throw new BerError(`tag ${element.tag} where ${tag} must be`);
    this.#at = element.end;
    return this.#bytes.subarray(element.start, element.end);
  }

  open(tag: number): BerReader {
    return new BerReader(this.take(tag));
  }

  text(tag: number = TAG.octets): string {
    return this.take(tag).toString('utf8');
  }

  integer(tag: number = TAG.integer): number {
    const bytes = this.take(tag);
    if (bytes.length < 1 || bytes.length > 4) throw new BerError('a number of no bytes or more than four');
    return bytes.readIntBE(0, bytes.length);
  }
}

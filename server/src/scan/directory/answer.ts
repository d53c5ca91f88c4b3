/** What a directory answers (RFC 4511 4): one message from its bytes. */
import { BerError, BerReader, TAG } from './ber.ts';

/** An entry: its name, and the values of each attribute by the attribute's name in lower case. */
export interface DirectoryEntry {
  readonly dn: string;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/** LDAPResult: 0 is success (RFC 4511 4.1.9). */
export interface DirectoryResult {
  readonly code: number;
  /** Of the name that was not found, the part that is there. */
  readonly matched: string;
  readonly message: string;
  /** Where else the directory sends us. Never followed. */
  readonly referrals: readonly string[];
}

export type Answer =
  | { readonly kind: 'result'; readonly id: number; readonly result: DirectoryResult; readonly cookie: Buffer }
  | { readonly kind: 'entry'; readonly id: number; readonly entry: DirectoryEntry }
  | { readonly kind: 'reference'; readonly id: number; readonly uris: readonly string[] };

const BIND_RESPONSE = 0x61;
const ENTRY = 0x64;
const DONE = 0x65;
const REFERENCE = 0x73;
const EXTENDED_RESPONSE = 0x78;
const REFERRAL = 0xa3;
const CONTROLS = 0xa0;
/** RFC 2696. */
const PAGED_RESULTS = '1.2.840.113556.1.4.319';
const NO_COOKIE = Buffer.alloc(0);

/** Reads the contents of an LDAPMessage; throws a BerError where it is none that we asked for. */
export function readAnswer(contents: Buffer): Answer {
  const message = new BerReader(contents);
  const id = message.integer();
  const tag = message.next;
  switch (tag) {
    case ENTRY:
      return { kind: 'entry', id, entry: readEntry(message.open(ENTRY)) };
    case REFERENCE:
      return { kind: 'reference', id, uris: textsOf(message.open(REFERENCE)) };
    case BIND_RESPONSE:
    case DONE:
    case EXTENDED_RESPONSE: {
      const result = readResult(message.open(tag));
      return { kind: 'result', id, result, cookie: readCookie(message) };
    }
    default:
      throw new BerError(`an answer of kind ${tag ?? 'none'} to a question that has none`);
  }
}

function readResult(reader: BerReader): DirectoryResult {
  const code = reader.integer(TAG.enumerated);
  const matched = reader.text();
  const message = reader.text();
  const referrals = reader.next === REFERRAL ? textsOf(reader.open(REFERRAL)) : [];
  return { code, matched, message, referrals };
}

function readEntry(reader: BerReader): DirectoryEntry {
  const dn = reader.text();
  const attributes = new Map<string, readonly string[]>();
  const list = reader.open(TAG.sequence);
  while (!list.atEnd) {
    const attribute = list.open(TAG.sequence);
    const name = attribute.text().toLowerCase();
    attributes.set(name, textsOf(attribute.open(TAG.set)));
  }
  return { dn, attributes };
}

function readCookie(message: BerReader): Buffer {
  if (message.next !== CONTROLS) return NO_COOKIE;
  const controls = message.open(CONTROLS);
  while (!controls.atEnd) {
    const control = controls.open(TAG.sequence);
    const type = control.text();
    if (control.next === TAG.boolean) control.take(TAG.boolean);
    if (type !== PAGED_RESULTS || control.next !== TAG.octets) continue;
    const value = new BerReader(control.take(TAG.octets)).open(TAG.sequence);
    value.integer();
    return value.take(TAG.octets);
  }
  return NO_COOKIE;
}

function textsOf(reader: BerReader): readonly string[] {
  const texts: string[] = [];
  while (!reader.atEnd) texts.push(reader.text());
  return texts;
}

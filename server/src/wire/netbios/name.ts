/** NetBIOS names: fifteen characters and a suffix that says what the name stands for, two letters a byte on the wire (RFC 1001 14.1). */
import { malformed } from '../failure.ts';

/** What a name is registered for (MS-BRWS 2.1.1 and MS-NBTE lists them). */
export const SUFFIX = { WORKSTATION: 0x00, SERVER: 0x20 } as const;

/** Asks a server for itself, whatever its name is: a node status query, or a session (RFC 1002 4.2.17, MS-NBTE 2.2). */
export const ANY_NAME = '*';
export const ANY_SERVER = '*SMBSERVER';

const LENGTH = 15;
const ENCODED = 32;
const LETTER_A = 0x41;

/** Whether a host name can be a NetBIOS name at all: one label, fifteen characters, no wildcard. */
export function isNetbiosName(host: string): boolean {
  return /^[A-Za-z0-9_!@#$%^&()'{}~-]{1,15}$/.test(host);
}

/** The name as a question has it: length, 32 letters, and the root's zero. `*` is padded with zeros, all others with blanks. */
export function encodeName(name: string, suffix: number): Buffer {
  const bytes = Buffer.alloc(LENGTH + 1, name === ANY_NAME ? 0 : 0x20);
  bytes.write(name.toUpperCase().slice(0, LENGTH), 'latin1');
  bytes[LENGTH] = name === ANY_NAME ? 0 : suffix;
  const letters = [...bytes].flatMap((byte) => [LETTER_A + (byte >> 4), LETTER_A + (byte & 15)]);
  return Buffer.from([ENCODED, ...letters, 0]);
}

/** Reads a name as a question or a record has it, and where the next field begins; a pointer is followed once (RFC 1002 4.2.1). */
export function decodeName(
  packet: Buffer,
  at: number,
): { readonly name: string; readonly suffix: number; readonly next: number } {
  const first = packet[at];
  if (first !== undefined && first >= 0xc0) {
    const target = packet.readUInt16BE(requireBytes(packet, at, 2)) & 0x3fff;
    if ((packet[target] ?? 0) >= 0xc0) throw malformed('a NetBIOS name points to a pointer');
    return { ...decodeName(packet, target), next: at + 2 };
  }
  requireBytes(packet, at, ENCODED + 2);
  if (first !== ENCODED) throw malformed(`a NetBIOS name of ${first ?? 0} letters`);
  const bytes = Buffer.from(
    Array.from({ length: LENGTH + 1 }, (_, index) => {
      const [high = 0, low = 0] = [packet[at + 1 + index * 2], packet[at + 2 + index * 2]].map(
        (letter) => (letter ?? 0) - LETTER_A,
      );
      if (high < 0 || high > 15 || low < 0 || low > 15) throw malformed('a NetBIOS name of other letters than A to P');
      return (high << 4) | low;
    }),
  );
  return { ...registeredName(bytes), next: skipScope(packet, at + 1 + ENCODED) };
}

/** The sixteen bytes of a name as a person reads it. */
export function registeredName(bytes: Buffer): { readonly name: string; readonly suffix: number } {
  const name = bytes
    .subarray(0, LENGTH)
    .toString('latin1')
    .replace(/[ \0]+$/, '');
  return { name, suffix: bytes[LENGTH] ?? 0 };
}

/** A scope is a row of DNS labels after the name; nobody uses one, so it is only stepped over. */
function skipScope(packet: Buffer, from: number): number {
  let at = from;
  for (let labels = 0; labels < 16; labels++) {
    const length = packet[requireBytes(packet, at, 1)] ?? 0;
    if (length === 0) return at + 1;
    if (length > 63) break;
    at += 1 + length;
  }
  throw malformed('a NetBIOS scope without an end');
}

function requireBytes(packet: Buffer, at: number, length: number): number {
  if (at < 0 || at + length > packet.length) throw malformed('a NetBIOS packet is cut short');
  return at;
}

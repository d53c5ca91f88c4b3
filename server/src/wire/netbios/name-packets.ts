/** Packets of the NetBIOS name service (RFC 1002 4.2): name query and node status, and what is said to them. */
import { malformed } from '../failure.ts';
import { ANY_NAME, decodeName, encodeName, registeredName } from './name.ts';

const TYPE = { NB: 0x20, NBSTAT: 0x21, NULL: 0x0a } as const;
const CLASS_IN = 1;
const FLAG = { RESPONSE: 0x8000, OPCODE: 0x7800, TRUNCATED: 0x0200, RECURSION: 0x0100, BROADCAST: 0x0010 } as const;
const NAME_FLAG = { GROUP: 0x8000 } as const;
const MOST_ADDRESSES = 25;

/** Asks who has a name. */
export function nameQuery(
  id: number,
  { name, suffix, broadcast }: { readonly name: string; readonly suffix: number; readonly broadcast: boolean },
): Buffer {
  return question(id, FLAG.RECURSION | (broadcast ? FLAG.BROADCAST : 0), encodeName(name, suffix), TYPE.NB);
}

/** Asks a machine for its names. */
export function nodeStatusQuery(id: number): Buffer {
  return question(id, 0, encodeName(ANY_NAME, 0), TYPE.NBSTAT);
}

function question(id: number, flags: number, name: Buffer, type: number): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE(flags, 2);
  header.writeUInt16BE(1, 4);
  const tail = Buffer.alloc(4);
  tail.writeUInt16BE(type, 0);
  tail.writeUInt16BE(CLASS_IN, 2);
  return Buffer.concat([header, name, tail]);
}

export type NameReply =
  /** Group names belong to many machines and are left out. */
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  /** With the rcode: 3 is a name that does not exist. */
  | { readonly kind: 'negative'; readonly rcode: number };

/** Reads the answer to a name query; throws where it is none, or one to another question. */
export function readNameReply(
  packet: Buffer,
  asked: { readonly id: number; readonly name: string; readonly suffix: number },
): NameReply {
  const { rcode, answers, name, suffix, type, data } = record(packet, asked.id);
  if (name.toUpperCase() !== asked.name.toUpperCase() || suffix !== asked.suffix)
    throw malformed('the answer is about another name');
  if (rcode !== 0) return { kind: 'negative', rcode };
  if (answers !== 1 || type !== TYPE.NB) throw malformed('no address in the answer');
  if (data.length === 0 || data.length % 6 !== 0 || data.length > MOST_ADDRESSES * 6)
    throw malformed(`${data.length} bytes are no list of addresses`);
  const addresses = Array.from({ length: data.length / 6 }, (_, at) => data.subarray(at * 6, at * 6 + 6))
    .filter((entry) => (entry.readUInt16BE(0) & NAME_FLAG.GROUP) === 0)
    .map((entry) => [...entry.subarray(2)].join('.'));
  return { kind: 'addresses', addresses: [...new Set(addresses)] };
}

export interface NodeName {
  readonly name: string;
  readonly suffix: number;
  readonly group: boolean;
}

/** Reads the answer to a node status query; throws where it is none. */
export function readNodeStatus(packet: Buffer, asked: { readonly id: number }): readonly NodeName[] {
  const { rcode, answers, type, data } = record(packet, asked.id);
  if (rcode !== 0 || answers !== 1 || type !== TYPE.NBSTAT) throw malformed('no names in the answer');
  const count = data[0] ?? 0;
  if (data.length < 1 + count * 18) throw malformed(`${count} names in ${data.length} bytes`);
  return Array.from({ length: count }, (_, at) => {
    const entry = data.subarray(1 + at * 18, 1 + at * 18 + 18);
    return { ...registeredName(entry), group: (entry.readUInt16BE(16) & NAME_FLAG.GROUP) !== 0 };
  });
}

interface Answer {
  readonly rcode: number;
  readonly answers: number;
  readonly name: string;
  readonly suffix: number;
  readonly type: number;
  readonly data: Buffer;
}

/** The one record of an answer to our question. */
function record(packet: Buffer, id: number): Answer {
  if (packet.length < 12) throw malformed('a NetBIOS packet is cut short');
  const flags = packet.readUInt16BE(2);
  if (packet.readUInt16BE(0) !== id) throw malformed('the answer is to another question');
  if ((flags & FLAG.RESPONSE) === 0 || (flags & FLAG.OPCODE) !== 0)
    throw malformed('the packet is no answer to a query');
  if ((flags & FLAG.TRUNCATED) !== 0) throw malformed('the answer is truncated');
  // Answers repeat no question (4.2.13); who does it all the same is not understood.
  if (packet.readUInt16BE(4) !== 0) throw malformed('the answer repeats a question');
  const { name, suffix, next } = decodeName(packet, 12);
  if (next + 10 > packet.length) throw malformed('a NetBIOS packet is cut short');
  if (packet.readUInt16BE(next + 2) !== CLASS_IN) throw malformed('the answer is of another class');
  const length = packet.readUInt16BE(next + 8);
  if (next + 10 + length > packet.length) throw malformed('a NetBIOS record is longer than its packet');
  return {
    ...{ rcode: flags & 15, answers: packet.readUInt16BE(6), name, suffix, type: packet.readUInt16BE(next) },
    data: packet.subarray(next + 10, next + 10 + length),
  };
}

/** The four SPNEGO tokens of a logon (RFC 4178 4.2), in DER. */
import { malformed } from '../failure.ts';

const SPNEGO = Buffer.from('06062b0601050502', 'hex');
const TAG = { SEQUENCE: 0x30, OCTETS: 0x04, ENUMERATED: 0x0a, OID: 0x06, APPLICATION: 0x60, FIELD: 0xa0 } as const;

function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const n = body.length;
  const length = n < 0x80 ? [n] : n < 0x100 ? [0x81, n] : [0x82, n >> 8, n & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

/** The list of mechanisms that both sides protect. */
export function mechanismList(mechanism: Buffer): Buffer {
  return der(TAG.SEQUENCE, mechanism);
}

/** NegTokenInit: the only mechanism we offer, and its first token. */
export function initToken(mechanism: Buffer, token: Buffer): Buffer {
  const fields = [der(TAG.FIELD, mechanismList(mechanism)), der(TAG.FIELD + 2, der(TAG.OCTETS, token))];
  return der(TAG.APPLICATION, SPNEGO, der(TAG.FIELD, der(TAG.SEQUENCE, ...fields)));
}

/** NegTokenResp from us: the answer, and the protection of the list, which NTLM's MIC makes a duty. */
export function answerToken(token: Buffer, mic: Buffer): Buffer {
  const fields = [der(TAG.FIELD + 2, der(TAG.OCTETS, token)), der(TAG.FIELD + 3, der(TAG.OCTETS, mic))];
  return der(TAG.FIELD + 1, der(TAG.SEQUENCE, ...fields));
}

export interface NegTokenResp {
  readonly state: 'completed' | 'incomplete' | 'reject' | 'request-mic' | undefined;
  /** With tag and length. */
  readonly mechanism: Buffer | undefined;
  readonly token: Buffer | undefined;
  readonly mic: Buffer | undefined;
}

const STATES = ['completed', 'incomplete', 'reject', 'request-mic'] as const;

export function readNegTokenResp(bytes: Buffer): NegTokenResp {
  const fields = fieldsOf(sequenceIn(element(bytes, 0, TAG.FIELD + 1)));
  const state = fields.get(0);
  const token = fields.get(2);
  const mic = fields.get(3);
  return {
    state: state && STATES[element(state, 0, TAG.ENUMERATED)[0] ?? 4],
    mechanism: fields.get(1),
    token: token && element(token, 0, TAG.OCTETS),
    mic: mic && element(mic, 0, TAG.OCTETS),
  };
}

/** The mechanisms in the target's NegTokenInit2 (MS-SPNG 2.2.1), each with tag and length. */
export function readMechanisms(bytes: Buffer): readonly Buffer[] {
  const init = element(bytes, 0, TAG.APPLICATION);
  const fields = fieldsOf(sequenceIn(element(init, SPNEGO.length, TAG.FIELD)));
  const list = fields.get(0);
  return list ? elements(sequenceIn(list)).map((item) => item.whole) : [];
}

function sequenceIn(bytes: Buffer): Buffer {
  return element(bytes, 0, TAG.SEQUENCE);
}

function fieldsOf(sequence: Buffer): ReadonlyMap<number, Buffer> {
  return new Map(elements(sequence).map((item) => [item.tag - TAG.FIELD, item.content]));
}

function element(bytes: Buffer, at: number, tag: number): Buffer {
  const found = readElement(bytes, at);
  if (found.tag !== tag) throw malformed('the logon token is no SPNEGO token');
  return found.content;
}

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
}

function elements(bytes: Buffer): readonly Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const item = readElement(bytes, at);
    found.push(item);
    at += item.whole.length;
  }
  return found;
}

function readElement(bytes: Buffer, at: number): Element {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) throw malformed('the logon token is cut short');
  const longBytes = first < 0x80 ? 0 : first & 0x7f;
  if (longBytes > 3 || first === 0x80 || at + 2 + longBytes > bytes.length)
    throw malformed('the logon token has a wrong length');
  const length = longBytes === 0 ? first : bytes.readUIntBE(at + 2, longBytes);
  const start = at + 2 + longBytes;
  if (start + length > bytes.length) throw malformed('the logon token is cut short');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

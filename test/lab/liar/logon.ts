/**
 * The server's side of negotiation and logon, with the product's own primitives: NTLMv2 within SPNEGO (MS-NLMP 3.2.5,
 * RFC 4178), so that what lies afterwards has the session's true keys.
 */
import { ByteView, u16le, u32le, utf16 } from '../../../server/src/wire/bytes.ts';
import { rc4 } from '../../../server/src/wire/crypto/rc4.ts';
import { NODE_CRYPTO } from '../../../server/src/wire/crypto/suite.ts';
import { messageSigner, ntowfV2 } from '../../../server/src/wire/ntlm/response.ts';
import { AV, writeAvPairs } from '../../../server/src/wire/ntlm/target-info.ts';
import { mechanismList, readNegTokenResp } from '../../../server/src/wire/smb/spnego.ts';
import { HEADER_LENGTH } from '../../../server/src/wire/smb/header.ts';

/** 1.3.6.1.4.1.311.2.2.10 */
const NTLMSSP = Buffer.from('060a2b06010401823702020a', 'hex');
const FLAGS = 0xe2888215;
const VERSION = Buffer.from([10, 0, 0, 0, 0, 0, 0, 15]);

export const LIAR_NAME = 'LIAR';

/** The NEGOTIATE reply's parts that a lie may change. */
export interface NegotiateFields {
  readonly dialect: number;
  readonly securityMode: number;
  readonly capabilities: number;
  readonly maxTransact: number;
  readonly maxRead: number;
  readonly guid: Buffer;
  /** The cipher's number (MS-SMB2 2.2.3.1.2); 0 for none. */
  readonly cipher: number;
  /** SPNEGO's first token. */
  readonly token: Buffer;
  /** Contexts of 3.1.1, where they are not those that follow from the rest. */
  readonly contexts?: readonly Buffer[];
}

export function negotiateBody(fields: NegotiateFields): Buffer {
  const contexts = fields.dialect === 0x0311 ? (fields.contexts ?? usualContexts(fields.cipher)) : [];
  const gap = (8 - (fields.token.length % 8)) % 8;
  const head = Buffer.alloc(64);
  head.writeUInt16LE(65, 0);
  head.writeUInt16LE(fields.securityMode, 2);
  head.writeUInt16LE(fields.dialect, 4);
  head.writeUInt16LE(contexts.length, 6);
  fields.guid.copy(head, 8);
  head.writeUInt32LE(fields.capabilities, 24);
  head.writeUInt32LE(fields.maxTransact, 28);
  head.writeUInt32LE(fields.maxRead, 32);
  head.writeUInt32LE(0x100000, 36);
  head.writeUInt16LE(HEADER_LENGTH + 64, 56);
  head.writeUInt16LE(fields.token.length, 58);
  head.writeUInt32LE(HEADER_LENGTH + 64 + fields.token.length + gap, 60);
  const padded = contexts.flatMap((each, index) => [
    each,
    Buffer.alloc(index < contexts.length - 1 ? (8 - (each.length % 8)) % 8 : 0),
  ]);
  return Buffer.concat([head, fields.token, Buffer.alloc(gap), ...padded]);
}

export function context(type: number, data: Buffer): Buffer {
  return Buffer.concat([u16le(type), u16le(data.length), u32le(0), data]);
}

function usualContexts(cipher: number): readonly Buffer[] {
  const preauth = Buffer.concat([u16le(1), u16le(32), u16le(1), NODE_CRYPTO.random(32)]);
  return [context(1, preauth), ...(cipher === 0 ? [] : [context(2, Buffer.concat([u16le(1), u16le(cipher)]))])];
}

function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const negTokenResp = (...fields: Buffer[]): Buffer => der(0xa1, der(0x30, ...fields));
const state = (value: number): Buffer => der(0xa0, der(0x0a, Buffer.from([value])));

/** One logon. */
export class Logon {
  readonly #account: { readonly user: string; readonly password: string };
  readonly #challenge = NODE_CRYPTO.random(8);
  #key: Buffer | undefined;

  constructor(account: { readonly user: string; readonly password: string }) {
    this.#account = account;
  }

  /** 16 bytes, once `answer` took the proof. */
  get sessionKey(): Buffer {
    if (!this.#key) throw new Error('nobody has logged on yet');
    return this.#key;
  }

  challengeToken(): Buffer {
    const name = utf16(LIAR_NAME);
    const time = Buffer.alloc(8);
    time.writeBigUInt64LE(133_000_000_000_000_000n);
    const info = writeAvPairs(
      new Map([
        [AV.COMPUTER, name],
        [AV.DOMAIN, name],
        [AV.TIME, time],
      ]),
    );
    const at = 56;
    const message = Buffer.concat([
      Buffer.from('NTLMSSP\0', 'latin1'),
      u32le(2),
      ...[u16le(name.length), u16le(name.length), u32le(at)],
      u32le(FLAGS),
      this.#challenge,
      Buffer.alloc(8),
      ...[u16le(info.length), u16le(info.length), u32le(at + name.length)],
      VERSION,
      name,
      info,
    ]);
    return negTokenResp(state(1), der(0xa1, NTLMSSP), der(0xa2, der(0x04, message)));
  }

  /** Takes the proof of the password; false where it is wrong. */
  accept(token: Buffer): boolean {
    const inner = readNegTokenResp(token).token;
    if (!inner) return false;
    const view = new ByteView(inner, 'the AUTHENTICATE message');
    const field = (at: number) => view.slice(view.u32(at + 4), view.u16(at));
    const [response, domain, user, encrypted] = [field(20), field(28), field(36), field(52)];
    const account = { ...this.#account, user: user.toString('utf16le'), domain: domain.toString('utf16le') };
    const key = ntowfV2(NODE_CRYPTO, account);
    const proof = NODE_CRYPTO.hmac('md5', key, this.#challenge, response.subarray(16));
    if (!proof.equals(response.subarray(0, 16))) return false;
    this.#key = rc4(NODE_CRYPTO.hmac('md5', key, proof))(encrypted);
    return true;
  }

  /** The token that ends the logon: SPNEGO's list, protected by the session's key. */
  completeToken(): Buffer {
    const mic = messageSigner(NODE_CRYPTO, this.sessionKey, 'server')(mechanismList(NTLMSSP));
    return negTokenResp(state(0), der(0xa3, der(0x04, mic)));
  }
}

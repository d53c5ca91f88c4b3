/** NTLM's three messages (MS-NLMP 2.2.1). */
import { ByteView, u16le, u32le, utf16 } from '../bytes.ts';
import { malformed, protocolError } from '../failure.ts';
import { readAvPairs, type AvPairs } from './target-info.ts';

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');

const FLAG = {
  UNICODE: 0x1,
  REQUEST_TARGET: 0x4,
  SIGN: 0x10,
  NTLM: 0x200,
  ALWAYS_SIGN: 0x8000,
  EXTENDED_SESSION_SECURITY: 0x80000,
  TARGET_INFO: 0x800000,
  VERSION: 0x2000000,
  KEY_128: 0x20000000,
  KEY_EXCHANGE: 0x40000000,
} as const;

/** What a target must agree to: without these the session key or its protection would be weaker than NTLMv2's. */
const REQUIRED =
  FLAG.UNICODE | FLAG.SIGN | FLAG.EXTENDED_SESSION_SECURITY | FLAG.TARGET_INFO | FLAG.KEY_128 | FLAG.KEY_EXCHANGE;
const OFFERED = REQUIRED | FLAG.REQUEST_TARGET | FLAG.NTLM | FLAG.ALWAYS_SIGN | FLAG.VERSION;

/** 10.0, NTLM revision 15 (2.2.2.10). */
const VERSION = Buffer.from([10, 0, 0, 0, 0, 0, 0, 15]);

export function negotiateMessage(): Buffer {
  return Buffer.concat([SIGNATURE, u32le(1), u32le(OFFERED), Buffer.alloc(16), VERSION]);
}

export interface Challenge {
  readonly targetName: string;
  readonly serverChallenge: Buffer;
  readonly targetInfo: AvPairs;
}

export function readChallenge(bytes: Buffer): Challenge {
  const view = new ByteView(bytes, "the target's NTLM challenge");
  if (!view.slice(0, 8).equals(SIGNATURE) || view.u32(8) !== 2) throw malformed('the logon token is no NTLM challenge');
  if ((view.u32(20) & REQUIRED) >>> 0 !== REQUIRED >>> 0) {
    throw protocolError('NTLM_TOO_WEAK', 'the target does not agree to NTLMv2 with 128-bit keys and message integrity');
  }
  const field = (at: number) => view.slice(view.u32(at + 4), view.u16(at));
  return {
    targetName: field(12).toString('utf16le'),
    serverChallenge: view.slice(24, 8),
    targetInfo: readAvPairs(field(40)),
  };
}

export interface AuthenticateInput {
  readonly ntResponse: Buffer;
  readonly domain: string;
  readonly user: string;
  readonly encryptedKey: Buffer;
}

export const MIC_OFFSET = 72;

/** The AUTHENTICATE message with its MIC still zero (2.2.1.3). NTLMv2 with a MIC sends 24 zero bytes as LM response. */
export function authenticateMessage(input: AuthenticateInput): Buffer {
  const parts = [
    Buffer.alloc(24),
    input.ntResponse,
    utf16(input.domain),
    utf16(input.user),
    Buffer.alloc(0),
    input.encryptedKey,
  ];
  let offset = MIC_OFFSET + 16;
  const fields = parts.map((part) => {
    const field = Buffer.concat([u16le(part.length), u16le(part.length), u32le(offset)]);
    offset += part.length;
    return field;
  });
  return Buffer.concat([SIGNATURE, u32le(3), ...fields, u32le(OFFERED), VERSION, Buffer.alloc(16), ...parts]);
}

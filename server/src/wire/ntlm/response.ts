/** NTLMv2's computations (MS-NLMP 3.3.2, 3.4): pure functions of keys and challenges. */
import { u32le, utf16 } from '../bytes.ts';
import { md4 } from '../crypto/md4.ts';
import { rc4 } from '../crypto/rc4.ts';
import type { CryptoSuite } from '../crypto/suite.ts';

export interface Account {
  readonly user: string;
  readonly password: string;
  /** A domain's or machine's name; empty for "whatever the target takes". */
  readonly domain: string;
}

/** NTOWFv2: the key that stands for the password. */
export function ntowfV2(suite: CryptoSuite, account: Account): Buffer {
  return suite.hmac('md5', md4(utf16(account.password)), utf16(upperCase(account.user) + account.domain));
}

export interface NtlmV2Input {
  readonly key: Uint8Array;
  readonly serverChallenge: Uint8Array;
  readonly clientChallenge: Uint8Array;
  /** FILETIME, 8 bytes. */
  readonly time: Uint8Array;
  readonly targetInfo: Uint8Array;
}

/** The NtChallengeResponse and the session base key (3.3.2). */
export function ntlmV2Response(suite: CryptoSuite, input: NtlmV2Input): { response: Buffer; sessionBaseKey: Buffer } {
  const blob = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    input.time,
    input.clientChallenge,
    Buffer.alloc(4),
    input.targetInfo,
    Buffer.alloc(4),
  ]);
  const proof = suite.hmac('md5', input.key, input.serverChallenge, blob);
  return { response: Buffer.concat([proof, blob]), sessionBaseKey: suite.hmac('md5', input.key, proof) };
}

/** Signs and seals one direction of a session: the message checksums that protect SPNEGO's list (3.4.4.2). */
export function messageSigner(
  suite: CryptoSuite,
  sessionKey: Buffer,
  direction: 'client' | 'server',
): (data: Buffer) => Buffer {
  const [from, to] = direction === 'client' ? ['client', 'server'] : ['server', 'client'];
  const magic = (purpose: string) =>
    Buffer.from(`session key to ${from}-to-${to} ${purpose} key magic constant\0`, 'latin1');
  const signingKey = suite.hash('md5', sessionKey, magic('signing'));
  const seal = rc4(suite.hash('md5', sessionKey, magic('sealing')));
  let sequence = 0;
  return (data) => {
    const number = u32le(sequence++);
    const checksum = seal(suite.hmac('md5', signingKey, number, data).subarray(0, 8));
    return Buffer.concat([u32le(1), checksum, number]);
  };
}

/** Simple upper case, one character to one, as Windows has it: not `ß` to `SS`. */
function upperCase(text: string): string {
  return [...text].map((c) => (c.toUpperCase().length === c.length ? c.toUpperCase() : c)).join('');
}

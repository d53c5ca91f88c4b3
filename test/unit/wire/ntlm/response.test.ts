import { describe, expect, it } from 'vitest';
import { u32le, utf16 } from '../../../../server/src/wire/bytes.ts';
import { rc4 } from '../../../../server/src/wire/crypto/rc4.ts';
import { NODE_CRYPTO } from '../../../../server/src/wire/crypto/suite.ts';
import { messageSigner, ntlmV2Response, ntowfV2 } from '../../../../server/src/wire/ntlm/response.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
/** The values of MS-NLMP 4.2.1. */
const ACCOUNT = { user: 'User', domain: 'Domain', password: 'Password' };
const TARGET_INFO = hex('02000c0044006f006d00610069006e0001000c00530065007200760065007200' + '00000000');
const RANDOM_KEY = Buffer.alloc(16, 0x55);

describe('NTLMv2, by the examples of MS-NLMP 4.2.4', () => {
  const key = ntowfV2(NODE_CRYPTO, ACCOUNT);
  const { response, sessionBaseKey } = ntlmV2Response(NODE_CRYPTO, {
    key,
    serverChallenge: hex('0123456789abcdef'),
    clientChallenge: Buffer.alloc(8, 0xaa),
    time: Buffer.alloc(8),
    targetInfo: TARGET_INFO,
  });

  it('stands NTOWFv2 for the password', () => {
    expect(key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f');
  });

  it('proves it with NTProofStr', () => {
    expect(response.toString('hex', 0, 16)).toBe('68cd0ab851e51c96aabc927bebef6a1c');
  });

  it('agrees on the session base key', () => {
    expect(sessionBaseKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3');
  });

  it('sends the random session key encrypted', () => {
    expect(rc4(sessionBaseKey)(RANDOM_KEY).toString('hex')).toBe('c5dad2544fc9799094ce1ce90bc9d03e');
  });

  it('signs with the keys that follow from the session key', () => {
    const signingKey = hex('4788dc861b4782f35d43fd98fe1a2d39');
    const sealingKey = hex('59f600973cc4960a25480a7c196e4c58');
    const data = utf16('Plaintext');
    const mac = NODE_CRYPTO.hmac('md5', signingKey, u32le(0), data).subarray(0, 8);
    const expected = Buffer.concat([u32le(1), rc4(sealingKey)(mac), u32le(0)]);
    expect(messageSigner(NODE_CRYPTO, RANDOM_KEY, 'client')(data)).toEqual(expected);
  });

  it('upper-cases the user letter by letter, as Windows does', () => {
    const straight = ntowfV2(NODE_CRYPTO, { ...ACCOUNT, user: 'große' });
    expect(straight).toEqual(ntowfV2(NODE_CRYPTO, { ...ACCOUNT, user: 'GROßE' }));
    expect(straight).not.toEqual(ntowfV2(NODE_CRYPTO, { ...ACCOUNT, user: 'GROSSE' }));
  });
});

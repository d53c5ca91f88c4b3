import { describe, expect, it } from 'vitest';
import { u16le, u32le, utf16 } from '../../../../server/src/wire/bytes.ts';
import { NODE_CRYPTO } from '../../../../server/src/wire/crypto/suite.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';
import { ntlmAuthenticator } from '../../../../server/src/wire/ntlm/authenticator.ts';
import { messageSigner } from '../../../../server/src/wire/ntlm/response.ts';
import { AV, writeAvPairs } from '../../../../server/src/wire/ntlm/target-info.ts';

const FLAGS = 0xe2898215;
const ACCOUNT = { user: 'Administrator', domain: '', password: 'fake-Passw0rd!' };

function challenge(flags = FLAGS): Buffer {
  const name = utf16('WS01');
  const info = writeAvPairs(
    new Map([
      [AV.DOMAIN, utf16('LAB')],
      [AV.COMPUTER, utf16('WS01')],
      [AV.DNS_COMPUTER, utf16('ws01.lab.example')],
      [AV.TIME, Buffer.alloc(8, 9)],
    ]),
  );
  const field = (data: Buffer, at: number) => Buffer.concat([u16le(data.length), u16le(data.length), u32le(at)]);
  const fixed = [
    Buffer.from('NTLMSSP\0'),
    u32le(2),
    field(name, 56),
    u32le(flags),
    Buffer.alloc(8, 7),
    Buffer.alloc(8),
  ];
  return Buffer.concat([...fixed, field(info, 56 + name.length), Buffer.alloc(8), name, info]);
}

function logOn(token: Buffer) {
  const authenticator = ntlmAuthenticator({ suite: NODE_CRYPTO, account: ACCOUNT, host: '127.0.0.9' });
  authenticator.start();
  return { authenticator, message: authenticator.answer(token) };
}

describe('a logon with NTLM', () => {
  it('gives the names that the target gave in its challenge', () => {
    expect(logOn(challenge()).authenticator.names()).toEqual({
      target: 'WS01',
      computer: 'WS01',
      domain: 'LAB',
      dnsComputer: 'ws01.lab.example',
      dnsDomain: null,
    });
  });

  it('protects all its messages with a MIC', () => {
    const { authenticator, message } = logOn(challenge());
    const mic = Buffer.from(message.subarray(72, 88));
    message.fill(0, 72, 88);
    const expected = NODE_CRYPTO.hmac('md5', authenticator.sessionKey(), authenticator.start(), challenge(), message);
    expect(mic).toEqual(expected);
  });

  it('sends neither the password nor an LM response', () => {
    const { message } = logOn(challenge());
    expect(message.includes(utf16(ACCOUNT.password))).toBe(false);
    expect(message.subarray(88, 112)).toEqual(Buffer.alloc(24));
  });

  it("takes the server's protection of the list, and no other's", () => {
    const list = Buffer.from('the list');
    const { authenticator } = logOn(challenge());
    const server = messageSigner(NODE_CRYPTO, authenticator.sessionKey(), 'server')(list);
    expect(authenticator.verify(list, server)).toBe(true);
    const other = logOn(challenge()).authenticator;
    expect(other.verify(list, messageSigner(NODE_CRYPTO, authenticator.sessionKey(), 'server')(list))).toBe(false);
  });

  it.each([
    ['128-bit keys', 0x20000000],
    ['extended session security', 0x80000],
    ['key exchange', 0x40000000],
    ['signatures', 0x10],
    ['target information', 0x800000],
  ])('is refused where the target wants none of %s', (_what, flag) => {
    expect(() => logOn(challenge((FLAGS & ~flag) >>> 0))).toThrow(WireError);
  });

  it('fails as a malformed reply where the challenge is cut anywhere', () => {
    const whole = challenge();
    for (let length = 0; length < whole.length; length++) {
      expect(() => logOn(whole.subarray(0, length))).toThrow(WireError);
    }
  });

  it.each([
    ['no user', { ...ACCOUNT, user: '' }],
    ['no password', { ...ACCOUNT, password: '' }],
  ])('is not begun with %s: that would be anonymous', (_what, account) => {
    expect(() => ntlmAuthenticator({ suite: NODE_CRYPTO, account, host: 'h' })).toThrow(WireError);
  });
});

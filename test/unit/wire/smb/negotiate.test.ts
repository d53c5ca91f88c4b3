import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { u16le, u32le } from '../../../../server/src/wire/bytes.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';
import { ALL_CIPHERS, ALL_SIGNING, DIALECTS } from '../../../../server/src/wire/smb/dialect.ts';
import { negotiateRequest, readNegotiateReply, type Offer } from '../../../../server/src/wire/smb/negotiate.ts';
import { fakeReply } from './fake-channel.ts';

const OFFER: Offer = {
  dialects: DIALECTS,
  ciphers: ALL_CIPHERS,
  signing: ALL_SIGNING,
  requireSigning: true,
  clientGuid: Buffer.alloc(16, 1),
  salt: Buffer.alloc(32, 2),
};
const PREAUTH = [1, Buffer.concat([u16le(1), u16le(0), u16le(1)])] as const;
const GCM = [2, Buffer.concat([u16le(1), u16le(2)])] as const;
const GMAC = [8, Buffer.concat([u16le(1), u16le(2)])] as const;

type Context = readonly [number, Buffer];

function reply(dialect: number, contexts: readonly Context[] = [], capabilities = 0x44): Buffer {
  const body = Buffer.alloc(64);
  body.writeUInt16LE(65, 0);
  body.writeUInt16LE(3, 2);
  body.writeUInt16LE(dialect, 4);
  body.writeUInt16LE(contexts.length, 6);
  body.writeUInt32LE(capabilities, 24);
  body.writeUInt32LE(1 << 20, 32);
  body.writeUInt16LE(128, 56);
  body.writeUInt32LE(128, 60);
  const list = contexts.map(([type, data]) =>
    Buffer.concat([u16le(type), u16le(data.length), u32le(0), data, Buffer.alloc((8 - (data.length % 8)) % 8)]),
  );
  return fakeReply({ messageId: 0, command: 0, body: Buffer.concat([body, ...list]) });
}

function codeOf(message: Buffer, offer = OFFER): string {
  try {
    readNegotiateReply(message, offer);
    return 'none';
  } catch (error) {
    return error instanceof WireError ? error.failure.code : String(error);
  }
}

describe('the negotiation', () => {
  it('offers every dialect, cipher and way to sign', () => {
    const body = negotiateRequest(OFFER);
    expect([body.readUInt16LE(2), body.readUInt16LE(4), body.readUInt16LE(32)]).toEqual([5, 3, 3]);
    expect(body.subarray(36, 46).toString('hex')).toBe('02021002000302031103');
  });

  it('offers no contexts where 3.1.1 is not among the dialects', () => {
    expect(negotiateRequest({ ...OFFER, dialects: ['2.1', '3.0'] })).toHaveLength(40);
  });

  it('ends in what the server chose', () => {
    expect(readNegotiateReply(reply(0x311, [PREAUTH, GCM, GMAC]), OFFER)).toMatchObject({
      dialect: '3.1.1',
      cipher: 'AES-128-GCM',
      signing: 'AES-GMAC',
    });
  });

  it.each([
    [0x202, '2.0.2', undefined, 'HMAC-SHA256'],
    [0x210, '2.1', undefined, 'HMAC-SHA256'],
    [0x300, '3.0', 'AES-128-CCM', 'AES-CMAC'],
    [0x302, '3.0.2', 'AES-128-CCM', 'AES-CMAC'],
  ])('of dialect 0x%s has the algorithms of its time', (number, dialect, cipher, signing) => {
    expect(readNegotiateReply(reply(number), OFFER)).toMatchObject({ dialect, cipher, signing });
  });

  it.each([
    ['a dialect that was not offered', reply(0x311), { ...OFFER, dialects: ['2.1'] as const }, 'DIALECT_NOT_OFFERED'],
    ['SMB 1 or the wildcard', reply(0x2ff), OFFER, 'DIALECT_NOT_OFFERED'],
    ['3.1.1 without pre-authentication integrity', reply(0x311, [GCM]), OFFER, 'NO_PREAUTH_INTEGRITY'],
    [
      'a cipher that was not offered',
      reply(0x311, [PREAUTH, GCM]),
      { ...OFFER, ciphers: ['AES-256-GCM'] as const },
      'CIPHER_NOT_OFFERED',
    ],
    [
      'a signature that was not offered',
      reply(0x311, [PREAUTH, GMAC]),
      { ...OFFER, signing: ['AES-CMAC'] as const },
      'SIGNING_NOT_OFFERED',
    ],
    ['the same context twice', reply(0x311, [PREAUTH, PREAUTH]), OFFER, 'MALFORMED_REPLY'],
  ])('refuses %s', (_what, message, offer, code) => {
    expect(codeOf(message, offer)).toBe(code);
  });

  it('fails as a refusal, and in no other way, on any bytes', () => {
    const good = reply(0x311, [PREAUTH, GCM, GMAC]);
    fc.assert(
      fc.property(
        fc.integer({ min: 64, max: good.length - 2 }),
        fc.nat(0xffff),
        fc.nat(good.length),
        (at, value, length) => {
          const bytes = Buffer.from(good);
          bytes.writeUInt16LE(value, at);
          expect(codeOf(bytes.subarray(0, Math.max(64, length)))).toMatch(/^[A-Zn][A-Za-z0-9_]*$/);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ccmOpen, ccmSeal } from '../../../../server/src/wire/crypto/aes-ccm.ts';
import { NODE_CRYPTO } from '../../../../server/src/wire/crypto/suite.ts';

const range = (from: number, to: number) => Buffer.from(Array.from({ length: to - from + 1 }, (_, i) => from + i));

describe('AES-CCM', () => {
  it.each([
    ['00000003020100a0a1a2a3a4a5', 0x1e, '588c979a61c663d2f066d0c2c0f989806d5f6b61dac384', '17e8d12cfdf926e0'],
    ['00000004030201a0a1a2a3a4a5', 0x1f, '72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3b', 'a091d56e10400916'],
  ])('gives the packet of RFC 3610 for nonce %s', (nonce, last, text, tag) => {
    const input = { key: range(0xc0, 0xcf), nonce: Buffer.from(nonce, 'hex'), aad: range(0, 7), tagLength: 8 };
    const sealed = ccmSeal(NODE_CRYPTO, input, range(8, last));
    expect([sealed.text.toString('hex'), sealed.tag.toString('hex')]).toEqual([text, tag]);
    expect(ccmOpen(NODE_CRYPTO, input, sealed)).toEqual(range(8, last));
  });

  it("agrees with OpenSSL's CCM for every key, nonce, header and text that SMB may have", () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    fc.assert(
      fc.property(
        fc.oneof(bytes(16), bytes(32)),
        bytes(11),
        bytes(32),
        fc.uint8Array({ minLength: 1, maxLength: 600 }),
        (...[key, nonce, aad, plain]) => {
          const name = key.length === 32 ? 'aes-256-ccm' : 'aes-128-ccm';
          const cipher = createCipheriv(name, key, nonce, { authTagLength: 16 });
          cipher.setAAD(aad, { plaintextLength: plain.length });
          const text = cipher.update(plain);
          cipher.final();
          const sealed = ccmSeal(NODE_CRYPTO, { key, nonce, aad }, Buffer.from(plain));
          expect(sealed).toEqual({ text, tag: cipher.getAuthTag() });
          expect(ccmOpen(NODE_CRYPTO, { key, nonce, aad }, sealed)).toEqual(Buffer.from(plain));
        },
      ),
    );
  });

  it('opens nothing of which one bit was changed', () => {
    const input = { key: range(0, 15), nonce: range(0, 10), aad: range(0, 31) };
    const sealed = ccmSeal(NODE_CRYPTO, input, range(0, 99));
    for (let bit = 0; bit < 116 * 8; bit++) {
      const changed = Buffer.concat([sealed.text, sealed.tag]);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(
        ccmOpen(NODE_CRYPTO, input, { text: changed.subarray(0, 100), tag: changed.subarray(100) }),
      ).toBeUndefined();
    }
  });
});

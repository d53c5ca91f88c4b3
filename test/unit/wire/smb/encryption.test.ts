import { describe, expect, it } from 'vitest';
import { NODE_CRYPTO } from '../../../../server/src/wire/crypto/suite.ts';
import { WireError } from '../../../../server/src/wire/failure.ts';
import { ALL_CIPHERS } from '../../../../server/src/wire/smb/dialect.ts';
import { openMessage, sealMessage, type Seal } from '../../../../server/src/wire/smb/encryption.ts';

const PLAIN = Buffer.from('a message that is no multiple of sixteen bytes');

function sealOf(cipher: Seal['cipher']): Seal {
  return {
    suite: NODE_CRYPTO,
    cipher,
    key: Buffer.alloc(cipher.startsWith('AES-256') ? 32 : 16, 3),
    sessionId: 0x1122334455667788n,
  };
}

function failureOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return error instanceof WireError ? error.failure.code : String(error);
  }
}

describe.each(ALL_CIPHERS)('a message encrypted with %s', (cipher) => {
  const seal = sealOf(cipher);

  it('is what it was once opened', () => {
    expect(openMessage(seal, sealMessage(seal, 9n, PLAIN))).toEqual(PLAIN);
  });

  it('is another each time, for its nonce is', () => {
    expect(sealMessage(seal, 1n, PLAIN)).not.toEqual(sealMessage(seal, 2n, PLAIN));
  });

  it('is refused with any one byte changed', () => {
    const sealed = sealMessage(seal, 9n, PLAIN);
    for (let at = 4; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      // The nonce's field is longer than a nonce; its rest is protected as well.
      expect(failureOf(() => openMessage(seal, changed))).toMatch(/^(BAD_SIGNATURE|MALFORMED_REPLY)$/);
    }
  });

  it('is refused when it is cut', () => {
    const sealed = sealMessage(seal, 9n, PLAIN);
    for (let length = 0; length < sealed.length; length++) {
      expect(failureOf(() => openMessage(seal, sealed.subarray(0, length)))).not.toBe('none');
    }
  });
});

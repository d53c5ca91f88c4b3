import { describe, expect, it } from 'vitest';
import { aesCmac } from '../../../../server/src/wire/crypto/aes-cmac.ts';
import { ccmOpen, ccmSeal } from '../../../../server/src/wire/crypto/aes-ccm.ts';
import {
  ELECTRON_CIPHERS,
  ELECTRON_HASHES,
  limitedCrypto,
  NODE_CRYPTO,
} from '../../../../server/src/wire/crypto/suite.ts';
import { messageSigner, ntlmV2Response, ntowfV2 } from '../../../../server/src/wire/ntlm/response.ts';
import { ALL_CIPHERS, ALL_SIGNING, DIALECTS } from '../../../../server/src/wire/smb/dialect.ts';
import { openMessage, sealMessage } from '../../../../server/src/wire/smb/encryption.ts';
import { sessionKeys } from '../../../../server/src/wire/smb/keys.ts';
import { signMessage } from '../../../../server/src/wire/smb/signing.ts';

/** All that the editor's runtime has, and nothing that Node has beyond it. */
const suite = limitedCrypto(ELECTRON_CIPHERS, ELECTRON_HASHES);

describe("with only the ciphers of the editor's runtime", () => {
  it('there is no CCM, so the limit is one', () => {
    expect([...ELECTRON_CIPHERS].filter((name) => name.includes('ccm'))).toEqual([]);
    expect(() =>
      limitedCrypto(new Set(), new Set()).cipher('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)),
    ).toThrow();
  });

  it.each(ALL_CIPHERS)('a message is encrypted with %s as with all of Node', (cipher) => {
    const key = Buffer.alloc(cipher.startsWith('AES-256') ? 32 : 16, 4);
    const plain = Buffer.alloc(1000, 5);
    const sealed = sealMessage({ suite, cipher, key, sessionId: 1n }, 1n, plain);
    expect(sealed).toEqual(sealMessage({ suite: NODE_CRYPTO, cipher, key, sessionId: 1n }, 1n, plain));
    expect(openMessage({ suite, cipher, key, sessionId: 1n }, sealed)).toEqual(plain);
  });

  it.each(ALL_SIGNING)('a message is signed with %s', (algorithm) => {
    const messages = [suite, NODE_CRYPTO].map((each) => {
      const message = Buffer.alloc(128, 6);
      signMessage({ suite: each, algorithm, key: Buffer.alloc(16, 7) }, message);
      return message;
    });
    expect(messages[0]).toEqual(messages[1]);
  });

  it.each(DIALECTS)('the keys of dialect %s are derived', (dialect) => {
    const input = { dialect, cipher: undefined, sessionKey: Buffer.alloc(16, 8), preauthHash: Buffer.alloc(64) };
    expect(sessionKeys(suite, input)).toEqual(sessionKeys(NODE_CRYPTO, input));
  });

  it('NTLM logs on, CCM and CMAC are composed', () => {
    const key = ntowfV2(suite, { user: 'u', domain: 'd', password: 'fake-Passw0rd!' });
    const eight = Buffer.alloc(8, 1);
    const { response } = ntlmV2Response(suite, {
      key,
      serverChallenge: eight,
      clientChallenge: eight,
      time: eight,
      targetInfo: eight,
    });
    expect(response).toHaveLength(16 + 28 + 8 + 4);
    expect(messageSigner(suite, key, 'client')(eight)).toHaveLength(16);
    const input = { key, nonce: Buffer.alloc(11), aad: eight };
    expect(ccmOpen(suite, input, ccmSeal(suite, input, eight))).toEqual(eight);
    expect(aesCmac(suite, key, eight)).toHaveLength(16);
  });
});

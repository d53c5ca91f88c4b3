/**
 * The one place that the wire takes primitives from. A suite can be limited to the ciphers of another runtime, so that a
 * test proves that nothing more is needed: the editor runs on Electron, whose crypto is BoringSSL.
 */
import * as crypto from 'node:crypto';

/** The block modes that other things are composed of. */
export type CipherName = 'aes-128-cbc' | 'aes-128-ctr' | 'aes-256-cbc' | 'aes-256-ctr';

/** The key's length chooses AES-128 or AES-256. */
export interface AeadInput {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  /** Protected, not encrypted. */
  readonly aad: Uint8Array;
}

export interface Sealed {
  readonly text: Buffer;
  /** 16 bytes. */
  readonly tag: Buffer;
}

/** The primitives that the wire asks for. */
export interface CryptoSuite {
  hash(algorithm: 'md5' | 'sha256' | 'sha512', ...data: Uint8Array[]): Buffer;
  hmac(algorithm: 'md5' | 'sha256', key: Uint8Array, ...data: Uint8Array[]): Buffer;
  cipher(name: CipherName, key: Uint8Array, iv: Uint8Array): crypto.Cipheriv;
  gcmSeal(input: AeadInput, plain: Uint8Array): Sealed;
  /** The plain text, or undefined where the tag does not fit. */
  gcmOpen(input: AeadInput, sealed: Sealed): Buffer | undefined;
  random(length: number): Buffer;
}

/** What `crypto.getCiphers()` lists in Electron (BoringSSL): no CCM. */
export const ELECTRON_CIPHERS: ReadonlySet<string> = new Set([
  ...['aes-128', 'aes-192', 'aes-256'].flatMap((aes) => ['cbc', 'ctr', 'ecb', 'gcm', 'ofb'].map((m) => `${aes}-${m}`)),
  ...['des-cbc', 'des-ecb', 'des-ede', 'des-ede-cbc', 'des-ede3', 'des-ede3-cbc', 'rc2-cbc'],
]);

/** What BoringSSL and OpenSSL 3 both hash with, without a legacy provider. */
export const ELECTRON_HASHES: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']);

/** A session uses its keys for every message: wrapping the bytes anew each time would cost more than the cipher itself. */
const wrapped = new WeakMap<Uint8Array, crypto.KeyObject>();

function wrap(key: Uint8Array): crypto.KeyObject {
  let made = wrapped.get(key);
  if (!made) wrapped.set(key, (made = crypto.createSecretKey(key)));
  return made;
}

/** node:crypto as it is. The bytes of a key must not be changed while it is used. */
export const NODE_CRYPTO: CryptoSuite = {
  hash(algorithm, ...data) {
    const hash = crypto.createHash(algorithm);
    for (const part of data) hash.update(part);
    return hash.digest();
  },
  hmac(algorithm, key, ...data) {
    const hmac = crypto.createHmac(algorithm, key);
    for (const part of data) hmac.update(part);
    return hmac.digest();
  },
  cipher: (name, key, iv) => crypto.createCipheriv(name, key, iv),
  gcmSeal(input, plain) {
    const cipher = crypto.createCipheriv(gcmName(input.key), wrap(input.key), input.nonce);
    cipher.setAAD(input.aad);
    const text = cipher.update(plain);
    cipher.final();
    return { text, tag: cipher.getAuthTag() };
  },
  gcmOpen(input, sealed) {
    const decipher = crypto.createDecipheriv(gcmName(input.key), wrap(input.key), input.nonce, { authTagLength: 16 });
    decipher.setAAD(input.aad);
    decipher.setAuthTag(sealed.tag);
    const plain = decipher.update(sealed.text);
    try {
      decipher.final();
      return plain;
    } catch {
      return undefined;
    }
  },
  random: (length) => crypto.randomBytes(length),
};

/** A suite that refuses, with an exception, everything that is not listed. */
export function limitedCrypto(ciphers: ReadonlySet<string>, hashes: ReadonlySet<string>): CryptoSuite {
  const allow = (name: string, list: ReadonlySet<string>) => {
    if (!list.has(name)) throw new Error(`${name} is not available here`);
  };
  return {
    hash(algorithm, ...data) {
      allow(algorithm, hashes);
      return NODE_CRYPTO.hash(algorithm, ...data);
    },
    hmac(algorithm, key, ...data) {
      allow(algorithm, hashes);
      return NODE_CRYPTO.hmac(algorithm, key, ...data);
    },
    cipher(name, key, iv) {
      allow(name, ciphers);
      return NODE_CRYPTO.cipher(name, key, iv);
    },
    gcmSeal(input, plain) {
      allow(gcmName(input.key), ciphers);
      return NODE_CRYPTO.gcmSeal(input, plain);
    },
    gcmOpen(input, sealed) {
      allow(gcmName(input.key), ciphers);
      return NODE_CRYPTO.gcmOpen(input, sealed);
    },
    random: (length) => NODE_CRYPTO.random(length),
  };
}

function gcmName(key: Uint8Array): 'aes-128-gcm' | 'aes-256-gcm' {
  return key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
}

/** Compares secrets without telling, by time, where they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && crypto.timingSafeEqual(a, b);
}

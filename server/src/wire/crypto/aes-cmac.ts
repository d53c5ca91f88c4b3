/** AES-128-CMAC (RFC 4493) through one aes-128-cbc call: the last block of CBC over the message is the tag. */
import type { CryptoSuite } from './suite.ts';

const ZERO = Buffer.alloc(16);

export function aesCmac(suite: CryptoSuite, key: Uint8Array, ...parts: Uint8Array[]): Buffer {
  const message = Buffer.concat(parts);
  const first = double(cbc(suite, key, ZERO));
  const blocks = Math.max(1, Math.ceil(message.length / 16));
  const padded = Buffer.alloc(blocks * 16);
  message.copy(padded);
  const whole = message.length === padded.length;
  if (!whole) padded[message.length] = 0x80;
  const subkey = whole ? first : double(first);
  const last = padded.length - 16;
  for (let i = 0; i < 16; i++) padded[last + i] = (padded[last + i] ?? 0) ^ (subkey[i] ?? 0);
  return cbc(suite, key, padded).subarray(last);
}

function cbc(suite: CryptoSuite, key: Uint8Array, data: Uint8Array): Buffer {
  const cipher = suite.cipher('aes-128-cbc', key, ZERO);
  cipher.setAutoPadding(false);
  return cipher.update(data);
}

/** Doubling in GF(2^128): one bit left, and 0x87 where a bit fell out. */
function double(block: Buffer): Buffer {
  const out = Buffer.alloc(16);
  for (let i = 0; i < 16; i++) out[i] = (((block[i] ?? 0) << 1) | ((block[i + 1] ?? 0) >> 7)) & 255;
  if ((block[0] ?? 0) & 0x80) out[15] = (out[15] ?? 0) ^ 0x87;
  return out;
}

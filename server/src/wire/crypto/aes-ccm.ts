/**
 * AES-CCM (RFC 3610), composed of CBC for the tag and CTR for the text, because BoringSSL, and so Electron, has no CCM.
 * The key's length chooses AES-128 or AES-256.
 */
import { equalBytes, type AeadInput, type CryptoSuite, type Sealed } from './suite.ts';

export interface CcmInput extends AeadInput {
  /** Bytes of the tag: 16 where it is not said. */
  readonly tagLength?: number;
}

export function ccmSeal(suite: CryptoSuite, input: CcmInput, plain: Buffer): Sealed {
  const tag = cbcMac(suite, input, plain);
  const stream = counter(suite, input);
  const maskedTag = stream(tag).subarray(0, input.tagLength ?? 16);
  return { tag: maskedTag, text: stream(plain) };
}

/** The plain text, or undefined where the tag does not fit. */
export function ccmOpen(suite: CryptoSuite, input: CcmInput, sealed: Sealed): Buffer | undefined {
  const stream = counter(suite, input);
  const mask = stream(Buffer.alloc(16));
  const plain = stream(sealed.text);
  const expected = cbcMac(suite, input, plain).map((byte, index) => byte ^ (mask[index] ?? 0));
  return equalBytes(expected.subarray(0, input.tagLength ?? 16), sealed.tag) ? plain : undefined;
}

/** CTR from block A0 on: the first 16 bytes mask the tag, what follows the text. */
function counter(suite: CryptoSuite, input: CcmInput): (data: Buffer) => Buffer {
  const start = Buffer.alloc(16);
  start[0] = 14 - input.nonce.length;
  start.set(input.nonce, 1);
  const cipher = suite.cipher(input.key.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', input.key, start);
  return (data) => cipher.update(data);
}

function cbcMac(suite: CryptoSuite, input: CcmInput, plain: Buffer): Buffer {
  const lengthBytes = 15 - input.nonce.length;
  const first = Buffer.alloc(16);
  first[0] = (input.aad.length > 0 ? 0x40 : 0) | ((((input.tagLength ?? 16) - 2) / 2) << 3) | (lengthBytes - 1);
  first.set(input.nonce, 1);
  first.writeUIntBE(plain.length, 16 - Math.min(6, lengthBytes), Math.min(6, lengthBytes));
  const aad =
    input.aad.length > 0
      ? Buffer.concat([Buffer.from([input.aad.length >> 8, input.aad.length & 255]), input.aad])
      : first.subarray(0, 0);
  const aadEnd = 16 + Math.ceil(aad.length / 16) * 16;
  const blocks = Buffer.alloc(aadEnd + Math.ceil(plain.length / 16) * 16);
  first.copy(blocks);
  aad.copy(blocks, 16);
  plain.copy(blocks, aadEnd);
  const cipher = suite.cipher(input.key.length === 32 ? 'aes-256-cbc' : 'aes-128-cbc', input.key, Buffer.alloc(16));
  cipher.setAutoPadding(false);
  return cipher.update(blocks).subarray(blocks.length - 16);
}

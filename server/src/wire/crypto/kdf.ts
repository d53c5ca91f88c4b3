/** Key derivation in counter mode with HMAC-SHA256 (SP800-108 5.1), as MS-SMB2 3.1.4.2 uses it: one block is enough. */
import { u32le } from '../bytes.ts';
import type { CryptoSuite } from './suite.ts';

export interface KdfInput {
  readonly key: Uint8Array;
  /** ASCII with its closing zero byte. */
  readonly label: string;
  readonly context: Uint8Array;
  readonly bits: 128 | 256;
}

export function deriveKey(suite: CryptoSuite, input: KdfInput): Buffer {
  const counter = u32le(1).reverse();
  const length = u32le(input.bits).reverse();
  const label = Buffer.from(input.label, 'latin1');
  const block = suite.hmac('sha256', input.key, counter, label, Buffer.from([0]), input.context, length);
  return block.subarray(0, input.bits / 8);
}

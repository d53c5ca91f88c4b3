/** Encrypted messages: SMB2 TRANSFORM_HEADER (MS-SMB2 2.2.41, 3.1.4.3). */
import { ByteView } from '../bytes.ts';
import { ccmOpen, ccmSeal } from '../crypto/aes-ccm.ts';
import type { CryptoSuite, Sealed } from '../crypto/suite.ts';
import { malformed, protocolError } from '../failure.ts';
import type { Cipher } from './dialect.ts';
import { TRANSFORM_ID } from './header.ts';

const TRANSFORM_LENGTH = 52;
const SIGNATURE_AT = 4;
const AAD_AT = 20;

export interface Seal {
  readonly suite: CryptoSuite;
  readonly cipher: Cipher;
  readonly key: Buffer;
  readonly sessionId: bigint;
}

/** `counter` must never repeat under one key: it becomes the nonce. */
export function sealMessage(seal: Seal, counter: bigint, plain: Buffer): Buffer {
  const header = Buffer.alloc(TRANSFORM_LENGTH);
  header.writeUInt32LE(TRANSFORM_ID, 0);
  header.writeBigUInt64LE(counter, AAD_AT);
  header.writeUInt32LE(plain.length, 36);
  header.writeUInt16LE(1, 42);
  header.writeBigUInt64LE(seal.sessionId, 44);
  const { text, tag } = encrypt(seal, header, plain);
  tag.copy(header, SIGNATURE_AT);
  return Buffer.concat([header, text]);
}

/** The message within; anything that does not fit ends the connection. */
export function openMessage(seal: Seal, frame: Buffer): Buffer {
  const view = new ByteView(frame, 'an encrypted message');
  const header = view.slice(0, TRANSFORM_LENGTH);
  const text = view.bytes.subarray(TRANSFORM_LENGTH);
  if (view.u64(44) !== seal.sessionId || view.u16(42) !== 1)
    throw malformed('an encrypted message is not of this session');
  if (view.u32(36) !== text.length) throw malformed('an encrypted message has a wrong length');
  const plain = decrypt(seal, header, text);
  if (!plain) throw protocolError('BAD_SIGNATURE', 'an encrypted message was changed on its way');
  return plain;
}

function encrypt(seal: Seal, header: Buffer, plain: Buffer): Sealed {
  const input = { key: seal.key, nonce: nonceOf(seal, header), aad: header.subarray(AAD_AT) };
  return isCcm(seal) ? ccmSeal(seal.suite, input, plain) : seal.suite.gcmSeal(input, plain);
}

function decrypt(seal: Seal, header: Buffer, text: Buffer): Buffer | undefined {
  const input = { key: seal.key, nonce: nonceOf(seal, header), aad: header.subarray(AAD_AT) };
  const sealed = { text, tag: header.subarray(SIGNATURE_AT, SIGNATURE_AT + 16) };
  return isCcm(seal) ? ccmOpen(seal.suite, input, sealed) : seal.suite.gcmOpen(input, sealed);
}

function isCcm(seal: Seal): boolean {
  return seal.cipher.endsWith('CCM');
}

/** CCM takes 11 bytes, GCM 12. */
function nonceOf(seal: Seal, header: Buffer): Buffer {
  return header.subarray(AAD_AT, AAD_AT + (isCcm(seal) ? 11 : 12));
}

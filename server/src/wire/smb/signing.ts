/** Signatures of messages (MS-SMB2 3.1.4.1). */
import { aesCmac } from '../crypto/aes-cmac.ts';
import { equalBytes, type CryptoSuite } from '../crypto/suite.ts';
import type { SigningAlgorithm } from './dialect.ts';
import { COMMAND } from './header.ts';

const SIGNATURE_AT = 48;
const ZERO = Buffer.alloc(16);

export interface Signer {
  readonly suite: CryptoSuite;
  readonly algorithm: SigningAlgorithm;
  readonly key: Buffer;
}

/** Writes the signature into a message whose SIGNED flag is set. */
export function signMessage(signer: Signer, message: Buffer): void {
  signature(signer, message, 'client').copy(message, SIGNATURE_AT);
}

export function isSignatureRight(signer: Signer, message: Buffer): boolean {
  return equalBytes(signature(signer, message, 'server'), message.subarray(SIGNATURE_AT, SIGNATURE_AT + 16));
}

function signature(signer: Signer, message: Buffer, sender: 'client' | 'server'): Buffer {
  const { suite, key } = signer;
  const parts = [message.subarray(0, SIGNATURE_AT), ZERO, message.subarray(SIGNATURE_AT + 16)];
  switch (signer.algorithm) {
    case 'HMAC-SHA256':
      return suite.hmac('sha256', key, ...parts).subarray(0, 16);
    case 'AES-CMAC':
      return aesCmac(suite, key, ...parts);
    case 'AES-GMAC':
      return suite.gcmSeal({ key, nonce: gmacNonce(message, sender), aad: Buffer.concat(parts) }, ZERO.subarray(0, 0))
        .tag;
  }
}

/** MessageId, then a bit for the sender and one for CANCEL, which shares its request's id. */
function gmacNonce(message: Buffer, sender: 'client' | 'server'): Buffer {
  const nonce = Buffer.alloc(12);
  message.copy(nonce, 0, 24, 32);
  nonce.writeUInt32LE((sender === 'server' ? 1 : 0) | (message.readUInt16LE(12) === COMMAND.CANCEL ? 2 : 0), 8);
  return nonce;
}

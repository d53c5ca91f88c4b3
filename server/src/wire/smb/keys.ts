/** A session's keys (MS-SMB2 3.2.5.3): derived from what the logon agreed, and on 3.1.1 from every byte that led to it. */
import { deriveKey } from '../crypto/kdf.ts';
import type { CryptoSuite } from '../crypto/suite.ts';
import { isAtLeast, type Cipher, type Dialect } from './dialect.ts';

export interface SessionKeys {
  readonly signing: Buffer;
  /** For what we send. */
  readonly sealing: Buffer;
  /** For what the machine sends. */
  readonly opening: Buffer;
}

export interface KeyInput {
  readonly dialect: Dialect;
  readonly cipher: Cipher | undefined;
  readonly sessionKey: Buffer;
  /** SHA-512 over the negotiation and the logon; used by 3.1.1. */
  readonly preauthHash: Buffer;
}

const LABELS_30 = {
  signing: ['SMB2AESCMAC\0', 'SmbSign\0'],
  sealing: ['SMB2AESCCM\0', 'ServerIn \0'],
  opening: ['SMB2AESCCM\0', 'ServerOut\0'],
} as const;
const LABELS_311 = { signing: 'SMBSigningKey\0', sealing: 'SMBC2SCipherKey\0', opening: 'SMBS2CCipherKey\0' } as const;

export function sessionKeys(suite: CryptoSuite, input: KeyInput): SessionKeys {
  const key = input.sessionKey;
  if (!isAtLeast(input.dialect, '3.0')) return { signing: key, sealing: key, opening: key };
  const cipherBits = input.cipher?.startsWith('AES-256') ? 256 : 128;
  const derive = (purpose: keyof typeof LABELS_30): Buffer => {
    const [label, context] = LABELS_30[purpose];
    return deriveKey(suite, {
      key,
      label: input.dialect === '3.1.1' ? LABELS_311[purpose] : label,
      context: input.dialect === '3.1.1' ? input.preauthHash : Buffer.from(context, 'latin1'),
      bits: purpose === 'signing' ? 128 : cipherBits,
    });
  };
  return { signing: derive('signing'), sealing: derive('sealing'), opening: derive('opening') };
}

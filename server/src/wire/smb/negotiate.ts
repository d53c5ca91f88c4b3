/** NEGOTIATE (MS-SMB2 2.2.3, 2.2.4): what both sides can do, and the choice. */
import { ByteView, padding, u16le, u32le } from '../bytes.ts';
import { malformed, protocolError } from '../failure.ts';
import {
  CIPHER_NUMBER,
  DIALECT_NUMBER,
  isAtLeast,
  nameOf,
  SIGNING_NUMBER,
  type Cipher,
  type Dialect,
  type SigningAlgorithm,
} from './dialect.ts';
import { HEADER_LENGTH } from './header.ts';

const CONTEXT = { PREAUTH: 1, ENCRYPTION: 2, SIGNING: 8 } as const;
const SHA_512 = 1;
export const CAPABILITY = { LARGE_MTU: 4, ENCRYPTION: 0x40 } as const;
export const SECURITY_MODE = { ENABLED: 1, REQUIRED: 2 } as const;

export interface Offer {
  /** Oldest first. */
  readonly dialects: readonly Dialect[];
  /** Best first; empty for none. */
  readonly ciphers: readonly Cipher[];
  readonly signing: readonly SigningAlgorithm[];
  readonly requireSigning: boolean;
  readonly clientGuid: Buffer;
  readonly salt: Buffer;
}

export function offeredCapabilities(offer: Offer): number {
  const modern = offer.dialects.some((dialect) => isAtLeast(dialect, '3.0'));
  return CAPABILITY.LARGE_MTU | (modern && offer.ciphers.length > 0 ? CAPABILITY.ENCRYPTION : 0);
}

export function offeredSecurityMode(offer: Offer): number {
  return SECURITY_MODE.ENABLED | (offer.requireSigning ? SECURITY_MODE.REQUIRED : 0);
}

export function negotiateRequest(offer: Offer): Buffer {
  const dialects = Buffer.concat(offer.dialects.map((dialect) => u16le(DIALECT_NUMBER[dialect])));
  const contexts = offer.dialects.includes('3.1.1') ? offeredContexts(offer) : [];
  const gap = contexts.length > 0 ? padding(HEADER_LENGTH + 36 + dialects.length, 8) : 0;
  const head = Buffer.alloc(36);
  head.writeUInt16LE(36, 0);
  head.writeUInt16LE(offer.dialects.length, 2);
  head.writeUInt16LE(offeredSecurityMode(offer), 4);
  head.writeUInt32LE(offeredCapabilities(offer), 8);
  offer.clientGuid.copy(head, 12);
  if (contexts.length > 0) {
    head.writeUInt32LE(HEADER_LENGTH + 36 + dialects.length + gap, 28);
    head.writeUInt16LE(contexts.length, 32);
  }
  return Buffer.concat([head, dialects, Buffer.alloc(gap), joinContexts(contexts)]);
}

function offeredContexts(offer: Offer): readonly Buffer[] {
  const numbers = (list: readonly number[]) => Buffer.concat([u16le(list.length), ...list.map(u16le)]);
  const preauth = Buffer.concat([u16le(1), u16le(offer.salt.length), u16le(SHA_512), offer.salt]);
  const ciphers = offer.ciphers.map((name) => CIPHER_NUMBER[name]);
  return [
    context(CONTEXT.PREAUTH, preauth),
    ...(ciphers.length > 0 ? [context(CONTEXT.ENCRYPTION, numbers(ciphers))] : []),
    context(CONTEXT.SIGNING, numbers(offer.signing.map((name) => SIGNING_NUMBER[name]))),
  ];
}

function context(type: number, data: Buffer): Buffer {
  return Buffer.concat([u16le(type), u16le(data.length), u32le(0), data]);
}

/** Each context but the last is padded to 8 bytes. */
function joinContexts(contexts: readonly Buffer[]): Buffer {
  return Buffer.concat(
    contexts.flatMap((bytes, index) => [
      bytes,
      Buffer.alloc(index < contexts.length - 1 ? padding(bytes.length, 8) : 0),
    ]),
  );
}

export interface Negotiated {
  readonly dialect: Dialect;
  readonly serverGuid: Buffer;
  readonly securityMode: number;
  readonly capabilities: number;
  readonly maxTransact: number;
  readonly maxRead: number;
  readonly cipher: Cipher | undefined;
  readonly signing: SigningAlgorithm;
  /** SPNEGO's NegTokenInit2; may be empty. */
  readonly token: Buffer;
}

export function readNegotiateReply(message: Buffer, offer: Offer): Negotiated {
  const view = new ByteView(message, 'the NEGOTIATE reply');
  const at = HEADER_LENGTH;
  if (view.u16(at) !== 65) throw malformed('the NEGOTIATE reply has a wrong size');
  const dialect = nameOf(DIALECT_NUMBER, offer.dialects, view.u16(at + 4));
  if (!dialect) throw protocolError('DIALECT_NOT_OFFERED', 'the machine chose an SMB dialect that we did not offer');
  const capabilities = view.u32(at + 24);
  const contexts =
    dialect === '3.1.1' ? readContexts(view, view.u32(at + 60), view.u16(at + 6)) : new Map<number, ByteView>();
  if (dialect === '3.1.1') checkPreauth(contexts.get(CONTEXT.PREAUTH));
  return {
    dialect,
    securityMode: view.u16(at + 2),
    serverGuid: view.slice(at + 8, 16),
    capabilities,
    maxTransact: view.u32(at + 28),
    maxRead: view.u32(at + 32),
    cipher: chosenCipher({ dialect, capabilities, offer, context: contexts.get(CONTEXT.ENCRYPTION) }),
    signing: chosenSigning(dialect, offer, contexts.get(CONTEXT.SIGNING)),
    token: view.slice(view.u16(at + 56), view.u16(at + 58)),
  };
}

/** A server has at most a handful of contexts. */
const MAX_CONTEXTS = 16;

function readContexts(view: ByteView, offset: number, count: number): ReadonlyMap<number, ByteView> {
  if (count > MAX_CONTEXTS) throw malformed(`the NEGOTIATE reply has ${count} contexts`);
  const contexts = new Map<number, ByteView>();
  let at = offset;
  for (let index = 0; index < count; index++) {
    const length = view.u16(at + 2);
    const type = view.u16(at);
    if (contexts.has(type)) throw malformed('the NEGOTIATE reply repeats a context');
    contexts.set(type, new ByteView(view.slice(at + 8, length), 'a NEGOTIATE context'));
    at += 8 + length + padding(length, 8);
  }
  return contexts;
}

function checkPreauth(found: ByteView | undefined): void {
  if (!found || found.u16(0) !== 1 || found.u16(4) !== SHA_512) {
    throw protocolError('NO_PREAUTH_INTEGRITY', 'the machine chose SMB 3.1.1 without pre-authentication integrity');
  }
}

interface CipherChoice {
  readonly dialect: Dialect;
  readonly capabilities: number;
  readonly offer: Offer;
  readonly context: ByteView | undefined;
}

function chosenCipher({ dialect, capabilities, offer, context: found }: CipherChoice): Cipher | undefined {
  if (dialect === '3.1.1') {
    if (!found || found.u16(2) === 0) return undefined;
    const cipher = nameOf(CIPHER_NUMBER, offer.ciphers, found.u16(2));
    if (!cipher || found.u16(0) !== 1)
      throw protocolError('CIPHER_NOT_OFFERED', 'the machine chose a cipher that we did not offer');
    return cipher;
  }
  const offered = isAtLeast(dialect, '3.0') && offer.ciphers.includes('AES-128-CCM');
  return offered && (capabilities & CAPABILITY.ENCRYPTION) !== 0 ? 'AES-128-CCM' : undefined;
}

function chosenSigning(dialect: Dialect, offer: Offer, found: ByteView | undefined): SigningAlgorithm {
  if (!isAtLeast(dialect, '3.0')) return 'HMAC-SHA256';
  if (!found) return 'AES-CMAC';
  const signing = nameOf(SIGNING_NUMBER, offer.signing, found.u16(2));
  if (!signing || found.u16(0) !== 1)
    throw protocolError('SIGNING_NOT_OFFERED', 'the machine chose a signing algorithm that we did not offer');
  return signing;
}

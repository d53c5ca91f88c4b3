/** From a socket to a protected session: NEGOTIATE, SESSION_SETUP, keys (MS-SMB2 3.2.4.2). */
import { ByteView } from '../bytes.ts';
import type { CryptoSuite } from '../crypto/suite.ts';
import { malformed, ntError, protocolError, WireError, type WireFailure } from '../failure.ts';
import { NT } from '../nt-status.ts';
import type { TargetNames } from '../ntlm/target-info.ts';
import type { Authenticator } from './authentication.ts';
import type { Call } from './call.ts';
import { SmbConnection, type SmbReply } from './connection.ts';
import { isAtLeast, type Cipher, type Dialect, type SigningAlgorithm } from './dialect.ts';
import { COMMAND, FLAG, HEADER_LENGTH } from './header.ts';
import { sessionKeys } from './keys.ts';
import {
  CAPABILITY,
  negotiateRequest,
  offeredSecurityMode,
  readNegotiateReply,
  type Negotiated,
  type Offer,
} from './negotiate.ts';
import type { Protection } from './protection.ts';
import { isSignatureRight, type Signer } from './signing.ts';
import { answerToken, initToken, mechanismList, readMechanisms, readNegTokenResp } from './spnego.ts';
import type { FrameChannel } from './transport.ts';

/** When messages are encrypted: whenever both can; only where the machine demands it; or not to go on without. */
export type EncryptionPolicy = 'preferred' | 'if-demanded' | 'required';

/** Lets several logons prove a password one after another: what it gives is told how that ended. Refuses with a WireError. */
export type LogonTurn = (signal: AbortSignal | undefined) => Promise<(failure?: WireFailure) => void>;

export interface SessionOptions {
  readonly offer: Offer;
  readonly encryption: EncryptionPolicy;
  readonly suite: CryptoSuite;
  readonly authenticator: Authenticator;
  readonly deadlineMs: number;
  /** Awaited when the machine has sent its challenge, before anything made of the password goes to it. */
  readonly logonTurn?: LogonTurn | undefined;
}

/** What both sides agreed on, for logs and assertions. */
export interface Agreed {
  readonly dialect: Dialect;
  /** What signatures are made with: of every message, or of the logon alone where all others are encrypted. `null`: unsigned. */
  readonly signing: SigningAlgorithm | null;
  /** `null` where messages are not encrypted. */
  readonly cipher: Cipher | null;
}

export interface SmbSession {
  readonly connection: SmbConnection;
  readonly negotiated: Negotiated;
  readonly offer: Offer;
  readonly names: TargetNames;
  /** The most that one read may ask for. */
  readonly maxRead: number;
  agreed(): Agreed;
  /** From now on everything is encrypted: a share demands it. */
  encryptAll(): void;
}

export async function openSession(transport: FrameChannel, options: SessionOptions, call: Call): Promise<SmbSession> {
  const { offer, suite } = options;
  const connection = new SmbConnection(transport, options.deadlineMs);
  try {
    const hash = preauthHash(suite, connection);
    const reply = await connection.mustSucceed({ command: COMMAND.NEGOTIATE, body: negotiateRequest(offer) }, call);
    const negotiated = readNegotiateReply(reply.message, offer);
    connection.multiCredit =
      isAtLeast(negotiated.dialect, '2.1') &&
      (negotiated.capabilities & CAPABILITY.LARGE_MTU) !== 0 &&
      transport.framing !== 'netbios';
    checkOffer(negotiated, options);
    const logon = await logOn(connection, options, { negotiated, hash, call });
    connection.onPlainMessage = undefined;
    return establish(connection, options, { negotiated, ...logon });
  } catch (error) {
    connection.end({ kind: 'protocol', code: 'NOT_ESTABLISHED', message: 'the session could not be set up' });
    throw error;
  }
}

/** SHA-512 over every message of negotiation and logon (3.2.5.2, 3.2.5.3); the last reply is not part of it. */
function preauthHash(suite: CryptoSuite, connection: SmbConnection): () => Buffer {
  const values: Buffer[] = [Buffer.alloc(64)];
  connection.onPlainMessage = (message) => {
    values.push(suite.hash('sha512', values.at(-1) ?? Buffer.alloc(64), message));
  };
  return () => values.at(-2) ?? Buffer.alloc(64);
}

function checkOffer(negotiated: Negotiated, options: SessionOptions): void {
  if (
    negotiated.token.length > 0 &&
    !readMechanisms(negotiated.token).some((m) => m.equals(options.authenticator.mechanism))
  ) {
    throw protocolError('NTLM_NOT_OFFERED', 'the machine does not take NTLM, the only way to log on that Patchlab has');
  }
  if (options.encryption === 'required' && !negotiated.cipher) {
    throw protocolError('ENCRYPTION_UNAVAILABLE', 'encryption is required, and the machine offers none');
  }
}

interface LogonState {
  readonly negotiated: Negotiated;
  readonly hash: () => Buffer;
  readonly call: Call;
}

interface Logon {
  readonly sessionId: bigint;
  readonly flags: number;
  readonly signer: Signer;
  readonly sealing: Buffer;
  readonly opening: Buffer;
}

const SESSION_FLAG = { GUEST: 1, ANONYMOUS: 2, ENCRYPT: 4 } as const;

async function logOn(connection: SmbConnection, options: SessionOptions, state: LogonState): Promise<Logon> {
  const { authenticator, suite } = options;
  const mode = offeredSecurityMode(options.offer);
  const first = await setUp(connection, initToken(authenticator.mechanism, authenticator.start()), mode, state.call);
  if (first.status !== NT.MORE_PROCESSING_REQUIRED)
    throw first.status === NT.SUCCESS ? guestRefused() : ntError(first.status);
  const sessionId = first.header.sessionId;
  connection.sessionId = sessionId;
  const challenge = readNegTokenResp(tokenOf(first));
  if (!challenge.token) throw malformed('the logon has no challenge');
  const answer = authenticator.answer(challenge.token);
  const list = mechanismList(authenticator.mechanism);
  const ended = await options.logonTurn?.(state.call.signal);
  const last = await setUp(connection, answerToken(answer, authenticator.sign(list)), mode, state.call).catch(
    (error: unknown) => {
      ended?.(error instanceof WireError ? error.failure : undefined);
      throw error;
    },
  );
  ended?.(last.status === NT.SUCCESS ? undefined : ntError(last.status).failure);
  if (last.status !== NT.SUCCESS) throw ntError(last.status);
  const flags = new ByteView(last.message, 'the logon').u16(HEADER_LENGTH + 2);
  if ((flags & (SESSION_FLAG.GUEST | SESSION_FLAG.ANONYMOUS)) !== 0) throw guestRefused();
  const done = readNegTokenResp(tokenOf(last));
  if (done.state !== 'completed' || !done.mic || !authenticator.verify(list, done.mic)) {
    throw protocolError('LOGON_TAMPERED', 'the machine could not prove that the choice of authentication is untouched');
  }
  const { dialect, cipher, signing } = state.negotiated;
  const keys = sessionKeys(suite, {
    dialect,
    cipher,
    sessionKey: authenticator.sessionKey(),
    preauthHash: state.hash(),
  });
  const signer: Signer = { suite, algorithm: signing, key: keys.signing };
  checkLastReply(last, signer, options.offer.requireSigning || dialect === '3.1.1');
  return { sessionId, flags, signer, sealing: keys.sealing, opening: keys.opening };
}

async function setUp(connection: SmbConnection, token: Buffer, securityMode: number, call: Call): Promise<SmbReply> {
  const head = Buffer.alloc(24);
  head.writeUInt16LE(25, 0);
  head.writeUInt8(securityMode, 3);
  head.writeUInt16LE(HEADER_LENGTH + 24, 12);
  head.writeUInt16LE(token.length, 14);
  return await connection.request({ command: COMMAND.SESSION_SETUP, body: Buffer.concat([head, token]) }, call);
}

function tokenOf(reply: SmbReply): Buffer {
  const view = new ByteView(reply.message, 'the logon');
  if (view.u16(HEADER_LENGTH) !== 9) throw malformed('the logon reply has a wrong size');
  return view.slice(view.u16(HEADER_LENGTH + 4), view.u16(HEADER_LENGTH + 6));
}

function guestRefused(): Error {
  return protocolError(
    'GUEST_REFUSED',
    'the machine let us in as a guest or nobody, which proves nothing of either side',
  );
}

/** The reply that ends the logon proves, by its signature, that the machine knows the key. */
function checkLastReply(reply: SmbReply, signer: Signer, mustBeSigned: boolean): void {
  const signed = (reply.header.flags & FLAG.SIGNED) !== 0;
  if (!signed && mustBeSigned) throw protocolError('UNSIGNED_REPLY', 'the machine does not sign the end of the logon');
  if (signed && !isSignatureRight(signer, reply.message)) {
    throw protocolError('BAD_SIGNATURE', 'the end of the logon was changed on its way, or is not from the machine');
  }
}

function establish(
  connection: SmbConnection,
  options: SessionOptions,
  logon: Logon & { readonly negotiated: Negotiated },
): SmbSession {
  const { negotiated, sessionId, signer } = logon;
  const { offer, suite } = options;
  const { cipher } = negotiated;
  const signed = offer.requireSigning || (negotiated.securityMode & 2) !== 0;
  let protection: Protection = { sessionId, signer, signAll: signed, seal: undefined };
  const encryptAll = () => {
    if (!cipher)
      throw protocolError('ENCRYPTION_UNAVAILABLE', 'the machine demands encryption and agreed on no cipher');
    if (protection.seal) return;
    const common = { suite, cipher, sessionId };
    protection = {
      ...protection,
      seal: { out: { ...common, key: logon.sealing }, in: { ...common, key: logon.opening } },
    };
    connection.protect(protection);
  };
  connection.protect(protection);
  if ((logon.flags & SESSION_FLAG.ENCRYPT) !== 0 || (cipher && options.encryption !== 'if-demanded')) encryptAll();
  return {
    connection,
    negotiated,
    offer,
    names: options.authenticator.names(),
    maxRead: Math.min(negotiated.maxRead, connection.multiCredit ? 1 << 20 : 1 << 16),
    encryptAll,
    agreed: () => ({
      dialect: negotiated.dialect,
      signing: signed ? signer.algorithm : null,
      cipher: protection.seal ? (cipher ?? null) : null,
    }),
  };
}

/** How a session's messages are protected, and what a reply must therefore be (MS-SMB2 3.2.5.1). */
import { ntError, protocolError, type WireError } from '../failure.ts';
import { NT, ntStatusName } from '../nt-status.ts';
import type { Seal } from './encryption.ts';
import { FLAG, type ReplyHeader } from './header.ts';
import { isSignatureRight, type Signer } from './signing.ts';

/** How messages are protected once there is a session. */
export interface Protection {
  readonly sessionId: bigint;
  readonly signer: Signer;
  /** Whether everything is signed, or only what asks for it. */
  readonly signAll: boolean;
  readonly seal: { readonly out: Seal; readonly in: Seal } | undefined;
}

/** How the request went out: its reply must come back no weaker. */
export interface SentAs {
  readonly sealed: boolean;
  readonly signed: boolean;
}

export interface ReceivedReply {
  readonly message: Buffer;
  readonly header: ReplyHeader;
  /** It came encrypted. */
  readonly sealed: boolean;
}

/** Throws where a reply is less protected than its request, or its signature is wrong. */
export function checkReply(reply: ReceivedReply, sent: SentAs, signer: Signer | undefined): void {
  const { status, flags } = reply.header;
  if (sent.sealed && !reply.sealed) {
    throw unproven(status, 'PLAINTEXT_REPLY', `the machine answered without encryption (${ntStatusName(status)})`);
  }
  if (reply.sealed || !sent.signed) return;
  // An interim reply is not signed (3.2.5.1.3); it only says "wait", and the deadline stands.
  if (status === NT.PENDING && reply.header.asyncId !== undefined) return;
  if ((flags & FLAG.SIGNED) === 0) {
    throw unproven(status, 'UNSIGNED_REPLY', `the machine answered without a signature (${ntStatusName(status)})`);
  }
  if (!signer || !isSignatureRight(signer, reply.message)) {
    throw unproven(status, 'BAD_SIGNATURE', 'a message was changed on its way, or was not signed by the machine');
  }
}

/**
 * What ends the connection. A server that has taken the session away has no key for it any more and says so unprotected
 * (MS-SMB2 3.3.5.2.9): nothing that it says is believed, but that is what is told.
 */
function unproven(status: number, code: string, message: string): WireError {
  return status === NT.USER_SESSION_DELETED ? ntError(status) : protocolError(code, message);
}

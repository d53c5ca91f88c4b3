/** What SMB asks of a way to log on, so that another one (Kerberos) can stand beside NTLM. */
import type { TargetNames } from '../ntlm/target-info.ts';

export interface Authenticator {
  /** The mechanism's object identifier, DER encoded with tag and length, for SPNEGO. */
  readonly mechanism: Buffer;
  /** The first token. */
  start(): Buffer;
  /** The answer to the target's token. */
  answer(token: Buffer): Buffer;
  /** 16 bytes; known once `answer` was called. */
  sessionKey(): Buffer;
  /** Protects SPNEGO's list of mechanisms, from us to the target. */
  sign(data: Buffer): Buffer;
  /** Checks the target's protection of the same list. */
  verify(data: Buffer, mic: Buffer): boolean;
  /** The names that the target gave. */
  names(): TargetNames;
}

/** What a directory can do wrong, with the code that it or the system gave. */
import type { RawFailure } from '../failure.ts';
import type { DirectoryResult } from './answer.ts';

/** Carries a failure through the conversation; at the edge (ask.ts) it becomes a coded error. */
export class DirectoryError extends Error {
  readonly failure: RawFailure;
  constructor(failure: RawFailure) {
    super(failure.message);
    this.name = 'DirectoryError';
    this.failure = failure;
  }
}

/** Result codes by their names (RFC 4511 appendix A). */
const RESULT_NAMES: Readonly<Record<number, string>> = {
  1: 'LDAP_OPERATIONS_ERROR',
  2: 'LDAP_PROTOCOL_ERROR',
  3: 'LDAP_TIME_LIMIT_EXCEEDED',
  4: 'LDAP_SIZE_LIMIT_EXCEEDED',
  7: 'LDAP_AUTH_METHOD_NOT_SUPPORTED',
  8: 'LDAP_STRONGER_AUTH_REQUIRED',
  10: 'LDAP_REFERRAL',
  11: 'LDAP_ADMIN_LIMIT_EXCEEDED',
  12: 'LDAP_UNAVAILABLE_CRITICAL_EXTENSION',
  13: 'LDAP_CONFIDENTIALITY_REQUIRED',
  32: 'LDAP_NO_SUCH_OBJECT',
  34: 'LDAP_INVALID_DN_SYNTAX',
  48: 'LDAP_INAPPROPRIATE_AUTHENTICATION',
  49: 'LDAP_INVALID_CREDENTIALS',
  50: 'LDAP_INSUFFICIENT_ACCESS',
  51: 'LDAP_BUSY',
  52: 'LDAP_UNAVAILABLE',
  53: 'LDAP_UNWILLING_TO_PERFORM',
};

/** The result codes' names. */
export const RESULT_CODES: readonly string[] = Object.values(RESULT_NAMES);

const MOST_TEXT = 300;

/** The failure that a result other than success is. */
export function resultFailure({ code, message, matched, referrals }: DirectoryResult): RawFailure {
  const said = [
    message.replaceAll('\0', '').trim(),
    matched === '' ? '' : `there is ${matched}`,
    referrals.length === 0 ? '' : `it names ${referrals.slice(0, 4).join(', ')}`,
  ].filter((text) => text !== '');
  return {
    ...{ kind: 'ldap', code: RESULT_NAMES[code] ?? 'LDAP_RESULT', number: code },
    message: said.join('; ').slice(0, MOST_TEXT),
  };
}

/** The reason that Active Directory gives beneath *invalid credentials*: `data 52e`, a Win32 or NTSTATUS code in hex. */
export function logonData(failure: RawFailure): string | undefined {
  return /\bdata ([0-9a-f]{1,8})\b/i.exec(failure.message)?.[1]?.toLowerCase();
}

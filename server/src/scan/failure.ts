/** What lies beneath a failed step, whoever found it: the wire, the name service, a file. */

/** The raw cause of a failure. The wire's `WireFailure` has this shape. */
export interface RawFailure {
  readonly kind:
    'socket' | 'tls' | 'ldap' | 'ntstatus' | 'win32' | 'rpc' | 'protocol' | 'timeout' | 'file' | 'document';
  /** `ECONNREFUSED`, `STATUS_LOGON_FAILURE`, `ERROR_ACCESS_DENIED`, `SIGNATURE_MISMATCH`. */
  readonly code: string;
  readonly number?: number;
  readonly message: string;
}

const WITH_NUMBER = new Set<RawFailure['kind']>(['ntstatus', 'win32', 'rpc']);

/** The raw cause on one line: `STATUS_BAD_NETWORK_NAME (0xC00000CC)`, `ECONNREFUSED`, `ERROR_ACCESS_DENIED (5)`. */
export function describeRaw(failure: RawFailure): string {
  const { kind, code, number, message } = failure;
  // Beneath a directory's result codes lies what the server says itself.
  if (kind === 'ldap') return `${code} (${number ?? '?'})${message === '' ? '' : `: ${message}`}`;
  if (number !== undefined && WITH_NUMBER.has(kind)) {
    const shown = kind === 'win32' ? String(number) : `0x${(number >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
    return code.includes(shown) ? code : `${code} (${shown})`;
  }
  return kind === 'socket' || message === '' || message === code ? code : `${code}: ${message}`;
}

/** The raw cause of an exception from Node's own modules: its `code` and its message. */
export function failureOf(error: unknown, kind: RawFailure['kind']): RawFailure {
  const said = error instanceof Error ? error.message : String(error);
  const code =
    typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
      ? error.code
      : 'ERROR';
  // Node's own messages begin with the code.
  const message = said.startsWith(`${code}: `) ? said.slice(code.length + 2) : said;
  return { kind, code, message };
}

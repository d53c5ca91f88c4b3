/**
 * Failures of the wire. Inside wire/ they travel as a thrown WireError, because a protocol stack fails at every line;
 * at its edge (machine/live) they become values.
 */
import { ntStatusMessage, ntStatusName } from './nt-status.ts';
import { rpcFaultName, win32Name } from './win32.ts';

/** Why a phase or a read failed, with the code that the machine or the system gave. */
export interface WireFailure {
  readonly kind: 'socket' | 'ntstatus' | 'win32' | 'rpc' | 'protocol' | 'timeout';
  /** `ECONNREFUSED`, `STATUS_LOGON_FAILURE`, `ERROR_ACCESS_DENIED`, `UNSIGNED_REPLY`. */
  readonly code: string;
  /** The NTSTATUS, Win32 or RPC fault number. */
  readonly number?: number;
  readonly message: string;
}

/** A phase's outcome: a value, or the failure. */
export type Phase<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: WireFailure };

/** Carries a WireFailure through the stack. */
export class WireError extends Error {
  readonly failure: WireFailure;
  constructor(failure: WireFailure) {
    super(failure.message);
    this.name = 'WireError';
    this.failure = failure;
  }
}

/** The code as people look it up: `STATUS_BAD_NETWORK_NAME (0xC00000CC)`, `ERROR_ACCESS_DENIED (5)`, `ECONNREFUSED`. */
export function rawCode(failure: WireFailure): string {
  if (failure.number === undefined) return failure.code;
  const number = failure.kind === 'win32' ? String(failure.number) : hex32(failure.number);
  return `${failure.code} (${number})`;
}

export function ntError(status: number): WireError {
  const code = ntStatusName(status);
  return new WireError({ kind: 'ntstatus', code, number: status, message: ntStatusMessage(status) });
}

export function win32Error(number: number, doing: string): WireError {
  const code = win32Name(number);
  return new WireError({ kind: 'win32', code, number, message: `${doing}: ${code}` });
}

export function rpcFault(number: number): WireError {
  const code = rpcFaultName(number);
  return new WireError({ kind: 'rpc', code, number, message: `the remote procedure call failed: ${code}` });
}

/** The machine broke the protocol, or wants less safety than we require. */
export function protocolError(code: string, message: string): WireError {
  return new WireError({ kind: 'protocol', code, message });
}

export function malformed(message: string): WireError {
  return protocolError('MALFORMED_REPLY', message);
}

export function timeoutError(code: 'ETIMEDOUT' | 'REQUEST_TIMEOUT', message: string): WireError {
  return new WireError({ kind: 'timeout', code, message });
}

export function socketError(error: Error): WireError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'SOCKET_ERROR';
  return new WireError({ kind: 'socket', code, message: error.message });
}

/** Turns what the wire throws into a value; anything else (cancellation, a programming error) goes on as it is. */
export async function asPhase<T>(work: Promise<T>): Promise<Phase<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    if (error instanceof WireError) return { ok: false, failure: error.failure };
    throw error;
  }
}

export function hex32(value: number): string {
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

/** NTSTATUS values that the wire decides by, and the names and messages of all of them (MS-ERREF 2.3). */
import type { StatusTable } from 'smb2/lib/tools/ms_erref.js';

export const NT = {
  SUCCESS: 0x00000000,
  PENDING: 0x00000103,
  BUFFER_OVERFLOW: 0x80000005,
  NO_MORE_FILES: 0x80000006,
  STOPPED_ON_SYMLINK: 0x8000002d,
  INVALID_INFO_CLASS: 0xc0000003,
  INVALID_PARAMETER: 0xc000000d,
  NO_SUCH_FILE: 0xc000000f,
  INVALID_DEVICE_REQUEST: 0xc0000010,
  END_OF_FILE: 0xc0000011,
  MORE_PROCESSING_REQUIRED: 0xc0000016,
  ACCESS_DENIED: 0xc0000022,
  OBJECT_NAME_INVALID: 0xc0000033,
  OBJECT_NAME_NOT_FOUND: 0xc0000034,
  OBJECT_PATH_NOT_FOUND: 0xc000003a,
  LOGON_FAILURE: 0xc000006d,
  PIPE_NOT_AVAILABLE: 0xc00000ac,
  PIPE_BUSY: 0xc00000ae,
  PIPE_DISCONNECTED: 0xc00000b0,
  FILE_IS_A_DIRECTORY: 0xc00000ba,
  NOT_SUPPORTED: 0xc00000bb,
  BAD_NETWORK_NAME: 0xc00000cc,
  NOT_A_DIRECTORY: 0xc0000103,
  CANCELLED: 0xc0000120,
  FILE_CLOSED: 0xc0000128,
  USER_SESSION_DELETED: 0xc0000203,
} as const;

/** Statuses that the table, which ends in 2009, does not know. */
const NEWER: Readonly<Record<number, readonly [string, string]>> = {
  0xc0000418: ['STATUS_NTLM_BLOCKED', 'The authentication failed because NTLM was blocked.'],
  0xc000035c: ['STATUS_NETWORK_SESSION_EXPIRED', 'The client session has expired.'],
  0x8000002d: ['STATUS_STOPPED_ON_SYMLINK', 'The path leads through a link, which is not followed.'],
  0xc05d0000: ['STATUS_SMB_NO_PREAUTH_INTEGRITY_HASH_OVERLAP', 'No common preauthentication hash.'],
  0xc05d0001: ['STATUS_SMB_BAD_CLUSTER_DIALECT', 'The SMB dialect does not fit the cluster.'],
};

let table: StatusTable | undefined;

/**
 * Loads the table of names and messages, half a megabyte: done while a session is opened, so that only what talks to a
 * machine pays for it. Until then a status has its number for a name.
 */
export async function loadStatusTable(): Promise<void> {
  table ??= (await import('smb2/lib/tools/ms_erref.js')).default;
}

export function ntStatusName(status: number): string {
  return NEWER[status >>> 0]?.[0] ?? table?.getStatus(status >>> 0).code ?? `0x${(status >>> 0).toString(16)}`;
}

export function ntStatusMessage(status: number): string {
  const message = NEWER[status >>> 0]?.[1] ?? table?.getStatus(status >>> 0).message ?? 'the machine refused it';
  return message.replace(/^\{[^}]*\}\s*/, '');
}

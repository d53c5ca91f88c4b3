/** Names of the Win32 errors (MS-ERREF 2.2) and RPC faults (MS-RPCE, C706 appendix E) that the remote calls answer with. */

const WIN32: Readonly<Record<number, string>> = {
  2: 'ERROR_FILE_NOT_FOUND',
  3: 'ERROR_PATH_NOT_FOUND',
  5: 'ERROR_ACCESS_DENIED',
  6: 'ERROR_INVALID_HANDLE',
  8: 'ERROR_NOT_ENOUGH_MEMORY',
  14: 'ERROR_OUTOFMEMORY',
  50: 'ERROR_NOT_SUPPORTED',
  53: 'ERROR_BAD_NETPATH',
  67: 'ERROR_BAD_NET_NAME',
  87: 'ERROR_INVALID_PARAMETER',
  122: 'ERROR_INSUFFICIENT_BUFFER',
  123: 'ERROR_INVALID_NAME',
  161: 'ERROR_BAD_PATHNAME',
  234: 'ERROR_MORE_DATA',
  259: 'ERROR_NO_MORE_ITEMS',
  1009: 'ERROR_BADDB',
  1010: 'ERROR_BADKEY',
  1011: 'ERROR_CANTOPEN',
  1012: 'ERROR_CANTREAD',
  1018: 'ERROR_KEY_DELETED',
  1051: 'ERROR_DEPENDENT_SERVICES_RUNNING',
  1053: 'ERROR_SERVICE_REQUEST_TIMEOUT',
  1056: 'ERROR_SERVICE_ALREADY_RUNNING',
  1058: 'ERROR_SERVICE_DISABLED',
  1060: 'ERROR_SERVICE_DOES_NOT_EXIST',
  1062: 'ERROR_SERVICE_NOT_ACTIVE',
  1115: 'ERROR_SHUTDOWN_IN_PROGRESS',
  1219: 'ERROR_SESSION_CREDENTIAL_CONFLICT',
  1450: 'ERROR_NO_SYSTEM_RESOURCES',
  1722: 'RPC_S_SERVER_UNAVAILABLE',
  2118: 'NERR_DuplicateShare',
  2310: 'NERR_NetNameNotFound',
};

const FAULTS: Readonly<Record<number, string>> = {
  0x00000005: 'nca_s_fault_access_denied',
  0x000006d1: 'RPC_S_PROCNUM_OUT_OF_RANGE',
  0x000006f7: 'RPC_X_BAD_STUB_DATA',
  0x1c010002: 'nca_s_op_rng_error',
  0x1c010003: 'nca_s_unk_if',
  0x1c01000b: 'nca_s_proto_error',
  0x1c00001a: 'nca_s_fault_context_mismatch',
  0x1c00001b: 'nca_s_fault_remote_no_memory',
};

export function win32Name(number: number): string {
  return WIN32[number] ?? `ERROR_${number}`;
}

export function rpcFaultName(number: number): string {
  return FAULTS[number] ?? `RPC_FAULT_0x${(number >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}

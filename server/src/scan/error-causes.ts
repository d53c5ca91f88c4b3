/** From the raw cause of a failure to its row in the error table. NTSTATUS names are those of [MS-ERREF] 2.3. */
import { scanError, type ErrorCode } from './errors.ts';
import type { RawFailure } from './failure.ts';
import type { MachineAddress } from './machine-name.ts';
import type { ScanError } from './result.ts';

/** The steps that fail by something the network said; later steps name their code themselves. */
export type NetworkStep = 1 | 2 | 3;

interface Cause {
  readonly code: ErrorCode;
  readonly reason?: string;
  readonly remedy?: string;
}

const UNLOCK = 'Wait for the lock-out to end or unlock the account; then check the password before the next scan.';
const CHANGE = 'Log on with the account once and change its password, then scan with the new one.';
const ADMINS = 'Use an account of the local Administrators group that may log on over the network.';

const RESOLVE: Readonly<Record<string, Cause>> = {
  ENOTFOUND: { code: '200' },
  ENODATA: { code: '200', reason: 'The name exists, but has no address.' },
  EAI_NONAME: { code: '200' },
  EAI_AGAIN: { code: '201', reason: 'The name service did not answer.' },
  ETIMEOUT: { code: '201', reason: 'The name service did not answer in time.' },
  ETIMEDOUT: { code: '201', reason: 'The name service did not answer in time.' },
  ECONNREFUSED: { code: '201', reason: 'The name service refused the question.' },
  ESERVFAIL: { code: '202', reason: 'The name service failed.' },
  EREFUSED: { code: '202', reason: 'The name service refused the question.' },
  NETBIOS_CONFLICT: {
    code: '202',
    reason: 'Different machines claim the name.',
    remedy: 'Find out with nbtstat -A ADDRESS which is the right one, and add the machine by its address.',
  },
  SCAN_DEADLINE: { code: '201', reason: 'The scan of this machine ran out of time.' },
};

const CONNECT: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: { code: '261' },
  ETIMEDOUT: { code: '235' },
  EHOSTUNREACH: { code: '235', reason: 'The host is unreachable.' },
  EHOSTDOWN: { code: '235', reason: 'The host is down.' },
  ENETUNREACH: { code: '230', reason: 'There is no route to the network of the machine.' },
  ENETDOWN: { code: '230', reason: 'The network of this computer is down.' },
  EADDRNOTAVAIL: { code: '230' },
  EACCES: { code: '230', reason: 'This computer does not allow the connection.' },
  ECONNRESET: { code: '452', reason: 'The machine closed the connection.' },
  EPIPE: { code: '452', reason: 'The machine closed the connection.' },
  ECONNABORTED: { code: '452', reason: 'The connection was aborted.' },

  STATUS_BAD_NETWORK_NAME: { code: '301' },
  STATUS_BAD_NETWORK_PATH: { code: '301' },
  STATUS_OBJECT_NAME_NOT_FOUND: { code: '301' },
  STATUS_BAD_DEVICE_TYPE: { code: '301', reason: 'C$ is there, but is no disk.' },
  STATUS_NETWORK_NAME_DELETED: { code: '301', reason: 'The share was removed while it was used.' },
  STATUS_PATH_NOT_COVERED: { code: '301', reason: 'The share points to another machine, which is never followed.' },
  STATUS_SHARING_PAUSED: { code: '302', reason: 'The share is paused.' },
  STATUS_REQUEST_NOT_ACCEPTED: { code: '302', reason: 'The server takes no more sessions.' },
  STATUS_INSUFF_SERVER_RESOURCES: { code: '302', reason: 'The server lacks resources for another session.' },
  STATUS_NETWORK_SESSION_EXPIRED: { code: '303', reason: 'The session has expired.' },
  STATUS_USER_SESSION_DELETED: { code: '303', reason: 'The session was ended by the server.' },
  STATUS_NETWORK_CREDENTIAL_CONFLICT: { code: '303', reason: 'Another session with other credentials exists.' },
  ERROR_SESSION_CREDENTIAL_CONFLICT: { code: '303', reason: 'Another session with other credentials exists.' },

  STATUS_ACCESS_DENIED: { code: '451', reason: 'The account may not use C$.' },
  STATUS_NETWORK_ACCESS_DENIED: { code: '451', reason: 'The account may not use the network.' },
  STATUS_LOGON_FAILURE: {
    code: '451',
    reason: 'The user name or the password is wrong.',
    remedy:
      'Check user name, domain and password, then scan again. The credential is not tried a second time: accounts lock.',
  },
  STATUS_WRONG_PASSWORD: {
    code: '451',
    reason: 'The password is wrong.',
    remedy: 'Check the password, then scan again.',
  },
  STATUS_NO_SUCH_USER: { code: '451', reason: 'There is no such user.', remedy: 'Check user name and domain.' },
  STATUS_ACCOUNT_LOCKED_OUT: { code: '451', reason: 'The account is locked out.', remedy: UNLOCK },
  STATUS_PASSWORD_EXPIRED: { code: '451', reason: 'The password has expired.', remedy: CHANGE },
  STATUS_PASSWORD_MUST_CHANGE: {
    code: '451',
    reason: 'The password must be changed before it can be used.',
    remedy: CHANGE,
  },
  STATUS_ACCOUNT_DISABLED: {
    code: '451',
    reason: 'The account is disabled.',
    remedy: 'Enable the account or use another.',
  },
  STATUS_ACCOUNT_EXPIRED: {
    code: '451',
    reason: 'The account has expired.',
    remedy: 'Extend the account or use another.',
  },
  STATUS_ACCOUNT_RESTRICTION: {
    code: '451',
    reason: 'A restriction of the account forbids the logon (an empty password, for one).',
    remedy: ADMINS,
  },
  STATUS_INVALID_WORKSTATION: { code: '451', reason: 'The account may not log on from this computer.', remedy: ADMINS },
  STATUS_INVALID_LOGON_HOURS: { code: '451', reason: 'The account may not log on at this hour.', remedy: ADMINS },
  STATUS_LOGON_TYPE_NOT_GRANTED: {
    code: '451',
    reason: 'The account may not log on over the network.',
    remedy: ADMINS,
  },
  STATUS_NTLM_BLOCKED: {
    code: '451',
    reason: 'The machine does not accept NTLM.',
    remedy:
      'Allow incoming NTLM traffic on the machine (Network security: Restrict NTLM), or scan it with a local agent.',
  },
  STATUS_NO_LOGON_SERVERS: {
    code: '451',
    reason: 'The machine finds no domain controller to check the logon.',
    remedy: "Check the machine's connection to its domain, or use a local account.",
  },
  STATUS_NOLOGON_WORKSTATION_TRUST_ACCOUNT: { code: '451', reason: 'A computer account cannot be used.' },
  STATUS_TRUSTED_RELATIONSHIP_FAILURE: { code: '451', reason: "The machine's trust in its domain is broken." },

  CREDENTIAL_WITHHELD: {
    code: '451',
    reason: 'Another machine of this scan refused the credential, so it was not used here.',
    remedy: 'Mend what the other machine reports, then scan again.',
  },
  SCAN_DEADLINE: { code: '452', reason: 'The scan of this machine ran out of time.' },
  NETBIOS_SESSION_REFUSED: { code: '452', reason: 'Port 445 is closed, and port 139 refuses a NetBIOS session.' },
  STATUS_NOT_SUPPORTED: { code: '452', reason: 'No SMB dialect could be agreed.' },
};

const NOT_RUNNING: Cause = { code: '553' };
const DENIED: Cause = { code: '501' };
const LOST: Cause = { code: '503' };

const REGISTRY: Readonly<Record<string, Cause>> = {
  STATUS_OBJECT_NAME_NOT_FOUND: NOT_RUNNING,
  STATUS_OBJECT_PATH_NOT_FOUND: NOT_RUNNING,
  STATUS_PIPE_NOT_AVAILABLE: NOT_RUNNING,
  STATUS_ACCESS_DENIED: DENIED,
  ERROR_ACCESS_DENIED: DENIED,
  RPC_S_ACCESS_DENIED: DENIED,
  nca_s_fault_access_denied: DENIED,
  SCAN_DEADLINE: { code: '502', reason: 'The scan of this machine ran out of time.' },
  STATUS_PIPE_BUSY: { code: '502', reason: 'The registry pipe is busy.' },
  ECONNRESET: LOST,
  ECONNABORTED: LOST,
  EPIPE: LOST,
  ETIMEDOUT: LOST,
  CLOSED: LOST,
  STATUS_CONNECTION_DISCONNECTED: LOST,
  STATUS_CONNECTION_RESET: LOST,
  STATUS_NETWORK_NAME_DELETED: LOST,
  STATUS_USER_SESSION_DELETED: LOST,
};

/** Where nothing in the table fits: the family's most general row. */
function generalCause(step: NetworkStep, failure: RawFailure): Cause {
  if (step === 1) return { code: '202' };
  if (step === 3) return { code: '502' };
  if (failure.kind === 'socket') return { code: '230' };
  if (failure.kind === 'timeout')
    return { code: '452', reason: 'The machine accepts the connection and does not answer.' };
  if (failure.kind === 'protocol') return { code: '452', reason: sentence(failure.message) };
  return { code: '452' };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'The machine does not follow the protocol.';
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

const BY_STEP: Readonly<Record<NetworkStep, Readonly<Record<string, Cause>>>> = {
  1: RESOLVE,
  2: CONNECT,
  3: REGISTRY,
};

/** The coded error of a step that the network failed. */
export function errorOfFailure(step: NetworkStep, raw: RawFailure, at: { host: string; port: number }): ScanError {
  const table = BY_STEP[step];
  const cause = (Object.hasOwn(table, raw.code) ? table[raw.code] : undefined) ?? generalCause(step, raw);
  return scanError(cause.code, { raw, ...at, reason: cause.reason, remedy: cause.remedy });
}

/** A name that DNS does not know and that somebody on the network claims: no credential goes there by itself. */
export function netbiosAlone({ host, port, addresses }: MachineAddress & { addresses: readonly string[] }): ScanError {
  const raw: RawFailure = {
    kind: 'protocol',
    code: 'NETBIOS_ONLY',
    message: `a NetBIOS answer gives ${addresses.join(', ')}`,
  };
  return scanError('200', {
    ...{ raw, host, port },
    reason: 'Only the NetBIOS name service knows the name, and anyone on the network can answer there.',
    remedy: 'Add the machine by its DNS name or its address; or allow the machine (--allow-hosts on the command line).',
  });
}

/** The raw codes that lead to a row, for its page. */
export function rawCausesOf(code: string): readonly string[] {
  const names = Object.values(BY_STEP).flatMap((table) =>
    Object.entries(table)
      .filter(([, cause]) => cause.code === code)
      .map(([name]) => name),
  );
  return [...new Set(names)];
}

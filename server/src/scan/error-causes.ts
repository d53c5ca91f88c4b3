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
  readonly validate?: string;
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
  EBADRESP: { code: '202', reason: 'The name service answered what is no answer.' },
  NETBIOS_CONFLICT: {
    code: '202',
    reason: 'Different machines claim the name.',
    remedy: 'Find out with nbtstat -A ADDRESS which is the right one, and add the machine by its address.',
  },
  SCAN_DEADLINE: { code: '201', reason: 'The scan of this machine ran out of time.' },
};

/** Of a directory that is asked for computers; LDAP's result codes are those of RFC 4511 appendix A. */
const REACH = 'Test-NetConnection {host} -Port {port}';
const ENCRYPT = 'Set "security" of the directory to ldaps or starttls.';
const DIRECTORY: Readonly<Record<string, Cause>> = {
  ENOTFOUND: {
    code: '200',
    reason: 'DNS knows no such directory server.',
    remedy: 'Give "servers" of the directory, or "dns": the DNS servers that know the domain.',
  },
  ENODATA: {
    code: '200',
    reason: 'DNS knows no domain controller of the domain.',
    remedy: 'Give "servers" of the directory, or "dns": the DNS servers that know the domain.',
  },
  EAI_AGAIN: { code: '201', reason: 'The name service did not answer.' },
  ETIMEOUT: { code: '201', reason: 'The name service did not answer in time.' },
  ECONNREFUSED: { code: '201', reason: 'Nothing listens on the port of the directory.', validate: REACH },
  ETIMEDOUT: { code: '201', reason: 'The directory did not answer in time.', validate: REACH },
  EHOSTUNREACH: { code: '201', reason: 'The directory server is unreachable.', validate: REACH },
  ENETUNREACH: { code: '201', reason: 'There is no route to the directory server.', validate: REACH },
  ECONNRESET: { code: '201', reason: 'The directory closed the connection.', validate: REACH },
  EPIPE: { code: '201', reason: 'The directory closed the connection.', validate: REACH },
  ESERVFAIL: { code: '202', reason: 'The name service failed.' },
  EREFUSED: { code: '202', reason: 'The name service refused the question.' },
  EBADRESP: {
    code: '202',
    reason: 'The name service answered what is no answer.',
    // Samba's own DNS compresses the target of a SRV record, which RFC 2782 forbids and Node refuses.
    remedy: 'Give "servers" of the directory: of a domain of Samba DNS does not tell them in a form that can be read.',
  },
  LDAP_BUSY: { code: '202', reason: 'The directory is busy.', remedy: 'Try again later, or another server.' },
  LDAP_UNAVAILABLE: { code: '202', reason: 'The directory is not available.', remedy: 'Try another server.' },
  LDAP_MALFORMED: { code: '202', reason: 'What answers there does not speak LDAP as it should.', validate: REACH },
  LDAP_INVALID_CREDENTIALS: { code: 'PL101', reason: 'The user name or the password is wrong.' },
  LDAP_INAPPROPRIATE_AUTHENTICATION: { code: 'PL101', reason: 'The account has no password to log on with.' },
  LDAP_STRONGER_AUTH_REQUIRED: {
    code: 'PL101',
    reason: 'The directory takes no password over a connection that is not encrypted.',
    remedy: ENCRYPT,
  },
  LDAP_CONFIDENTIALITY_REQUIRED: {
    code: 'PL101',
    reason: 'The directory takes no password over a connection that is not encrypted.',
    remedy: ENCRYPT,
  },
  LDAP_INSUFFICIENT_ACCESS: {
    code: 'PL101',
    reason: 'The account may not read there.',
    remedy: 'Use an account that may read the computers of the domain; any domain user can by default.',
  },
  LDAP_UNWILLING_TO_PERFORM: { code: 'PL101', reason: 'The directory is not willing to log on.' },
  CREDENTIAL_WITHHELD: {
    code: 'PL101',
    reason: 'The credential was refused elsewhere, so it was not used here.',
    remedy: 'Mend what the other directory reports, then try again.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: { code: 'PL102', reason: 'Its certificate is signed by itself.' },
  SELF_SIGNED_CERT_IN_CHAIN: { code: 'PL102', reason: 'The authority of its certificate is not trusted.' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { code: 'PL102', reason: 'The authority of its certificate is not known.' },
  UNABLE_TO_GET_ISSUER_CERT: { code: 'PL102', reason: 'The authority of its certificate is not known.' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { code: 'PL102', reason: 'The authority of its certificate is not known.' },
  CERT_HAS_EXPIRED: {
    code: 'PL102',
    reason: 'Its certificate has expired.',
    remedy: 'Renew the certificate of the directory server.',
  },
  CERT_NOT_YET_VALID: { code: 'PL102', reason: 'Its certificate is not valid yet: compare the clocks.' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'PL102',
    reason: 'Its certificate is for another name.',
    remedy: 'Write the server in "servers" by a name that its certificate has.',
  },
  CA_FILE: { code: 'PL102', reason: 'The file of "ca" cannot be used.', remedy: 'Check the path, and that it is PEM.' },
  LDAP_NO_SUCH_OBJECT: { code: 'PL103' },
  LDAP_INVALID_DN_SYNTAX: { code: 'PL103', reason: 'The name of the part is no distinguished name.' },
  LDAP_REFERRAL: { code: 'PL103', reason: 'The directory says that another server has it, which is never followed.' },
  LDAP_SIZE_LIMIT_EXCEEDED: { code: 'PL104', reason: 'The limit for the number of entries was reached.' },
  LDAP_TIME_LIMIT_EXCEEDED: { code: 'PL104', reason: 'The limit for the time of a search was reached.' },
  LDAP_ADMIN_LIMIT_EXCEEDED: { code: 'PL104', reason: 'A limit of the server was reached.' },
  LDAP_TOO_MANY: { code: 'PL104', reason: 'It has more computers than Patchlab takes from one place.' },
};

/** What lies beneath *invalid credentials* of Active Directory: a Win32 code in hexadecimal ([MS-ERREF] 2.2). */
const LOGON_DATA: Readonly<Record<string, Cause>> = {
  '525': { code: 'PL101', reason: 'There is no such user.', remedy: 'Write the user as DOMAIN\\NAME or NAME@DOMAIN.' },
  '52e': { code: 'PL101', reason: 'The password is wrong.' },
  '530': { code: 'PL101', reason: 'The account may not log on at this hour.', remedy: ADMINS },
  '531': { code: 'PL101', reason: 'The account may not log on from this computer.', remedy: ADMINS },
  '532': { code: 'PL101', reason: 'The password has expired.', remedy: CHANGE },
  '533': { code: 'PL101', reason: 'The account is disabled.', remedy: 'Enable the account or use another.' },
  '701': { code: 'PL101', reason: 'The account has expired.', remedy: 'Extend the account or use another.' },
  '773': { code: 'PL101', reason: 'The password must be changed before it can be used.', remedy: CHANGE },
  '775': { code: 'PL101', reason: 'The account is locked out.', remedy: UNLOCK },
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
  WRONG_SHARE_TYPE: { code: '301', reason: 'C$ is there, but is no disk.' },
  STATUS_NETWORK_NAME_DELETED: { code: '301', reason: 'The share was removed while it was used.' },
  STATUS_PATH_NOT_COVERED: { code: '301', reason: 'The share points to another machine, which is never followed.' },
  STATUS_SHARING_PAUSED: { code: '302', reason: 'The share is paused.' },
  STATUS_REQUEST_NOT_ACCEPTED: { code: '302', reason: 'The server takes no more sessions.' },
  STATUS_INSUFFICIENT_RESOURCES: { code: '302', reason: 'The server has no more connections for the share.' },
  STATUS_INSUFF_SERVER_RESOURCES: { code: '302', reason: 'The server lacks resources for another session.' },
  STATUS_NETWORK_SESSION_EXPIRED: { code: '303', reason: 'The session has expired.' },
  STATUS_USER_SESSION_DELETED: { code: '303', reason: 'The session was ended by the server.' },
  STATUS_NETWORK_CREDENTIAL_CONFLICT: { code: '303', reason: 'Another session with other credentials exists.' },

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
  STATUS_MORE_PROCESSING_REQUIRED: { code: '452', reason: 'The logon does not come to an end.' },
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
  if (step === 3) return generalRegistryCause(failure);
  if (failure.kind === 'socket') return { code: '230' };
  if (failure.kind === 'timeout')
    return { code: '452', reason: 'The machine accepts the connection and does not answer.' };
  if (failure.kind === 'protocol') return { code: '452', reason: sentence(failure.message) };
  return { code: '452' };
}

function generalRegistryCause(failure: RawFailure): Cause {
  if (failure.kind === 'timeout') return { code: '502', reason: 'The registry does not answer.' };
  return failure.kind === 'protocol' ? { code: '502', reason: sentence(failure.message) } : { code: '502' };
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

/** The coded error of a directory that gave no computers, or not all. `data` is what lies beneath a refused logon. */
export function errorOfDirectory(
  raw: RawFailure,
  at: { readonly host: string; readonly port: number; readonly data?: string | undefined },
): ScanError {
  const byData = raw.code === 'LDAP_INVALID_CREDENTIALS' && at.data !== undefined ? LOGON_DATA[at.data] : undefined;
  const known = Object.hasOwn(DIRECTORY, raw.code) ? DIRECTORY[raw.code] : undefined;
  const general: Cause =
    raw.kind === 'tls'
      ? { code: 'PL102', reason: sentence(raw.message) }
      : { code: raw.kind === 'socket' || raw.kind === 'timeout' ? '201' : '202', reason: 'The directory failed.' };
  const { code, ...said } = byData ?? known ?? general;
  const { host, port } = at;
  return scanError(code, { raw, host, port, ...said });
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
  const names = [...Object.values(BY_STEP), DIRECTORY].flatMap((table) =>
    Object.entries(table)
      .filter(([, cause]) => cause.code === code)
      .map(([name]) => name),
  );
  return [...new Set(names)];
}

/**
 * The rows of the error table, in the order of the steps. Codes 200 to 553 keep the families of the product that Patchlab
 * follows (machine resolution, admin share and rights, remote registry); steps 4 to 7, and directories in step 1, have codes
 * of Patchlab's own, with the prefix PL.
 */

/** The seven steps, by number. */
export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One row of the error table. */
export interface ErrorRow {
  readonly code: string;
  readonly step: StepNumber;
  /** What it means for the scan, one sentence. */
  readonly meaning: string;
  /** What usually lies behind it. */
  readonly cause: string;
  readonly remedy: string;
  /** How to see the same without Patchlab; `{host}` and `{port}` are filled in. */
  readonly validate: string;
  /** Where the code and its meaning come from: the product's own material, what practitioners recall of it, or Patchlab. */
  readonly source: 'published' | 'recalled' | 'patchlab';
  readonly confidence: 'high' | 'medium' | 'low';
}

const SHARE_TEST = 'net use \\\\{host}\\C$ /user:NAME *';
const REGISTRY_TEST = 'regedit > File > Connect Network Registry > {host}';
const QUERY_OS = 'reg query "\\\\{host}\\HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"';
const DIRECTORY_TEST =
  'ldapsearch -H ldaps://{host}:{port} -D USER -W -b BASE "(objectClass=computer)" dn, or ldp.exe > Connection > Connect';
const REPEAT = 'Scan again. If it stays, look at the network between here and the machine, and at its event log.';

/** Every row, in the order of the steps. */
export const ERROR_TABLE = [
  {
    code: '200',
    step: 1,
    meaning: 'The machine was not found.',
    cause: 'No name service knows the name.',
    remedy: 'Correct the name, or add the machine by its full DNS name or its address.',
    validate: 'nslookup {host}, then ping {host}',
    source: 'recalled',
    confidence: 'high',
  },
  {
    code: '201',
    step: 1,
    meaning: 'A network problem kept the machine from being resolved.',
    cause: 'The name service could not be reached, refused, or did not answer in time.',
    remedy: 'Check the connection to the DNS server of this computer; or scan by address.',
    validate: 'nslookup {host}',
    source: 'recalled',
    confidence: 'high',
  },
  {
    code: '202',
    step: 1,
    meaning: 'A network problem kept the machine from being resolved.',
    cause: 'A directory or name service answered with a failure of its own.',
    remedy: 'Check that the directory or DNS server works; or scan by address.',
    validate: 'nslookup {host}',
    source: 'recalled',
    confidence: 'medium',
  },
  {
    code: 'PL101',
    step: 1,
    meaning: 'The directory refused the logon.',
    cause:
      'User name or password are wrong, the account may not be used, or the directory wants an encrypted connection.',
    remedy:
      'Check user name and password. They are not tried a second time, nor elsewhere in this scan: accounts lock.',
    validate: DIRECTORY_TEST,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL102',
    step: 1,
    meaning: 'The directory server does not prove who it is, so nothing secret was said to it.',
    cause: 'Its certificate is not of a trusted authority, has expired, is for another name, or it speaks no TLS.',
    remedy:
      'Give the certificate of the authority that signed it ("ca" of the directory), or give the server a certificate for ' +
      'its DNS name.',
    validate: 'openssl s_client -connect {host}:{port} -servername {host} -CAfile FILE',
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL103',
    step: 1,
    meaning: 'The directory has no such part.',
    cause: "The domain or the organizational unit is written otherwise, was renamed, or is another server's.",
    remedy: 'Correct "ous" of the group, or "base" and "domain" of the directory.',
    validate: DIRECTORY_TEST,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL104',
    step: 1,
    meaning: 'The directory did not give all of its computers; those that it gave are there.',
    cause: 'A limit of the server for size or time was reached.',
    remedy: 'Name smaller parts ("ous"), or let this account have more (MaxPageSize, size.prtotal, time limits).',
    validate: DIRECTORY_TEST,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: '230',
    step: 2,
    meaning: 'A general network error.',
    cause: 'This computer has no route to the machine, or the connection broke before a logon.',
    remedy: 'Check the network; log on to the machine remotely in another way.',
    validate: 'ping {host}',
    source: 'recalled',
    confidence: 'high',
  },
  {
    code: '235',
    step: 2,
    meaning: 'Nothing answers there, or the port is filtered.',
    cause: 'The machine is off, the address is unused, or a firewall drops the packets.',
    remedy: 'Turn the machine on; open TCP port {port} (File and Printer Sharing) in its firewall.',
    validate: 'ping {host}, then Test-NetConnection {host} -Port {port}',
    source: 'recalled',
    confidence: 'high',
  },
  {
    code: '261',
    step: 2,
    meaning: 'The machine is up, but its file sharing does not listen.',
    cause: 'The Server service is stopped, or File and Printer Sharing is not bound to the network card.',
    remedy: 'Start the Server service (LanmanServer) and turn on File and Printer Sharing.',
    validate: 'sc \\\\{host} query LanmanServer, or Test-NetConnection {host} -Port {port}',
    source: 'recalled',
    confidence: 'high',
  },
  {
    code: '301',
    step: 2,
    meaning: 'The share of the system drive (C$) cannot be reached.',
    cause: 'The administrative shares are turned off, or the system drive is another one.',
    remedy:
      'Turn the administrative shares on: AutoShareServer (servers) or AutoShareWks (workstations) = 1 under ' +
      'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters, then restart the Server service.',
    validate: SHARE_TEST,
    source: 'published',
    confidence: 'high',
  },
  {
    code: '302',
    step: 2,
    meaning: 'A share of the system drive cannot be used.',
    cause: 'The share is paused, or the server takes no more sessions.',
    remedy: 'Look at the sessions and shares of the machine (net session, net share), then scan again.',
    validate: SHARE_TEST,
    source: 'recalled',
    confidence: 'low',
  },
  {
    code: '303',
    step: 2,
    meaning: 'A share of the system drive cannot be used.',
    cause: 'The session was ended, or another one with other credentials stands in the way.',
    remedy: 'End other connections to the machine (net use \\\\{host} /delete), then scan again.',
    validate: SHARE_TEST,
    source: 'recalled',
    confidence: 'low',
  },
  {
    code: '451',
    step: 2,
    meaning: 'Administrator rights are required on the machine.',
    cause: 'The logon was refused, or the user may not use the administrative share.',
    remedy:
      'Use an account of the local Administrators group. For a local account other than the built-in Administrator also set ' +
      'LocalAccountTokenFilterPolicy = 1 under HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System.',
    validate: SHARE_TEST,
    source: 'recalled',
    confidence: 'high',
  },
  {
    code: '452',
    step: 2,
    meaning: 'This machine cannot be scanned.',
    cause: 'It accepts the connection, but no SMB dialect, signing, encryption or authentication can be agreed.',
    remedy: 'Check the Server service, that SMB 2 or 3 is on, and the policies for signing and NTLM.',
    validate: SHARE_TEST,
    source: 'recalled',
    confidence: 'medium',
  },
  {
    code: '501',
    step: 3,
    meaning: 'Access to the remote registry was denied.',
    cause: 'The user may not open the registry over the network.',
    remedy:
      'Give administrators access to HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurePipeServers\\winreg on the machine.',
    validate: REGISTRY_TEST,
    source: 'published',
    confidence: 'high',
  },
  {
    code: '502',
    step: 3,
    meaning: 'The remote registry could not be read.',
    cause: 'A registry call failed or was not answered in time.',
    remedy: REPEAT,
    validate: REGISTRY_TEST,
    source: 'recalled',
    confidence: 'medium',
  },
  {
    code: '503',
    step: 3,
    meaning: 'The remote registry could not be read.',
    cause: 'The connection was lost while the registry was opened.',
    remedy: REPEAT,
    validate: REGISTRY_TEST,
    source: 'recalled',
    confidence: 'medium',
  },
  {
    code: '553',
    step: 3,
    meaning: 'The Remote Registry service is not running.',
    cause: 'The service is stopped or disabled, which is the default of Windows clients.',
    remedy: 'Start the service RemoteRegistry on the machine (sc \\\\{host} start RemoteRegistry).',
    validate: 'sc \\\\{host} query RemoteRegistry',
    source: 'recalled',
    confidence: 'high',
  },
  {
    code: 'PL401',
    step: 4,
    meaning: 'The operating system could not be determined.',
    cause: 'A registry value that tells version, build or product type could not be read.',
    remedy: 'Check that the user may read HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion over the network.',
    validate: QUERY_OS,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL402',
    step: 4,
    meaning: 'The machine does not say which Windows it runs.',
    cause: 'The values that every Windows has are not there, or say something that is no version.',
    remedy: 'Check that the machine is a Windows machine and that its registry is whole.',
    validate: QUERY_OS,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL403',
    step: 4,
    meaning: 'Wrong machine: another machine answers under this name.',
    cause: 'A name service holds an old address, or the name is an alias.',
    remedy: 'Correct the name service, or scan the machine by its own name or its address.',
    validate:
      'nslookup {host}, then reg query "\\\\{host}\\HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName"',
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL405',
    step: 4,
    meaning: 'The connection was lost while the operating system was determined.',
    cause: 'The machine went down, or the network or the session was cut.',
    remedy: REPEAT,
    validate: QUERY_OS,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL406',
    step: 4,
    meaning: 'The scan ran out of time while the operating system was determined.',
    cause: 'The machine or the network is slower than the deadline of the scan.',
    remedy: 'Scan again when the machine is less busy, or allow more time.',
    validate: QUERY_OS,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL410',
    step: 4,
    meaning: 'The snapshot cannot be read.',
    cause: 'The file is not there, is not a snapshot, or is damaged.',
    remedy: 'Check the path; record the machine again with `patchlab record`.',
    validate: 'Open the file: it is JSON and begins with "schema": "patchlab-snapshot/1".',
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL501',
    step: 5,
    meaning: 'The connection was lost while products were detected; what could not be read is unknown.',
    cause: 'The machine went down, or the network or the session was cut.',
    remedy: REPEAT,
    validate: SHARE_TEST,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL502',
    step: 5,
    meaning: 'The scan ran out of time while products were detected; what could not be read is unknown.',
    cause: 'The machine or the network is slower than the deadline of the scan.',
    remedy: 'Scan again when the machine is less busy, allow more time, or scan with less content.',
    validate: 'ping {host}',
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL601',
    step: 6,
    meaning: 'The connection was lost while patch status was determined; what could not be read is unknown.',
    cause: 'The machine went down, or the network or the session was cut.',
    remedy: REPEAT,
    validate: SHARE_TEST,
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL602',
    step: 6,
    meaning: 'The scan ran out of time while patch status was determined; what could not be read is unknown.',
    cause: 'The machine or the network is slower than the deadline of the scan.',
    remedy: 'Scan again when the machine is less busy, allow more time, or scan with less content.',
    validate: 'ping {host}',
    source: 'patchlab',
    confidence: 'high',
  },
  {
    code: 'PL701',
    step: 7,
    meaning: 'The result could not be written to the arrivals folder.',
    cause: 'The folder cannot be made or written to, or the disk is full.',
    remedy: 'Check the path, its permissions and the free space, then scan again.',
    validate: 'Make a file in the arrivals folder as the same user.',
    source: 'patchlab',
    confidence: 'high',
  },
] as const satisfies readonly ErrorRow[];

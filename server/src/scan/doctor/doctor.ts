/**
 * Every validation that an author would do by hand, one after another, up to the first that keeps a machine from being
 * scanned. What the system lacks is *not tested*: a TCP connection never passes for a ping.
 */
import { isIP } from 'node:net';
import { connectLive, type LiveConnection } from '../../machine/live/live.ts';
import { asPhase } from '../../wire/failure.ts';
import type { Call } from '../../wire/smb/call.ts';
import { openTransport } from '../../wire/smb/transport.ts';
import { errorOfFailure } from '../error-causes.ts';
import { describeRaw, type RawFailure } from '../failure.ts';
import type { Credential } from '../options.ts';
import type { ScanError } from '../result.ts';
import type { StepOutcome } from '../steps/outcome.ts';
import type { ResolvedMachine } from '../steps/resolve.ts';
import { pingArguments, systemProgram, type ProgramRun, type RunProgram } from './programs.ts';

/** `warning` looks wrong and does not keep the machine from being scanned. */
export type ExaminationStatus = 'ok' | 'warning' | 'failed' | 'not tested';

/** One validation. */
export interface Examination {
  readonly name: string;
  readonly status: ExaminationStatus;
  /** What was seen, or why it was not tested. */
  readonly said: string;
  /** The system's own program, as a person would type it, and what it printed. */
  readonly command?: string;
  readonly output?: string;
  /** Of a failed one: the code, where the scan has one for it, and the remedy. */
  readonly error?: Omit<ScanError, 'code'> & { readonly code: string | null };
}

export interface DoctorOptions {
  readonly host: string;
  readonly port: number;
  /** Step 1 as the scan would do it; done by the caller, who also asks whether the credential may go there. */
  readonly resolved: StepOutcome<ResolvedMachine>;
  readonly credential?: Credential;
  readonly signal: AbortSignal;
  /** For each request, milliseconds. */
  readonly requestTimeout?: number;
  readonly run?: RunProgram;
  readonly tell: (examination: Examination) => void;
}

const DIRECT_PORT = 445;
const SESSION_PORT = 139;
const REQUEST_MS = 15_000;

/** Examines a machine; gives whether it can be scanned as far as that was tested. Rejects only when cancelled. */
export async function examine(options: DoctorOptions): Promise<boolean> {
  const { resolved, tell } = options;
  const machine = await examineName(options);
  if (!resolved.ok || !machine) return false;
  tell(await examinePing(options, machine));
  if (!(await examinePorts(options, machine))) return false;
  if (!options.credential) {
    for (const name of ['logon and C$', 'ADMIN$', 'remote registry', 'service control'])
      tell({ name, status: 'not tested', said: 'it needs a credential: give --user' });
    return true;
  }
  return await examineInside(options, machine, options.credential);
}

async function program(options: DoctorOptions, name: string, args: readonly string[]): Promise<ProgramRun | undefined> {
  return await (options.run ?? systemProgram())(name, args, options.signal);
}

const shown = (run: ProgramRun) => ({ command: run.command, output: run.output });
const lacking = (name: string, program: string): Examination => ({
  name,
  status: 'not tested',
  said: `this system has no ${program}`,
});

const FOUND_BY = {
  ...{ address: 'an address', range: 'an address', dns: 'DNS', netbios: 'NetBIOS alone' },
  'domain-dns': "the domain's DNS",
} as const;

async function examineName(options: DoctorOptions): Promise<ResolvedMachine | undefined> {
  const { host, resolved, tell } = options;
  if (isIP(host) === 0) {
    const run = await program(options, 'nslookup', [host]);
    tell(
      run
        ? {
            name: 'nslookup',
            status: run.succeeded ? 'ok' : 'warning',
            said: run.succeeded ? 'it answers' : 'it finds nothing',
            ...shown(run),
          }
        : lacking('nslookup', 'nslookup'),
    );
  }
  const name = 'name';
  if (!resolved.ok) {
    tell({ name, status: 'failed', said: resolved.error.raw, error: resolved.error });
    return undefined;
  }
  const { addresses, foundBy } = resolved.value;
  tell({ name, status: 'ok', said: `${addresses.join(', ')}, by ${FOUND_BY[foundBy]}` });
  return resolved.value;
}

/** Firewalls drop pings: silence is no failure. */
async function examinePing(options: DoctorOptions, machine: ResolvedMachine): Promise<Examination> {
  // The system may not know a name that only NetBIOS has.
  const {
    addresses: [address = machine.host],
  } = machine;
  const run = await program(options, 'ping', pingArguments(machine.foundBy === 'dns' ? machine.host : address));
  if (!run) return lacking('ping', 'ping');
  if (run.succeeded) return { name: 'ping', status: 'ok', said: 'the machine answers', ...shown(run) };
  return { name: 'ping', status: 'warning', said: 'no answer; a firewall may drop pings', ...shown(run) };
}

async function examinePorts(options: DoctorOptions, machine: ResolvedMachine): Promise<boolean> {
  const { signal, tell, port } = options;
  const knock = async (at: number): Promise<RawFailure | undefined> => {
    const opened = await asPhase(openAny(machine.addresses, at, { signal }));
    return opened.ok ? undefined : opened.failure;
  };
  const name = (at: number) => `TCP port ${at}`;
  const open = 'it takes connections';
  const direct = await knock(port);
  if (port !== DIRECT_PORT) {
    const error = direct && errorOfFailure(2, direct, machine);
    tell({ name: name(port), status: error ? 'failed' : 'ok', said: error?.raw ?? open, ...(error && { error }) });
    return direct === undefined;
  }
  const session = await knock(SESSION_PORT);
  // Either is enough: a NetBIOS session is the way in where 445 is refused.
  const isEnough = direct === undefined || (direct.code === 'ECONNREFUSED' && session === undefined);
  const error = isEnough ? undefined : errorOfFailure(2, direct, machine);
  const instead = session === undefined ? '; the NetBIOS session on 139 is used' : '';
  tell({ name: name(SESSION_PORT), status: session ? 'warning' : 'ok', said: session ? describeRaw(session) : open });
  tell({
    name: name(port),
    status: direct === undefined ? 'ok' : isEnough ? 'warning' : 'failed',
    said: direct === undefined ? open : `${describeRaw(direct)}${isEnough ? instead : ''}`,
    ...(error && { error }),
  });
  return isEnough;
}

/** A connection to the first address that takes one on exactly this port. */
async function openAny(addresses: readonly string[], port: number, call: Call): Promise<void> {
  const [host = ''] = addresses;
  (await openTransport({ host, port }, call)).end();
}

async function examineInside(
  options: DoctorOptions,
  machine: ResolvedMachine,
  credential: Credential,
): Promise<boolean> {
  const { signal, tell, requestTimeout: requestMs = REQUEST_MS } = options;
  const { host, port, addresses } = machine;
  const name = 'logon and C$';
  const failed = (error: ScanError): false => {
    tell({ name, status: 'failed', said: error.raw, error });
    return false;
  };
  const connected = await connectLive({ host, port, addresses, credential, deadlines: { requestMs } }, signal);
  if (!connected.ok) return failed(errorOfFailure(2, connected.failure, machine));
  const connection = connected.value;
  try {
    const share = await connection.openShare('C$', signal);
    if (!share.ok) return failed(errorOfFailure(2, share.failure, machine));
    tell({ name, status: 'ok', said: describeAgreed(connection) });
    await examineAdmin(options, connection);
    return (await examineRegistry(options, connection)) && (await examineServices(options, connection));
  } finally {
    await connection.close();
  }
}

function describeAgreed({ agreed, names, framing }: LiveConnection): string {
  const { dialect, signing, cipher } = agreed;
  const calls = names.computer === null ? '' : `; the machine calls itself ${names.computer}`;
  const way = framing === 'netbios' ? ' over a NetBIOS session' : '';
  return `SMB ${dialect}${way}, signed with ${signing ?? 'nothing'}, encrypted with ${cipher ?? 'nothing'}${calls}`;
}

async function examineAdmin({ tell, signal }: DoctorOptions, connection: LiveConnection): Promise<void> {
  const name = 'ADMIN$';
  const drive = await connection.systemDrive(signal);
  if (drive.ok) tell({ name, status: 'ok', said: `Windows is on drive ${drive.value}:` });
  else tell({ name, status: 'warning', said: `${describeRaw(drive.failure)}; the system drive is taken to be C:` });
}

async function examineRegistry(options: DoctorOptions, connection: LiveConnection): Promise<boolean> {
  const { tell, signal, host, port } = options;
  const name = 'remote registry';
  const opened = await connection.openRegistry(signal);
  if (!opened.ok) {
    const error = errorOfFailure(3, opened.failure, { host, port });
    tell({ name, status: 'failed', said: error.raw, error });
    return false;
  }
  const path = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
  const [build] = await connection
    .machine()
    .observe([{ kind: 'value', hive: 'HKLM', path, name: 'CurrentBuildNumber' }], signal);
  const said = build?.state === 'present' ? 'it can be read' : 'it is open; the build number of Windows cannot be read';
  tell({ name, status: build?.state === 'present' ? 'ok' : 'warning', said });
  return true;
}

async function examineServices({ tell, signal, host }: DoctorOptions, connection: LiveConnection): Promise<boolean> {
  const name = 'service control';
  const [service] = await connection.machine().observe([{ kind: 'service', name: 'RemoteRegistry' }], signal);
  if (service?.state !== 'unreadable') {
    tell({ name, status: 'ok', said: 'services can be asked for' });
    return true;
  }
  const raw = service.raw ?? service.reason;
  tell({
    name,
    status: 'failed',
    said: service.reason,
    error: {
      code: null,
      meaning: 'Services cannot be asked for; checks of services stay unknown.',
      raw,
      remedy: 'Use an account of the local Administrators group; if it is one, look into the event log of the machine.',
      validate: `sc \\\\${host} query RemoteRegistry`,
    },
  });
  return false;
}

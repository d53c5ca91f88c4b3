/**
 * A live machine over SMB and remote registry, in phases that can fail one by one:
 *
 *   const connected = await connectLive({ host, port, credential, ...limits }, signal);   // Phase<LiveConnection>
 *   const share     = await connected.value.openShare('C$', signal);                      // Phase<ShareInfo>
 *   const drive     = await connected.value.systemDrive(signal);                          // Phase<string>, 'C'; optional
 *   const registry  = await connected.value.openRegistry(signal);                         // Phase<true>
 *   const machine   = connected.value.machine();                                          // a Machine (../port.ts)
 *   await connected.value.close();                                                        // also ends the machine
 *
 * `Phase<T>` is `{ ok: true, value } | { ok: false, failure: WireFailure }`; a phase rejects only with the signal's reason.
 * A failed phase leaves the connection usable: what depends on it is *unreadable*.
 */
import { NODE_CRYPTO, type CryptoSuite } from '../../wire/crypto/suite.ts';
import { RpcPipe } from '../../wire/dcerpc/pipe.ts';
import { sharePath, SRVSVC } from '../../wire/dcerpc/srvsvc.ts';
import { asPhase, win32Error, WireError, type Phase, type WireFailure } from '../../wire/failure.ts';
import { loadStatusTable, NT } from '../../wire/nt-status.ts';
import { ntlmAuthenticator } from '../../wire/ntlm/authenticator.ts';
import type { TargetNames } from '../../wire/ntlm/target-info.ts';
import type { Call } from '../../wire/smb/call.ts';
import { COMMAND } from '../../wire/smb/header.ts';
import {
  ALL_CIPHERS,
  ALL_SIGNING,
  DIALECTS,
  isAtLeast,
  type Cipher,
  type Dialect,
  type SigningAlgorithm,
} from '../../wire/smb/dialect.ts';
import {
  openSession,
  type Agreed,
  type EncryptionPolicy,
  type LogonTurn,
  type SmbSession,
} from '../../wire/smb/session.ts';
import { connectTree, validateNegotiation, type Tree } from '../../wire/smb/tree.ts';
import type { Framing } from '../../wire/smb/transport.ts';
import type { BrowsableMachine } from '../listing.ts';
import { MachineChanges } from './changes.ts';
import { LiveMachine } from './live-machine.ts';
import { reach } from './reach.ts';
import { Registry } from './registry.ts';
import { RegistryPipe } from './registry-pipe.ts';
import { Shares } from './shares.ts';

export type { Agreed, LogonTurn, MachineChanges, Phase, TargetNames, WireFailure };

export interface Credential {
  /** `user`, `DOMAIN\user` or `user@domain`. */
  readonly user: string;
  readonly password: string;
}

export interface LiveOptions {
  /** A name or an address. */
  readonly host: string;
  /** 445 where it is not said. */
  readonly port?: number;
  /** Where the host was found, in the order in which to try; without it the system looks the host up. */
  readonly addresses?: readonly string[];
  /** Of the NetBIOS session service, tried where the port refuses: 139 beside 445, where it is not said. */
  readonly sessionPort?: number;
  readonly credential: Credential;
  /** Lets connections to several machines prove the password one after another. */
  readonly logonTurn?: LogonTurn;
  /** True where it is not said. */
  readonly requireSigning?: boolean;
  /** `preferred` where it is not said: whatever the machine can encrypt is encrypted. */
  readonly encryption?: EncryptionPolicy;
  readonly dialects?: { readonly min?: Dialect; readonly max?: Dialect };
  /** Best first; an empty list offers no encryption. */
  readonly ciphers?: readonly Cipher[];
  readonly signing?: readonly SigningAlgorithm[];
  /** Milliseconds: 5000 to connect, 15000 for each request where it is not said. */
  readonly deadlines?: { readonly connectMs?: number; readonly requestMs?: number };
  /** Winreg pipes at most; 16 where it is not said. */
  readonly pipes?: number;
  readonly crypto?: CryptoSuite;
}

export interface ShareInfo {
  /** As opened: `C$`. */
  readonly share: string;
}

/** Connects and logs on. */
export async function connectLive(options: LiveOptions, signal?: AbortSignal): Promise<Phase<LiveConnection>> {
  return await asPhase(connect(options, signal));
}

async function connect(options: LiveOptions, signal: AbortSignal | undefined): Promise<LiveConnection> {
  const suite = options.crypto ?? NODE_CRYPTO;
  const counter = { waits: 1 };
  const authenticator = ntlmAuthenticator({ suite, account: accountOf(options.credential), host: options.host });
  const transport = await reach(options, { signal, deadlineMs: options.deadlines?.connectMs });
  await loadStatusTable();
  const session = await openSession(
    transport,
    {
      suite,
      authenticator,
      deadlineMs: options.deadlines?.requestMs ?? 15_000,
      logonTurn: options.logonTurn,
      encryption: options.encryption ?? 'preferred',
      offer: {
        dialects: dialectRange(options.dialects ?? {}),
        ciphers: options.ciphers ?? ALL_CIPHERS,
        signing: options.signing ?? ALL_SIGNING,
        requireSigning: options.requireSigning ?? true,
        clientGuid: suite.random(16),
        salt: suite.random(32),
      },
    },
    { signal, counter },
  );
  return await LiveConnection.begin(session, options, { signal, counter });
}

function dialectRange(range: { readonly min?: Dialect; readonly max?: Dialect }): readonly Dialect[] {
  return DIALECTS.filter((d) => isAtLeast(d, range.min ?? '2.0.2') && isAtLeast(range.max ?? '3.1.1', d));
}

/** `DOMAIN\user` names the domain; `user@domain` goes as it is, with no domain beside it (MS-NLMP 3.1.5.1.2). */
function accountOf(credential: Credential): { user: string; password: string; domain: string } {
  const backslash = credential.user.indexOf('\\');
  const { password } = credential;
  if (backslash < 0) return { user: credential.user, password, domain: '' };
  return { user: credential.user.slice(backslash + 1), password, domain: credential.user.slice(0, backslash) };
}

interface Begun {
  readonly waits: number;
  readonly signal: AbortSignal | undefined;
}

/** A logged-on connection to one machine. */
export class LiveConnection {
  /** The names that the machine gave in its logon challenge. */
  readonly names: TargetNames;
  /** Direct TCP, or a NetBIOS session. */
  readonly framing: Framing;
  /** The address that answered. */
  readonly address: string | null;
  readonly port: number;
  readonly #session: SmbSession;
  readonly #pipes: Tree;
  readonly #maxPipes: number;
  readonly #shares: Shares;
  readonly #machine: LiveMachine;

  private constructor(session: SmbSession, options: LiveOptions, state: { pipes: Tree } & Begun) {
    this.#session = session;
    this.#pipes = state.pipes;
    this.#maxPipes = options.pipes ?? 16;
    this.#shares = new Shares(session, options.host);
    this.names = session.names;
    this.address = session.connection.transport.remoteAddress;
    this.framing = session.connection.transport.framing ?? 'direct';
    this.port = options.port ?? 445;
    const { pipes, waits, signal } = state;
    this.#machine = new LiveMachine({ session, shares: this.#shares, pipes, waits, signal });
  }

  /** Not for callers: `connectLive` makes one. The first tree allows to validate the negotiation. */
  static async begin(
    session: SmbSession,
    options: LiveOptions,
    call: Call & { counter: { waits: number } },
  ): Promise<LiveConnection> {
    try {
      const pipes = await connectTree(session, { host: options.host, share: 'IPC$', type: 'PIPE' }, call);
      await validateNegotiation(pipes, call);
      return new LiveConnection(session, options, { pipes, waits: call.counter.waits, signal: call.signal });
    } catch (error) {
      session.connection.end({ kind: 'protocol', code: 'NOT_ESTABLISHED', message: 'the session could not be set up' });
      throw error;
    }
  }

  /** What ended the connection, once it has ended: from then on everything is *unreadable*. */
  get failure(): WireFailure | undefined {
    return this.#session.connection.failure;
  }

  /** When the last answer came, by `performance.now()`. */
  get heardAt(): number {
    return this.#session.connection.receivedAt;
  }

  /** Asks whether the machine answers at all; gives why it does not. */
  async stillThere(signal?: AbortSignal): Promise<WireFailure | undefined> {
    const echo = { command: COMMAND.ECHO, body: Buffer.from([4, 0, 0, 0]) };
    const answered = await asPhase(this.#session.connection.request(echo, { signal, deadlineMs: ECHO_MS }));
    return answered.ok ? undefined : answered.failure;
  }

  /** Dialect, signing and cipher in force now. */
  get agreed(): Agreed {
    return this.#session.agreed();
  }

  /**
   * Connects an administrative share, `C$`; files of its drive can be read from then on. A share of another name can stand
   * for it.
   */
  async openShare(share: string, signal?: AbortSignal, instead?: string): Promise<Phase<ShareInfo>> {
    const counter = { waits: 0 };
    const opened = await asPhase(this.#shares.open(share, { signal, counter }, instead));
    this.#machine.addWaits(counter.waits);
    return opened.ok ? { ok: true, value: { share: opened.value.share } } : opened;
  }

  /**
   * Opens remote registry. Current Windows starts the service when its pipe is asked for, and is not always fast enough:
   * so one more attempt, a moment later.
   */
  async openRegistry(signal?: AbortSignal): Promise<Phase<true>> {
    const counter = { waits: 0 };
    const call = { signal, counter };
    const opened = await asPhase(
      RegistryPipe.open(this.#pipes, call).catch(async (error: unknown) => {
        if (!isNotYetStarted(error)) throw error;
        await pause(TRIGGER_START_MS, signal);
        return await RegistryPipe.open(this.#pipes, call);
      }),
    );
    this.#machine.addWaits(counter.waits);
    if (!opened.ok) return opened;
    this.#machine.useRegistry(new Registry(this.#pipes, opened.value, this.#maxPipes));
    return { ok: true, value: true };
  }

  /** The drive that Windows is on, `C`, as the path behind ADMIN$ says: known before any registry is open. */
  async systemDrive(signal?: AbortSignal): Promise<Phase<string>> {
    const counter = { waits: 0 };
    const path = await asPhase(this.#sharePath('ADMIN$', { signal, counter }));
    this.#machine.addWaits(counter.waits);
    if (!path.ok) return path;
    const drive = /^([a-z]):\\/i.exec(path.value)?.[1];
    if (drive !== undefined) return { ok: true, value: drive.toUpperCase() };
    return { ok: false, failure: { kind: 'protocol', code: 'NO_SYSTEM_DRIVE', message: 'ADMIN$ lies on no drive' } };
  }

  /** Changes the machine, as far as the scan was asked to. */
  async change<T>(work: (changes: MachineChanges) => Promise<T>, signal: AbortSignal): Promise<Phase<T>> {
    const counter = { waits: 0 };
    const done = await asPhase(work(new MachineChanges(this.#pipes, { signal, counter })));
    this.#machine.addWaits(counter.waits);
    return done;
  }

  async #sharePath(share: string, call: Call): Promise<string> {
    const pipe = await RpcPipe.open(this.#pipes, SRVSVC, call);
    try {
      const { code, value } = await sharePath(pipe, share, call);
      if (code !== 0) throw win32Error(code, `the path of ${share} could not be read`);
      return value;
    } finally {
      pipe.close();
    }
  }

  /** What was opened so far, as a Machine; it follows further phases. */
  machine(): BrowsableMachine {
    return this.#machine;
  }

  /** Logs off and ends the connection; only ends it where the signal that it was made with is aborted. Never rejects. */
  async close(): Promise<void> {
    await this.#machine.close();
  }
}

/** An echo costs a machine nothing: one that is there answers at once. */
const ECHO_MS = 2000;
const TRIGGER_START_MS = 400;

function isNotYetStarted(error: unknown): boolean {
  if (!(error instanceof WireError)) return false;
  const { number } = error.failure;
  return number === NT.OBJECT_NAME_NOT_FOUND || number === NT.PIPE_NOT_AVAILABLE || number === NT.PIPE_BUSY;
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  signal?.throwIfAborted();
}

/**
 * From questions to members: each directory is asked over one connection, and whatever goes wrong is a coded error beside
 * what was found. A refused credential is used nowhere again; no referral is followed.
 */
import { errorOfDirectory } from '../error-causes.ts';
import { describeRaw, type RawFailure } from '../failure.ts';
import type { ExcludedMachine } from '../groups/locate.ts';
import type { DirectoryQuestion, Member } from '../groups/expand.ts';
import type { DirectoryPlace } from '../groups/places.ts';
import type { Credential } from '../options.ts';
import type { ScanError } from '../result.ts';
import type { Directories, Directory } from './directory.ts';
import type { DomainNames } from './dns.ts';
import { findComputers, findPart, requireEntry, type Computer, type LeftOut } from './computers.ts';
import { DirectoryError, logonData } from './failure.ts';
import { isBelow } from './names.ts';
import { serversOf } from './servers.ts';
import type { LdapSession } from './session.ts';
import { openSession, type DirectoryServer } from './socket.ts';

/** What one question came to. */
export interface AskedDirectory {
  readonly directory: string;
  /** The place as it was written. */
  readonly place: string;
  /** Where it was asked for. */
  readonly origin: string;
  /** `dc1.lab.example:636`; null where none was reached. */
  readonly server: string | null;
  readonly computers: number;
  readonly ms: number;
  readonly error?: ScanError;
}

export interface DirectoryAnswers {
  readonly members: readonly Member[];
  readonly asked: readonly AskedDirectory[];
  readonly leftOut: readonly ExcludedMachine[];
  readonly warnings: readonly string[];
}

/** Where a credential is about to go. */
export interface DirectoryLogon {
  readonly directory: Directory;
  readonly server: DirectoryServer;
  readonly ca: string | undefined;
}

export interface AskOptions {
  readonly directories: Directories;
  readonly names: DomainNames;
  /** The credential of a directory, after the user has allowed it to go there; throws where there is none. */
  readonly credentialFor: (logon: DirectoryLogon) => Promise<Credential>;
  /** The certificates of the authorities that a directory trusts; throws where the file cannot be read. */
  readonly readCa: (path: string) => Promise<string>;
  /** Whether a credential was refused before; and that it was. */
  readonly refusals: { isRefused(credential: Credential): boolean; add(credential: Credential): void };
  readonly signal: AbortSignal;
  readonly tell?: (message: string) => void;
  readonly connectMs?: number;
  readonly requestMs?: number;
}

const CONNECT_MS = 5000;
const REQUEST_MS = 30_000;

/** Asks all. Rejects with the signal's reason, and with what `credentialFor` rejects with. */
export async function askDirectories(
  questions: readonly DirectoryQuestion[],
  options: AskOptions,
): Promise<DirectoryAnswers> {
  const answers = {
    members: [] as Member[],
    asked: [] as AskedDirectory[],
    leftOut: [] as ExcludedMachine[],
    warnings: [] as string[],
  };
  const stop = () => {
    options.names.cancel();
  };
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    // One after another: a credential that the first refuses must not be on its way to the second.
    for (const directory of options.directories.values()) {
      const mine = questions.filter(({ place }) => place.directory === directory.name);
      if (mine.length > 0) await askOne(directory, mine, { options, answers });
    }
  } finally {
    options.signal.removeEventListener('abort', stop);
  }
  return answers;
}

interface Asking {
  readonly options: AskOptions;
  readonly answers: {
    readonly members: Member[];
    readonly asked: AskedDirectory[];
    readonly leftOut: ExcludedMachine[];
    readonly warnings: string[];
  };
}

async function askOne(
  directory: Directory,
  questions: readonly DirectoryQuestion[],
  { options, answers }: Asking,
): Promise<void> {
  const begun = performance.now();
  options.tell?.(`asking the directory ${directory.name}`);
  const reached = await reach(directory, { options, answers });
  const common = (question: DirectoryQuestion) => ({
    ...{ directory: directory.name, place: question.place.text, origin: question.origin.text },
  });
  if ('failure' in reached) {
    const ms = Math.round(performance.now() - begun);
    const error = errorAt(reached.failure, directory, reached.server);
    for (const question of questions)
      answers.asked.push({ ...common(question), server: null, computers: 0, ms, error });
    return;
  }
  const { session, server } = reached;
  try {
    for (const question of questions) {
      const started = performance.now();
      const into: Told = { computers: [], leftOut: [], references: [], barred: [] };
      const failure = await attempt(options.signal, () => ask(session, { directory, question, options }, into));
      const { port, origin } = question;
      const barred = (computer: Computer) => into.barred.find(({ dn }) => isBelow(computer.dn, dn));
      const wanted = into.computers.filter((computer) => barred(computer) === undefined);
      answers.members.push(...wanted.map((computer) => memberOf(computer, port, origin)));
      for (const computer of into.computers) {
        const by = barred(computer)?.text;
        if (by !== undefined) answers.leftOut.push({ machine: computer.names[0] ?? computer.dn, by });
      }
      answers.leftOut.push(...into.leftOut.map(({ name, why }) => ({ machine: name, by: why })));
      for (const uri of new Set(into.references.slice(0, 8)))
        answers.warnings.push(`directory ${directory.name}: ${uri} is on another server, which is not asked`);
      answers.asked.push({
        ...common(question),
        ...{ server: `${server.host}:${server.port}`, computers: wanted.length },
        ms: Math.round(performance.now() - started),
        ...(failure && { error: errorAt(failure, directory, server) }),
      });
    }
  } finally {
    session.close();
  }
}

function memberOf({ names }: Computer, port: number, origin: DirectoryQuestion['origin']): Member {
  const [host = '', ...otherNames] = names;
  return { host, port, kind: 'host', origins: [origin], otherNames };
}

interface Asked {
  readonly directory: Directory;
  readonly question: DirectoryQuestion;
  readonly options: AskOptions;
}

interface Told {
  readonly computers: Computer[];
  readonly leftOut: LeftOut[];
  readonly references: string[];
  /** Parts whose computers are left out, and how the group wrote them. */
  readonly barred: { readonly dn: string; readonly text: string }[];
}

async function ask(session: LdapSession, { directory, question, options }: Asked, into: Told): Promise<void> {
  const whereIs = async ({ dn, path }: DirectoryPlace): Promise<string> =>
    dn ?? (path ? await findPart(session, directory.base, path) : directory.base);
  // A part that is to be left out and is not there is a failure: else it would be scanned because of a slip of the pen.
  for (const exclusion of question.origin.exclude) {
    if (exclusion.kind !== 'place' || exclusion.place.directory !== directory.name) continue;
    const dn = await whereIs(exclusion.place);
    await requireEntry(session, dn);
    into.barred.push({ dn, text: exclusion.text });
  }
  const base = await whereIs(question.place);
  const { domain } = directory;
  const tell = (found: number) => options.tell?.(`directory ${directory.name}: ${found} computers`);
  await findComputers(session, { base, domain, choice: question.computers, now: new Date(), tell }, into);
}

type Reached =
  | { readonly session: LdapSession; readonly server: DirectoryServer }
  | { readonly failure: RawFailure; readonly server: DirectoryServer | undefined };

/** The first server that answers and lets us in. One that cannot be reached or trusted gives way to the next. */
async function reach(directory: Directory, { options, answers }: Asking): Promise<Reached> {
  const { signal } = options;
  let servers: readonly DirectoryServer[] = [];
  let ca: string | undefined;
  const lost = await attempt(signal, async () => {
    ca = directory.ca === undefined ? undefined : await caOf(directory.ca, options);
    servers = await serversOf(directory, options.names);
  });
  if (lost) return { failure: lost, server: undefined };
  const failures: { readonly failure: RawFailure; readonly server: DirectoryServer }[] = [];
  for (const server of servers) {
    const credential = await options.credentialFor({ directory, server, ca });
    if (options.refusals.isRefused(credential)) {
      const message = 'it was refused elsewhere';
      return { failure: { kind: 'protocol', code: 'CREDENTIAL_WITHHELD', message }, server };
    }
    let session: LdapSession | undefined;
    const failure = await attempt(signal, async () => {
      const limits = { signal, connectMs: options.connectMs ?? CONNECT_MS, requestMs: options.requestMs ?? REQUEST_MS };
      session = await openSession(server, { security: directory.security, ca }, limits);
      await session.bind(credential.user, credential.password);
    });
    if (!failure && session) {
      for (const before of failures) answers.warnings.push(passedOver(directory, before));
      return { session, server };
    }
    session?.close();
    if (failure?.kind === 'ldap') {
      if (failure.code === 'LDAP_INVALID_CREDENTIALS') options.refusals.add(credential);
      return { failure, server };
    }
    if (failure) failures.push({ failure, server });
  }
  const [first] = failures;
  return first ?? { failure: { kind: 'socket', code: 'ENODATA', message: 'no server' }, server: undefined };
}

const passedOver = (
  { name }: Directory,
  { server, failure }: { readonly server: DirectoryServer; readonly failure: RawFailure },
): string => `directory ${name}: ${server.host}:${server.port} was passed over: ${describeRaw(failure)}`;

async function caOf(path: string, { readCa }: AskOptions): Promise<string> {
  try {
    const text = await readCa(path);
    if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error(`"${path}" holds no certificate in PEM`);
    return text;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DirectoryError({ kind: 'file', code: 'CA_FILE', message });
  }
}

/** The failure of some work; rejects with the signal's reason, and with what is no directory's failure. */
async function attempt(signal: AbortSignal, work: () => Promise<void>): Promise<RawFailure | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DirectoryError) return error.failure;
    throw error;
  }
}

function errorAt(failure: RawFailure, directory: Directory, server: DirectoryServer | undefined): ScanError {
  const at = { host: server?.host ?? directory.domain, port: server?.port ?? 636 };
  return errorOfDirectory(failure, { ...at, data: logonData(failure) });
}

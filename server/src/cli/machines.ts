/** The machines that a verb is about: named by its options, or by groups of patchlab.json. */
import { readFile } from 'node:fs/promises';
import { closest } from '../syntax/suggest.ts';
import { readConfiguration } from './configuration.ts';
import { allowancesFor, type Allowance } from './allowances.ts';
import type { ChosenCredential, Credentials } from './credential.ts';
import { DIRECTORY_OPTIONS, mayLogOn } from './directories.ts';
import { isAllowedAlready, requireAllowed } from './permission.ts';
import type { Configuration } from '../scan/configuration/configuration.ts';
import { finderFor } from '../scan/configuration/finder.ts';
import { askDirectories, type AskedDirectory, type DirectoryAnswers } from '../scan/directory/ask.ts';
import type { Directories } from '../scan/directory/directory.ts';
import { DomainNames } from '../scan/directory/dns.ts';
import {
  expandGroup,
  namedMember,
  questionsOf,
  uniteMembers,
  type DirectoryQuestion,
  type Member,
} from '../scan/groups/expand.ts';
import type { MachineGroups } from '../scan/groups/group.ts';
import { locate, type Located, type LocatedMachine } from '../scan/groups/locate.ts';
import { formatMachine, parseMachine, SMB_PORT } from '../scan/machine-name.ts';
import type { Credential } from '../scan/options.ts';
import type { ResolvedMachine } from '../scan/steps/resolve.ts';
import type { StepOutcome } from '../scan/steps/outcome.ts';
import { inert } from '../results/report/inert.ts';
import { UsageError, type OptionSpec, type ParsedArguments, type Surroundings } from './verb.ts';

export const MACHINE_OPTIONS = {
  machine: { value: 'HOST[:PORT]', many: true, help: 'A live machine: name or address, [IPv6]:PORT.' },
  group: { value: 'NAME', many: true, help: 'The machines of a group of patchlab.json.' },
  ...DIRECTORY_OPTIONS,
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const ALLOW_HOSTS = {
  'allow-hosts': {
    help: 'Lets the credential go to machines of patchlab.json, and to names that only NetBIOS knows, this time.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** Users whose password was refused in this run: it is used nowhere again. */
export class Refusals {
  readonly #users = new Set<string>();
  isRefused(credential: Credential): boolean {
    return this.#users.has(credential.user.toLowerCase());
  }
  add(credential: Credential): void {
    this.#users.add(credential.user.toLowerCase());
  }
}

/** Ends the command with a UsageError where --machine names none. */
export function checkMachines(args: ParsedArguments): void {
  for (const text of args.all('machine')) {
    const parsed = parseMachine(text);
    if (!parsed.ok) throw new UsageError(`${parsed.why}.`);
  }
}

/** What was found, and what the directories said. */
export interface LocatedAll extends Located {
  readonly asked: readonly AskedDirectory[];
}

export interface Locating {
  readonly args: ParsedArguments;
  readonly io: Surroundings;
  readonly credentials: Credentials;
  readonly refusals: Refusals;
  /** Of directories that nobody has given a credential for, say so instead of ending the command. */
  readonly withoutCredential?: 'warn';
  readonly tell?: (message: string) => void;
}

/** Finds the machines of --machine and --group; a name that nobody knows is among the failures. */
export async function locateMachines(locating: Locating): Promise<LocatedAll> {
  const { args, io } = locating;
  checkMachines(args);
  const named = args.all('machine').flatMap((text) => {
    const parsed = parseMachine(text);
    return parsed.ok ? [namedMember(parsed.value)] : [];
  });
  const configuration = await readConfiguration();
  const { groups = new Map() } = configuration;
  for (const name of args.all('group')) {
    if (groups.has(name)) continue;
    const near = closest<string>(name, [...groups.keys()]);
    const hint = near === undefined ? 'patchlab.json has none of that name' : `did you mean ${near}?`;
    throw new UsageError(`There is no group "${name}": ${hint}`);
  }
  const grouped = args.all('group').map((name): readonly Member[] => expandGroup(groups, name));
  const questions = args.all('group').flatMap((name) => questionsOf(groups, name));
  const names = new DomainNames(configuration.directories ?? new Map());
  const answers = await askAll(questions, locating, { configuration, names });
  locating.tell?.('looking names up');
  const located = await locate(uniteMembers([named, ...grouped, answers.members]), {
    ...{ signal: io.signal, find: finderFor(configuration, names, io.signal) },
    tell: locating.tell,
  });
  return {
    ...located,
    asked: answers.asked,
    excluded: [...answers.leftOut, ...located.excluded],
    warnings: [...answers.warnings, ...located.warnings],
  };
}

/** Everybody whom any group names and any directory has, whether wanted or not: what a discovery need not report. */
export async function knownMachines(locating: Locating): Promise<LocatedAll> {
  const { io } = locating;
  const configuration = await readConfiguration();
  const groups: MachineGroups = configuration.groups ?? new Map();
  const directories: Directories = configuration.directories ?? new Map();
  const hosts = [...groups.keys()].flatMap((name) => expandGroup(groups, name)).filter(({ kind }) => kind === 'host');
  const questions = [...directories.keys()].map((directory): DirectoryQuestion => ({
    ...{ place: { text: directory, directory }, computers: { disabled: true }, port: SMB_PORT },
    origin: { text: `directory ${directory}`, exclude: [] },
  }));
  const names = new DomainNames(directories);
  const answers = await askAll(questions, locating, { configuration, names });
  // Left out of scans, and known all the same.
  const all = [...hosts, ...answers.members].map((member) => ({
    ...member,
    origins: member.origins.map((origin) => ({ ...origin, exclude: [] })),
  }));
  const located = await locate(uniteMembers([all]), {
    ...{ signal: io.signal, find: finderFor(configuration, names, io.signal), tell: locating.tell },
  });
  return { ...located, asked: answers.asked, warnings: [...answers.warnings, ...located.warnings] };
}

/** Looks one machine up as a scan does: the domain's DNS servers, this computer's, NetBIOS. */
export async function findMachine(machine: string, io: Surroundings): Promise<StepOutcome<ResolvedMachine>> {
  const configuration = await readConfiguration();
  return await finderFor(configuration, new DomainNames(configuration.directories ?? new Map()), io.signal)(machine);
}

/** A machine that the command line names. */
export function asNamed(machine: ResolvedMachine): LocatedMachine {
  return { ...machine, origins: ['command line'], aliases: [], byUser: true };
}

async function askAll(
  questions: readonly DirectoryQuestion[],
  { args, io, credentials, refusals, withoutCredential, tell }: Locating,
  { configuration, names }: { readonly configuration: Configuration; readonly names: DomainNames },
): Promise<DirectoryAnswers> {
  const all: Directories = configuration.directories ?? new Map();
  const warnings: string[] = [];
  const directories = new Map(
    [...all].filter(([name, { credential }]) => {
      const isWanted = questions.some(({ place }) => place.directory === name);
      if (!isWanted || withoutCredential !== 'warn' || credentials.has(credential)) return isWanted;
      warnings.push(`directory ${name} was not asked: no credential was given for it`);
      return false;
    }),
  );
  const answers = await askDirectories(questions, {
    ...{ directories, names, refusals, signal: io.signal, ...(tell && { tell }) },
    readCa: (path) => readFile(path, 'utf8'),
    credentialFor: async (logon) => {
      const credential = await credentials.get(logon.directory.credential);
      await mayLogOn(logon, credential, { args, io });
      return credential;
    },
  });
  return { ...answers, warnings: [...warnings, ...answers.warnings] };
}

/**
 * Whether a credential may go to a machine only when the user has said so: a workspace named the machine, its credential or
 * the DNS server that knows it, or a stranger's answer did.
 */
function needsAllowance({ byUser, foundBy, credential }: LocatedMachine): boolean {
  return !byUser || credential !== undefined || foundBy === 'netbios' || foundBy === 'domain-dns';
}

const SHOWN = 20;

/** A machine and who is to log on to it. */
export interface Assignment {
  readonly machine: LocatedMachine;
  readonly credential: Pick<ChosenCredential, 'user' | 'name'>;
}

/** Ends the command with a UsageError unless the user has allowed every machine: by --allow-hosts, before, or now. */
export async function requireAllowances(
  assignments: readonly Assignment[],
  { args, io }: { readonly args: ParsedArguments; readonly io: Surroundings },
): Promise<void> {
  const doubtful = assignments.filter(({ machine }) => needsAllowance(machine));
  if (args.has('allow-hosts') || doubtful.length === 0) return;
  const wanted = ({ machine, credential }: Assignment): readonly Allowance[] => allowancesFor(machine, credential);
  const isAllowed = await isAllowedAlready(io);
  const open = doubtful.filter((assignment) => !isAllowed(wanted(assignment)));
  if (open.length === 0) return;
  const users = [...new Set(open.map(({ credential }) => credential.user))];
  const byUser = users.map((user) => ({ user, list: open.filter(({ credential }) => credential.user === user) }));
  const lines = byUser.flatMap(({ user, list }) => [
    `You have not allowed yet to log on as ${inert(user)} to:`,
    ...list.slice(0, SHOWN).map(({ machine }) => `  ${inert(describeMachine(machine))}`),
    ...(list.length > SHOWN ? [`  and ${list.length - SHOWN} more`] : []),
  ]);
  await requireAllowed(io, {
    ...{ lines, allowances: open.flatMap(wanted) },
    question: 'Log on to them, now and whenever they are found at these addresses? [y/N] ',
    instead: 'Give --allow-hosts for this scan, or run it in a terminal and allow the machines for good.',
  });
}

/** How a machine was found, for people. */
export const FOUND_BY = {
  ...{ address: 'an address', range: 'a range', dns: 'DNS', netbios: 'NetBIOS' },
  'domain-dns': "the domain's DNS",
} as const;

/** One line for people: `ws01 (10.0.0.11) by DNS, from lab: ws01`. */
export function describeMachine(machine: LocatedMachine): string {
  const { addresses, foundBy, origins } = machine;
  const name = formatMachine(machine);
  const at = addresses.filter((address) => address !== machine.host);
  return `${name}${at.length > 0 ? ` (${at.join(', ')})` : ''} by ${FOUND_BY[foundBy]}, from ${origins.join('; ')}`;
}

/** The machines that a verb is about: named by its options, or by groups of patchlab.json. */
import { closest } from '../syntax/suggest.ts';
import { readConfiguration } from './configuration.ts';
import { addAllowances, allowancesFile, allowancesFor, areAllowed, readAllowances } from './allowances.ts';
import { expandGroup, namedMember, uniteMembers, type Member } from '../scan/groups/expand.ts';
import { locate, type Located, type LocatedMachine } from '../scan/groups/locate.ts';
import { formatMachine, parseMachine } from '../scan/machine-name.ts';
import { netbiosLookUp, resolve } from '../scan/steps/resolve.ts';
import { inert } from '../results/report/inert.ts';
import { UsageError, type OptionSpec, type ParsedArguments, type Surroundings } from './verb.ts';

export const MACHINE_OPTIONS = {
  machine: { value: 'HOST[:PORT]', many: true, help: 'A live machine: name or address, [IPv6]:PORT.' },
  group: { value: 'NAME', many: true, help: 'The machines of a group of patchlab.json.' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const ALLOW_HOSTS = {
  'allow-hosts': {
    help: 'Lets the credential go to machines of patchlab.json, and to names that only NetBIOS knows, this time.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

const LOOK_UP_MS = 15_000;

/** Ends the command with a UsageError where --machine names none. */
export function checkMachines(args: ParsedArguments): void {
  for (const text of args.all('machine')) {
    const parsed = parseMachine(text);
    if (!parsed.ok) throw new UsageError(`${parsed.why}.`);
  }
}

/** Finds the machines of --machine and --group; a name that nobody knows is among the failures. */
export async function locateMachines(args: ParsedArguments, io: Surroundings): Promise<Located> {
  checkMachines(args);
  const named = args.all('machine').flatMap((text) => {
    const parsed = parseMachine(text);
    return parsed.ok ? [namedMember(parsed.value)] : [];
  });
  const { groups = new Map(), netbiosServers } = await readConfiguration();
  const grouped = args.all('group').map((name): readonly Member[] => {
    if (groups.has(name)) return expandGroup(groups, name);
    const near = closest<string>(name, [...groups.keys()]);
    const hint = near === undefined ? 'patchlab.json has none of that name' : `did you mean ${near}?`;
    throw new UsageError(`There is no group "${name}": ${hint}`);
  });
  const netbios = netbiosLookUp(netbiosServers);
  const { signal } = io;
  return locate(uniteMembers([named, ...grouped]), {
    signal,
    find: (machine) => resolve(machine, { signal, timeout: LOOK_UP_MS }, { netbios }),
  });
}

/** Whether a credential may go to a machine only when the user has said so: a workspace or a stranger's answer named it. */
function needsAllowance(machine: LocatedMachine): boolean {
  return !machine.byUser || machine.foundBy === 'netbios';
}

const SHOWN = 20;

/** Ends the command with a UsageError unless the user has allowed every machine: by --allow-hosts, before, or now. */
export async function requireAllowances(
  machines: readonly LocatedMachine[],
  { args, io, user }: { readonly args: ParsedArguments; readonly io: Surroundings; readonly user: string },
): Promise<void> {
  const doubtful = machines.filter(needsAllowance);
  if (args.has('allow-hosts') || doubtful.length === 0) return;
  const file = allowancesFile(io.env);
  const list = await readAllowances(file);
  const open = doubtful.filter((machine) => !areAllowed(allowancesFor(machine, user), list));
  if (open.length === 0) return;
  const shown = open.slice(0, SHOWN).map((machine) => `  ${inert(describeMachine(machine))}`);
  const more = open.length > SHOWN ? [`  and ${open.length - SHOWN} more`] : [];
  io.err(`${[`You have not allowed yet to log on as ${inert(user)} to:`, ...shown, ...more].join('\n')}\n`);
  if (!io.ask)
    throw new UsageError('Give --allow-hosts for this scan, or run it in a terminal and allow the machines for good.');
  const answer = await io.ask('Log on to them, now and whenever they are found at these addresses? [y/N] ');
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new UsageError('Not allowed, so nothing was scanned.');
  await addAllowances(
    file,
    open.flatMap((machine) => allowancesFor(machine, user)),
  );
}

/** How a machine was found, for people. */
export const FOUND_BY = { address: 'an address', range: 'a range', dns: 'DNS', netbios: 'NetBIOS' } as const;

/** One line for people: `ws01 (10.0.0.11) by DNS, from lab: ws01`. */
export function describeMachine(machine: LocatedMachine): string {
  const { addresses, foundBy, origins } = machine;
  const name = formatMachine(machine);
  const at = addresses.filter((address) => address !== machine.host);
  return `${name}${at.length > 0 ? ` (${at.join(', ')})` : ''} by ${FOUND_BY[foundBy]}, from ${origins.join('; ')}`;
}

/** From members to machines: each name looked up, exclusions applied, aliases of one machine united. No credential is near. */
import { connect } from 'node:net';
import { formatMachine, SMB_PORT } from '../machine-name.ts';
import type { ScanError } from '../result.ts';
import type { StepOutcome } from '../steps/outcome.ts';
import type { ResolvedMachine } from '../steps/resolve.ts';
import { canonicalAddress, isInRange, parseAddress } from './addresses.ts';
import { hostKey, type Member, type Origin } from './expand.ts';
import type { Exclusion } from './group.ts';
import { inParallel } from './in-parallel.ts';

/** A machine, under the first name that led to it. */
export interface LocatedMachine extends ResolvedMachine {
  /** Where it was asked for; more than one where several groups or ranges have it. */
  readonly origins: readonly string[];
  /** Other names and addresses that lead to the same machine: it is scanned once. */
  readonly aliases: readonly string[];
  /** The user named it, under this or another name. */
  readonly byUser: boolean;
}

/** A name that no service knows, with the coded error. */
export interface UnlocatedMachine {
  readonly machine: string;
  readonly origins: readonly string[];
  readonly error: ScanError;
}

/** A machine that was asked for and is left out. */
export interface ExcludedMachine {
  readonly machine: string;
  /** The exclusion as it was written. */
  readonly by: string;
}

export interface Located {
  readonly machines: readonly LocatedMachine[];
  readonly failures: readonly UnlocatedMachine[];
  readonly excluded: readonly ExcludedMachine[];
  /** How many addresses of ranges did not answer. */
  readonly silent: number;
  /** Exclusions that could not be applied in full: their name leads nowhere, so only the name itself is left out. */
  readonly warnings: readonly string[];
}

export interface LocateOptions {
  readonly find: (machine: string) => Promise<StepOutcome<ResolvedMachine>>;
  /** Whether something listens; tests give their own. */
  readonly answers?: (at: { readonly host: string; readonly port: number }, signal: AbortSignal) => Promise<boolean>;
  readonly signal: AbortSignal;
}

const SESSION_PORT = 139;
const LOOK_UPS = 32;
const KNOCKS = 128;
/** Long enough for one packet to be lost: TCP asks again after a second (RFC 6298). */
const KNOCK_MS = 2000;

/** Finds machines. Rejects only with the signal's reason. */
export async function locate(members: readonly Member[], options: LocateOptions): Promise<Located> {
  const { find, signal, answers = listens } = options;
  const rules = await exclusionRules(members, options);
  const excluded: ExcludedMachine[] = [];
  /** What is left of a member's ways when those that leave it out are gone. */
  const admit = (member: Member, addresses: readonly string[]): readonly Origin[] => {
    const barred = member.origins.map(({ exclude }) =>
      exclude.find((exclusion) => rules.isMet(exclusion, member, addresses)),
    );
    const left = member.origins.filter((_, at) => barred[at] === undefined);
    const [by] = barred;
    if (left.length === 0 && by) excluded.push({ machine: formatMachine(member), by: by.text });
    return left;
  };

  let silent = 0;
  const ranged = members.filter(({ kind }) => kind === 'range');
  const there = await inParallel(ranged, { width: KNOCKS, signal }, async (member) => {
    const origins = admit(member, [member.host]);
    if (origins.length === 0) return undefined;
    if (await answers(member, signal)) return { ...member, origins };
    silent++;
    return undefined;
  });
  const failures: UnlocatedMachine[] = [];
  const hosts = members.filter(({ kind }) => kind === 'host');
  const known = await inParallel(hosts, { width: LOOK_UPS, signal }, async (member) => {
    // By its name alone first: what is left out is not even looked up.
    if (admit(member, []).length === 0) return undefined;
    const found = await find(formatMachine(member));
    if (found.ok) {
      const origins = admit(member, found.value.addresses);
      return origins.length === 0 ? undefined : { found: found.value, origins };
    }
    failures.push({ machine: formatMachine(member), origins: member.origins.map(textOf), error: found.error });
    return undefined;
  });
  const answering = there.map((member): Found | undefined => {
    if (!member) return undefined;
    const { host, port, origins } = member;
    return { found: { host, port, addresses: [host], foundBy: 'range' }, origins };
  });
  const machines = [...known, ...answering].filter((each) => each !== undefined);
  return { machines: uniteAliases(machines), failures, excluded, silent, warnings: rules.warnings };
}

const textOf = ({ text }: Origin): string => text;

interface Found {
  readonly found: ResolvedMachine;
  readonly origins: readonly Origin[];
}

/** Machines that share an address and a port are one: under the first of their names. */
function uniteAliases(all: readonly Found[]): readonly LocatedMachine[] {
  const united: { readonly places: Set<string>; machine: LocatedMachine }[] = [];
  for (const { found, origins } of all) {
    const places = found.addresses.map((address) =>
      formatMachine({ host: canonicalAddress(address), port: found.port }),
    );
    const byUser = origins.some((origin) => origin.byUser === true);
    const machine = { ...found, origins: [...new Set(origins.map(textOf))], aliases: [], byUser };
    const [first, ...others] = united.filter((each) => places.some((place) => each.places.has(place)));
    if (!first) {
      united.push({ places: new Set(places), machine });
      continue;
    }
    for (const place of [...places, ...others.flatMap((other) => [...other.places])]) first.places.add(place);
    first.machine = [...others.map((other) => other.machine), machine].reduce(asAlias, first.machine);
    for (const other of others) united.splice(united.indexOf(other), 1);
  }
  return united.map(({ machine }) => machine);
}

function asAlias(machine: LocatedMachine, other: LocatedMachine): LocatedMachine {
  const name = formatMachine(machine);
  return {
    ...machine,
    byUser: machine.byUser || other.byUser,
    origins: [...new Set([...machine.origins, ...other.origins])],
    aliases: [...new Set([...machine.aliases, formatMachine(other), ...other.aliases])].filter((each) => each !== name),
  };
}

interface Rules {
  readonly warnings: readonly string[];
  isMet(exclusion: Exclusion, member: Member, addresses: readonly string[]): boolean;
}

/** Looks excluded names up too, once each: whoever is left out by name is also left out by address. */
async function exclusionRules(members: readonly Member[], { find, signal }: LocateOptions): Promise<Rules> {
  const all = new Set(members.flatMap(({ origins }) => origins.flatMap(({ exclude }) => exclude)));
  const addressesOf = new Map<Exclusion, ReadonlySet<string>>();
  const warnings: string[] = [];
  await inParallel([...all], { width: LOOK_UPS, signal }, async (exclusion) => {
    if (exclusion.kind !== 'host') return;
    const found = await find(formatMachine({ host: exclusion.host, port: exclusion.port ?? SMB_PORT }));
    if (found.ok) addressesOf.set(exclusion, new Set(found.value.addresses.map(canonicalAddress)));
    else warnings.push(`"${exclusion.text}" is left out by its name alone: ${found.error.raw}`);
  });
  return {
    warnings: warnings.sort(),
    isMet: (exclusion, member, addresses) => {
      if (exclusion.kind === 'range') {
        return addresses.some((text) => {
          const address = parseAddress(text);
          return address !== undefined && isInRange(address, exclusion.range);
        });
      }
      if (exclusion.port !== undefined && exclusion.port !== member.port) return false;
      if (hostKey(exclusion.host) === hostKey(member.host)) return true;
      return addresses.some((address) => addressesOf.get(exclusion)?.has(canonicalAddress(address)) ?? false);
    },
  };
}

/** Whether SMB may be there: its port is open, or 445 is refused and the NetBIOS session's is open. Nothing is sent. */
async function listens({ host, port }: { host: string; port: number }, signal: AbortSignal): Promise<boolean> {
  const direct = await knock({ host, port }, signal);
  if (direct !== 'refused' || port !== SMB_PORT) return direct === 'open';
  return (await knock({ host, port: SESSION_PORT }, signal)) === 'open';
}

function knock(at: { host: string; port: number }, signal: AbortSignal): Promise<'open' | 'refused' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect(at);
    const answer = (how: 'open' | 'refused' | 'silent') => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(how);
    };
    const stop = () => answer('silent');
    signal.addEventListener('abort', stop, { once: true });
    socket.setTimeout(KNOCK_MS, stop);
    socket.once('connect', () => answer('open'));
    socket.on('error', (error) => answer('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'silent'));
  });
}

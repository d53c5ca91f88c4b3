/** From members to machines: each name looked up, exclusions applied, aliases of one machine united. No credential is near. */
import { formatMachine, SMB_PORT, type MachineAddress } from '../machine-name.ts';
import type { ScanError } from '../result.ts';
import type { StepOutcome } from '../steps/outcome.ts';
import type { ResolvedMachine } from '../steps/resolve.ts';
import { canonicalAddress, isInRange, parseAddress } from './addresses.ts';
import { hostKey, type Member, type Origin } from './expand.ts';
import type { Exclusion } from './group.ts';
import { inParallel } from './in-parallel.ts';
import { listens } from './knock.ts';

/** A machine, under the first name that led to it. */
export interface LocatedMachine extends ResolvedMachine {
  /** Where it was asked for; more than one where several groups or ranges have it. */
  readonly origins: readonly string[];
  /** The groups that have it, each with those that have the group: `lab > servers`. */
  readonly groups?: readonly string[];
  /** Other names and addresses that lead to the same machine: it is scanned once. */
  readonly aliases: readonly string[];
  /** The user named it, under this or another name. */
  readonly byUser: boolean;
  /** The name of the credential that its group or host asks for. */
  readonly credential?: string | undefined;
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
  /** Looks a machine up; with `netbios` there alone. */
  readonly find: (machine: string, only?: 'netbios') => Promise<StepOutcome<ResolvedMachine>>;
  /** Whether something listens; tests give their own. */
  readonly answers?: (at: { readonly host: string; readonly port: number }, signal: AbortSignal) => Promise<boolean>;
  readonly signal: AbortSignal;
  /** Told how far it is. */
  readonly tell?: ((message: string) => void) | undefined;
}

const LOOK_UPS = 128;
const KNOCKS = 128;

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
  let asked = 0;
  const count = () => {
    if (++asked % 16 === 0) options.tell?.(`${asked} of ${members.length} looked for`);
  };
  const ranged = members.filter(({ kind }) => kind === 'range');
  const there = await inParallel(ranged, { width: KNOCKS, signal }, async (member) => {
    const origins = admit(member, [member.host]);
    count();
    if (origins.length === 0) return undefined;
    if (await answers(member, signal)) return { ...member, origins };
    silent++;
    return undefined;
  });
  const failures: UnlocatedMachine[] = [];
  const hosts = members.filter(({ kind }) => kind === 'host');
  const known = await inParallel(hosts, { width: LOOK_UPS, signal }, async (member) => {
    count();
    // By its name alone first: what is left out is not even looked up.
    if (admit(member, []).length === 0) return undefined;
    const found = await findAny(member, find);
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
  const united = uniteAliases(machines);
  const warnings = [...rules.warnings, ...united.flatMap(({ doubt }) => doubt ?? [])];
  return { machines: united.map(({ machine }) => machine), failures, excluded, silent, warnings };
}

/** Under the first of a member's names that leads anywhere; the failure of the first stays the one that is told. */
async function findAny(member: Member, find: LocateOptions['find']): Promise<StepOutcome<ResolvedMachine>> {
  const first = await find(formatMachine(member));
  if (first.ok) return first;
  for (const host of member.otherNames ?? []) {
    // A bare name would be looked for in whatever domain this computer searches: only NetBIOS has names without a domain.
    const found = await find(formatMachine({ host, port: member.port }), host.includes('.') ? undefined : 'netbios');
    if (found.ok) return found;
  }
  return first;
}

const textOf = ({ text }: Origin): string => text;

interface Found {
  readonly found: ResolvedMachine;
  readonly origins: readonly Origin[];
}

/** Machines that share an address and a port are one: under the first of their names. */
function uniteAliases(
  all: readonly Found[],
): readonly { readonly machine: LocatedMachine; readonly doubt?: string | undefined }[] {
  const united: { readonly places: Set<string>; readonly credentials: Set<string>; machine: LocatedMachine }[] = [];
  for (const { found, origins } of all) {
    const places = found.addresses.map((address) =>
      formatMachine({ host: canonicalAddress(address), port: found.port }),
    );
    const byUser = origins.some((origin) => origin.byUser === true);
    const credentials = origins.flatMap(({ credential = [] }) => credential);
    const groups = [...new Set(origins.flatMap(({ group = [] }) => group))];
    const machine = { ...found, origins: [...new Set(origins.map(textOf))], groups, aliases: [], byUser };
    const [first, ...others] = united.filter((each) => places.some((place) => each.places.has(place)));
    if (!first) {
      united.push({ places: new Set(places), credentials: new Set(credentials), machine });
      continue;
    }
    for (const name of [...others.flatMap((other) => [...other.credentials]), ...credentials])
      first.credentials.add(name);
    for (const place of [...places, ...others.flatMap((other) => [...other.places])]) first.places.add(place);
    first.machine = [...others.map((other) => other.machine), machine].reduce(asAlias, first.machine);
    for (const other of others) united.splice(united.indexOf(other), 1);
  }
  return united.map(({ machine, credentials }) => {
    const [credential, ...more] = credentials;
    if (credential === undefined) return { machine };
    const doubt = `${formatMachine(machine)} is asked for with several credentials; ${credential} is used`;
    return { machine: { ...machine, credential }, ...(more.length > 0 && { doubt }) };
  });
}

function asAlias(machine: LocatedMachine, other: LocatedMachine): LocatedMachine {
  const name = formatMachine(machine);
  return {
    ...machine,
    byUser: machine.byUser || other.byUser,
    origins: [...new Set([...machine.origins, ...other.origins])],
    groups: [...new Set([...(machine.groups ?? []), ...(other.groups ?? [])])],
    aliases: [...new Set([...machine.aliases, formatMachine(other), ...other.aliases])].filter((each) => each !== name),
  };
}

/** Who is left out. */
export interface Rules {
  readonly warnings: readonly string[];
  isMet(exclusion: Exclusion, member: MachineAddress, addresses: readonly string[]): boolean;
}

/** Looks excluded names up too, once each: whoever is left out by name is also left out by address. */
export async function exclusionRules(
  members: readonly Pick<Member, 'origins'>[],
  { find, signal }: Pick<LocateOptions, 'find' | 'signal'>,
): Promise<Rules> {
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
      // Its computers were left out where the directory told them (directory/ask.ts).
      if (exclusion.kind === 'place') return false;
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

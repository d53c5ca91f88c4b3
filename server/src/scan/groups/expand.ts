/** From a group to its members: nested groups opened, ranges enumerated. Nobody is asked anything yet. */
import { isIP } from 'node:net';
import { formatMachine, SMB_PORT, type MachineAddress } from '../machine-name.ts';
import { addressesOf, type AddressRange } from './addresses.ts';
import type { Exclusion, MachineGroup, MachineGroups } from './group.ts';
import type { ComputerChoice, DirectoryPlace } from './places.ts';

/** One way in which a machine came to be asked for. */
export interface Origin {
  /** For a person: `lab > servers: 10.0.0.0/24`, `command line`. */
  readonly text: string;
  /** The groups on that way, `lab > servers`; none where the user named the machine. */
  readonly group?: string;
  /** What the groups on that way leave out. */
  readonly exclude: readonly Exclusion[];
  /** The user named the machine, not a file of the workspace. */
  readonly byUser?: boolean;
  /** The name of the credential that this way asks for. */
  readonly credential?: string | undefined;
}

/** A machine that is to be found. */
export interface Member {
  readonly host: string;
  readonly port: number;
  /** A name or address that somebody wrote, or one of many in a range: those are there only where they answer. */
  readonly kind: 'host' | 'range';
  readonly origins: readonly Origin[];
  /** Other names of it, tried where the first leads nowhere. */
  readonly otherNames?: readonly string[];
}

/** A question to a directory: the computers of one of its places. */
export interface DirectoryQuestion {
  readonly place: DirectoryPlace;
  readonly computers: ComputerChoice;
  readonly port: number;
  readonly origin: Origin;
}

/** The members of one group, each once, in the order of the file. */
export function expandGroup(groups: MachineGroups, name: string): readonly Member[] {
  return collectAll(groups, name).members;
}

/** What the directories have to be asked for a group, in the order of the file. */
export function questionsOf(groups: MachineGroups, name: string): readonly DirectoryQuestion[] {
  return collectAll(groups, name).questions;
}

/** The ranges of a group and of the groups in it, as members that nobody has asked yet. */
export function* rangeMembersOf(groups: MachineGroups, name: string): Generator<Member> {
  for (const { range, port, origin } of collectAll(groups, name).ranges)
    for (const host of addressesOf(range)) yield { host, port, kind: 'range', origins: [origin] };
}

interface OneRange {
  readonly range: AddressRange;
  readonly port: number;
  readonly origin: Origin;
}

function collectAll(groups: MachineGroups, name: string) {
  const members = new Map<string, Member>();
  const questions: DirectoryQuestion[] = [];
  const ranges: OneRange[] = [];
  collect({ groups, members, questions, ranges }, name, { path: [], exclude: [] });
  return { members: [...members.values()], questions, ranges };
}

/** A machine that the user named. */
export function namedMember({ host, port }: MachineAddress): Member {
  return { host, port, kind: 'host', origins: [{ text: 'command line', exclude: [], byUser: true }] };
}

/** Members of several sources as one list: who is in two of them is there once, a written host before a range. */
export function uniteMembers(lists: readonly (readonly Member[])[]): readonly Member[] {
  const members = new Map<string, Member>();
  for (const member of lists.flat()) add(members, member);
  return [...members.values()];
}

interface Collecting {
  readonly groups: MachineGroups;
  readonly members: Map<string, Member>;
  readonly questions: DirectoryQuestion[];
  readonly ranges: OneRange[];
}

interface Way {
  readonly path: readonly string[];
  readonly exclude: readonly Exclusion[];
  readonly port?: number | undefined;
  readonly computers?: ComputerChoice | undefined;
  readonly credential?: string | undefined;
}

function collect(into: Collecting, name: string, way: Way): void {
  const group = into.groups.get(name);
  if (!group) throw new Error(`no group ${name}`);
  const here = {
    path: [...way.path, name],
    exclude: [...way.exclude, ...group.exclude],
    port: group.port ?? way.port,
    computers: group.computers ?? way.computers,
    credential: group.credential ?? way.credential,
  };
  for (const member of ownMembers(group, here)) add(into.members, member);
  into.questions.push(...ownQuestions(group, here));
  into.ranges.push(
    ...group.ranges.map(({ text, range }) => ({ range, port: here.port ?? SMB_PORT, origin: originOf(here, text) })),
  );
  for (const nested of group.groups) collect(into, nested, here);
}

const originOf = ({ path, exclude, credential }: Way, text: string): Origin => ({
  text: `${path.join(' > ')}: ${text}`,
  group: path.join(' > '),
  exclude,
  credential,
});

function* ownMembers(group: MachineGroup, way: Way): Generator<Member> {
  const { port = SMB_PORT } = way;
  for (const { text, machine, hasPort, credential = way.credential } of group.hosts) {
    const origins = [originOf({ ...way, credential }, text)];
    yield { host: machine.host, port: hasPort ? machine.port : port, kind: 'host', origins };
  }
  for (const { text, range } of group.ranges) {
    for (const host of addressesOf(range)) yield { host, port, kind: 'range', origins: [originOf(way, text)] };
  }
}

function ownQuestions(group: MachineGroup, way: Way): readonly DirectoryQuestion[] {
  const { port = SMB_PORT, computers = {} } = way;
  return group.places.map((place) => ({ place, computers, port, origin: originOf(way, place.text) }));
}

function add(members: Map<string, Member>, member: Member): void {
  const key = formatMachine({ host: hostKey(member.host), port: member.port });
  const before = members.get(key);
  if (!before) {
    members.set(key, member);
    return;
  }
  const kind = before.kind === 'host' || member.kind === 'host' ? 'host' : 'range';
  members.set(key, { ...before, kind, origins: [...before.origins, ...member.origins] });
}

/** Names are the same in any case, and with the dot of a full name or without. */
export function hostKey(host: string): string {
  return isIP(host) === 0 ? host.toLowerCase().replace(/\.$/, '') : host;
}

/** From a group to its members: nested groups opened, ranges enumerated. Nobody is asked anything yet. */
import { isIP } from 'node:net';
import { formatMachine, SMB_PORT, type MachineAddress } from '../machine-name.ts';
import { addressesOf } from './addresses.ts';
import type { Exclusion, MachineGroup, MachineGroups } from './group.ts';

/** One way in which a machine came to be asked for. */
export interface Origin {
  /** For a person: `lab > servers: 10.0.0.0/24`, `command line`. */
  readonly text: string;
  /** What the groups on that way leave out. */
  readonly exclude: readonly Exclusion[];
  /** The user named the machine, not a file of the workspace. */
  readonly byUser?: boolean;
}

/** A machine that is to be found. */
export interface Member {
  readonly host: string;
  readonly port: number;
  /** A name or address that somebody wrote, or one of many in a range: those are there only where they answer. */
  readonly kind: 'host' | 'range';
  readonly origins: readonly Origin[];
}

/** The members of one group, each once, in the order of the file. */
export function expandGroup(groups: MachineGroups, name: string): readonly Member[] {
  const members = new Map<string, Member>();
  collect({ groups, members }, name, { path: [], exclude: [] });
  return [...members.values()];
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
}

interface Way {
  readonly path: readonly string[];
  readonly exclude: readonly Exclusion[];
  readonly port?: number | undefined;
}

function collect({ groups, members }: Collecting, name: string, way: Way): void {
  const group = groups.get(name);
  if (!group) throw new Error(`no group ${name}`);
  const path = [...way.path, name];
  const exclude = [...way.exclude, ...group.exclude];
  const port = group.port ?? way.port;
  for (const member of ownMembers(group, { path, exclude, port })) add(members, member);
  for (const nested of group.groups) collect({ groups, members }, nested, { path, exclude, port });
}

function* ownMembers(group: MachineGroup, { path, exclude, port = SMB_PORT }: Way): Generator<Member> {
  const origins = (text: string) => [{ text: `${path.join(' > ')}: ${text}`, exclude }];
  for (const { text, machine, hasPort } of group.hosts) {
    yield { host: machine.host, port: hasPort ? machine.port : port, kind: 'host', origins: origins(text) };
  }
  for (const { text, range } of group.ranges) {
    for (const host of addressesOf(range)) yield { host, port, kind: 'range', origins: origins(text) };
  }
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

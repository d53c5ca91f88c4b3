/** Machine groups as `patchlab.json` has them: read, checked, and every mistake told with its place. */
import type { Directories } from '../directory/directory.ts';
import { parseMachine, type MachineAddress } from '../machine-name.ts';
import { parseAddress, parseRange, type AddressRange } from './addresses.ts';
import { computersOf, placeOf, type ComputerChoice, type DirectoryPlace } from './places.ts';
import { GroupError, isObject, textsOf, type Wrong } from './parsing.ts';

/** A host as the group names it; without a port it takes the group's, or SMB's. */
export interface GroupHost {
  readonly text: string;
  readonly machine: MachineAddress;
  readonly hasPort: boolean;
  /** The name of the credential for this host alone. */
  readonly credential: string | undefined;
}

/** What a group leaves out: a host (on one port, or on all), every address of a range, or the computers below a part of a directory. */
export type Exclusion =
  | { readonly kind: 'host'; readonly text: string; readonly host: string; readonly port: number | undefined }
  | { readonly kind: 'range'; readonly text: string; readonly range: AddressRange }
  | { readonly kind: 'place'; readonly text: string; readonly place: DirectoryPlace };

export interface MachineGroup {
  readonly hosts: readonly GroupHost[];
  readonly ranges: readonly { readonly text: string; readonly range: AddressRange }[];
  /** Domains and their parts, whose computers belong to this one. */
  readonly places: readonly DirectoryPlace[];
  /** Which of those computers are left out; holds for groups in it that say nothing of it. */
  readonly computers: ComputerChoice | undefined;
  /** The name of the credential for its machines, and for those of groups in it that name none. */
  readonly credential: string | undefined;
  /** Other groups, whose machines belong to this one. */
  readonly groups: readonly string[];
  /** Holds for this group's own members and for those of its groups. */
  readonly exclude: readonly Exclusion[];
  readonly port: number | undefined;
}

export type MachineGroups = ReadonlyMap<string, MachineGroup>;

/** What groups may refer to. */
export interface KnownNames {
  readonly directories: Directories;
  readonly credentials: ReadonlySet<string>;
}

const NOTHING_KNOWN: KnownNames = { directories: new Map(), credentials: new Set() };
const FIELDS = new Set([
  ...['hosts', 'ranges', 'domains', 'ous', 'computers', 'groups', 'exclude', 'port', 'credential', 'description'],
]);
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9_. -]{0,62}[A-Za-z0-9_])?$/;

/** Reads `groups` of patchlab.json; throws a GroupError. Unknown names and circles of groups are mistakes. */
export function parseGroups(value: unknown, known: KnownNames = NOTHING_KNOWN): MachineGroups {
  if (!isObject(value)) throw new GroupError('"groups" must be an object: group name to group');
  const groups = new Map(Object.entries(value).map(([name, group]) => [name, groupOf(name, group, known)]));
  for (const [name, group] of groups) {
    const unknown = group.groups.find((other) => !groups.has(other));
    if (unknown !== undefined) throw new GroupError(`group "${name}": there is no group "${unknown}"`);
  }
  const circle = circleIn(groups);
  if (circle) throw new GroupError(`groups contain each other in a circle: ${circle.join(' > ')}`);
  return groups;
}

function groupOf(name: string, value: unknown, known: KnownNames): MachineGroup {
  const wrong = (why: string) => new GroupError(`group "${name}": ${why}`);
  if (!NAME.test(name)) throw wrong('a name is of letters, digits, blanks and "_.-", at most 64');
  if (!isObject(value)) throw wrong('it must be an object');
  const unknown = Object.keys(value).find((field) => !FIELDS.has(field));
  if (unknown !== undefined) throw wrong(`it does not know "${unknown}"`);
  const list = (field: string) => textsOf(value[field], () => wrong(`"${field}" must be a list of texts`));
  const { port } = value;
  if (port !== undefined && !(typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535))
    throw wrong('"port" must be a number from 1 to 65535');
  const credential = (given: unknown): string | undefined => {
    if (given === undefined) return undefined;
    if (typeof given !== 'string' || !known.credentials.has(given))
      throw wrong(`there is no credential ${JSON.stringify(given)}`);
    return given;
  };
  const { hosts = [] } = value;
  if (!Array.isArray(hosts)) throw wrong('"hosts" must be a list');
  return {
    hosts: hosts.map((host: unknown) => {
      if (typeof host === 'string') return hostOf(host, wrong);
      if (!isObject(host) || typeof host.host !== 'string' || Object.keys(host).some((key) => !HOST_FIELDS.has(key)))
        throw wrong('a host is a text, or { "host": ..., "credential": ... }');
      return { ...hostOf(host.host, wrong), credential: credential(host.credential) };
    }),
    places: [
      ...list('domains').map((text) => placeOf({ text, isDomain: true }, known.directories, wrong)),
      ...list('ous').map((text) => placeOf({ text, isDomain: false }, known.directories, wrong)),
    ],
    computers: computersOf(value.computers, wrong),
    credential: credential(value.credential),
    ranges: list('ranges').map((text) => ({ text, range: rangeOf(text, wrong) })),
    groups: list('groups'),
    exclude: list('exclude').map((text) => exclusionOf(text, known.directories, wrong)),
    port,
  };
}

const HOST_FIELDS = new Set(['host', 'credential']);

function hostOf(text: string, wrong: Wrong): GroupHost {
  const parsed = parseMachine(text);
  if (!parsed.ok) throw wrong(parsed.why);
  return { text, machine: parsed.value, hasPort: hasPort(text), credential: undefined };
}

/** An IPv6 address without brackets is all colons and has no port. */
function hasPort(text: string): boolean {
  return !parseAddress(text.trim()) && /:\d+$/.test(text.trim());
}

function rangeOf(text: string, wrong: Wrong): AddressRange {
  const parsed = parseRange(text);
  if (!parsed.ok) throw wrong(parsed.why);
  return parsed.value;
}

/** A name can hold a dash, so a range is what has an address before its dash or slash; any other slash is of a directory. */
function exclusionOf(text: string, directories: Directories, wrong: Wrong): Exclusion {
  const before = /^([^-/\s]+)\s*[-/]/.exec(text.trim())?.[1];
  if (before !== undefined && parseAddress(before)) return { kind: 'range', text, range: rangeOf(text, wrong) };
  if (/[=/]/.test(text)) return { kind: 'place', text, place: placeOf({ text, isDomain: false }, directories, wrong) };
  const { machine } = hostOf(text, wrong);
  return { kind: 'host', text, host: machine.host, port: hasPort(text) ? machine.port : undefined };
}

/** The first circle that is found, as a person reads it: `a > b > a`. */
function circleIn(groups: MachineGroups): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    for (const next of groups.get(name)?.groups ?? []) {
      const circle = visit(next, [...path, name]);
      if (circle) return circle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of groups.keys()) {
    const circle = visit(name, []);
    if (circle) return circle;
  }
  return undefined;
}

export { GroupError };

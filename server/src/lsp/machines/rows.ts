/** What the view of machines shows of a patchlab.json: groups without their members, templates, names of credentials. */
import type {
  ConfigurationPlace,
  ConfigurationRow,
  FilterRow,
  GroupMember,
  GroupRow,
  TemplateRow,
} from '../../protocol/machines.ts';
import { ConfigurationError, parseConfiguration, type Configuration } from '../../scan/configuration/configuration.ts';
import { JsonError, nodeAt, readJson, type JsonNode } from '../../scan/configuration/json.ts';
import type { GroupHost, MachineGroup } from '../../scan/groups/group.ts';
import { formatMachine, SMB_PORT } from '../../scan/machine-name.ts';
import type { ScanTemplate, TemplateFilter } from '../../scan/template/template.ts';
import { readConfigurationText } from './read.ts';

const NOTHING = { groups: [], templates: [], credentials: [] } as const;

/** The row of one folder. What is wrong with its file is told with its place; the file never keeps the editor from working. */
export async function configurationRow(uri: string, folder: string): Promise<ConfigurationRow> {
  let text: string | undefined;
  try {
    text = await readConfigurationText(uri);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { uri, folder, state: 'broken', problem: { message, line: 0, character: 0 }, ...NOTHING };
  }
  if (text === undefined) return { uri, folder, state: 'none', ...NOTHING };
  try {
    const configuration = parseConfiguration(text);
    return { uri, folder, state: 'read', ...rowsOf(configuration, new Places(text)) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const at = placeAt(text, error.at ?? offsetOfMistake(text, error.message));
    return { uri, folder, state: 'broken', problem: { message: error.message, ...at }, ...NOTHING };
  }
}

/** The hosts that a group itself names. */
export async function groupMembers(uri: string, group: string): Promise<readonly GroupMember[]> {
  const text = await readConfigurationText(uri);
  if (text === undefined) return [];
  const found = parseConfiguration(text).groups?.get(group);
  if (!found) return [];
  const places = new Places(text);
  const rows = nodeAt(places.root, ['groups', group, 'hosts']);
  return found.hosts.map((host, index) => ({
    ...{ text: host.text, machine: machineOf(host, found), index },
    ...(host.credential !== undefined && { credential: host.credential }),
    ...(rows?.kind === 'array' ? places.of(rows.items[index]?.start ?? 0) : { line: 0, character: 0 }),
  }));
}

/** As a scan asks for it. */
export function machineOf({ machine, hasPort }: GroupHost, { port = SMB_PORT }: Pick<MachineGroup, 'port'>): string {
  return formatMachine({ host: machine.host, port: hasPort ? machine.port : port });
}

function rowsOf(
  { groups = new Map<string, MachineGroup>(), templates = new Map<string, ScanTemplate>(), credentials }: Configuration,
  places: Places,
): Pick<ConfigurationRow, 'groups' | 'templates' | 'credentials'> {
  const nested = new Set([...groups.values()].flatMap((group) => group.groups));
  return {
    groups: [...groups].map(([name, group]): GroupRow => ({
      ...{ name, hosts: group.hosts.length, groups: group.groups, isTop: !nested.has(name) },
      ranges: group.ranges.map(({ text }) => text),
      addresses: group.ranges.reduce((sum, { range }) => sum + Number(range.last - range.first) + 1, 0),
      places: group.places.map(({ text }) => text),
      ...places.ofMember(['groups', name]),
    })),
    templates: [...templates.values()].map(({ name, scan, skip, include }): TemplateRow => ({
      ...{ name, scan: filterRow(scan), skip: filterRow(skip), include },
      ...places.ofMember(['templates', name]),
    })),
    credentials: [...(credentials?.values() ?? [])].map(({ name, user }) => ({ name, user })),
  };
}

function filterRow(filter: TemplateFilter): FilterRow {
  return Object.fromEntries(Object.entries(filter).filter(([, list]) => Array.isArray(list)));
}

/** Places of a text, asked for in any order: the beginnings of its lines are found once. */
class Places {
  readonly root: JsonNode;
  readonly #lines: readonly number[];

  constructor(text: string) {
    this.root = readJson(text);
    this.#lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  of(offset: number): ConfigurationPlace {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - (this.#lines[low] ?? 0) };
  }

  /** Where the name of a member stands. */
  ofMember(path: readonly string[]): ConfigurationPlace {
    return this.of(memberStart(this.root, path) ?? 0);
  }
}

function memberStart(root: JsonNode, path: readonly string[]): number | undefined {
  const holder = nodeAt(root, path.slice(0, -1));
  return holder?.kind === 'object' ? holder.members.findLast(({ key }) => key === path.at(-1))?.start : undefined;
}

function placeAt(text: string, offset: number): ConfigurationPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const SECTIONS = { group: 'groups', directory: 'directories', credential: 'credentials', template: 'templates' };

/** A mistake names what it is about: `group "lab": it does not know "prot"`. The innermost of it that is found is shown. */
function offsetOfMistake(text: string, message: string): number {
  let root: JsonNode;
  try {
    root = readJson(text);
  } catch (error) {
    if (error instanceof JsonError) return error.at;
    throw error;
  }
  const [, section, name = ''] = /\b(group|directory|credential|template) "([^"]*)": /.exec(message) ?? [];
  const known = Object.entries(SECTIONS).find(([word]) => word === section)?.[1];
  const start = known === undefined ? undefined : memberStart(root, [known, name]);
  const quoted = [...message.matchAll(/"([^"]+)"/g)].map((match) => match[1]).filter((word) => word !== name);
  for (const word of quoted) {
    const inside = text.indexOf(JSON.stringify(word), start ?? 0);
    if (inside !== -1) return inside;
  }
  return start ?? 0;
}

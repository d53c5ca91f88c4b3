/** Installed programs: the Uninstall entries of the machine in both views, and of every user who is logged on. */
import type { UninstallEntry } from '../../convert/from-machine/program.ts';
import { is64Bit } from '../../evaluate/folders.ts';
import type { Observation, RegistryValue } from '../../model/observation.ts';
import type { ExplorerItem, ExplorerNode, ExplorerPage, ExplorerView } from '../../protocol/explorer.ts';
import { isGone, NotRead, valueOf } from './failures.ts';
import { item } from './items.ts';
import { allSubkeys, physical } from './registry.ts';
import type { Looking } from './sessions.ts';

export type ProgramNode = Extract<ExplorerNode, { kind: 'program' }>;

const UNINSTALL = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
/** More entries than any machine has. */
const MOST = 5000;
const USER = /^S-1-(?:5-21|12-1)-[\d-]+$/i;

const VALUES = {
  name: 'DisplayName',
  version: 'DisplayVersion',
  publisher: 'Publisher',
  location: 'InstallLocation',
  icon: 'DisplayIcon',
  uninstall: 'UninstallString',
} as const satisfies Readonly<Record<string, string>>;
type Member = keyof typeof VALUES;
const MEMBERS = Object.keys(VALUES) as readonly Member[];

/** What was read of an entry; texts alone. */
export type ReadEntry = Readonly<Partial<Record<Member, string>>>;

export async function programList(looking: Looking): Promise<ExplorerPage> {
  const places = await uninstallKeys(looking);
  const lists = await Promise.all(places.map((place) => entriesOf(place, looking)));
  const nodes = lists.flatMap(({ nodes: found }) => found).slice(0, MOST);
  const entries = await readEntries(nodes, looking);
  const items = nodes.map((node, index) => programItem(node, entries[index] ?? {}));
  const isWhole = lists.every(({ complete }) => complete);
  return {
    items: items.toSorted((one, other) => one.label.localeCompare(other.label, 'en')),
    ...(!isWhole && { note: 'Not every list of programs could be read, or was recorded: there may be more.' }),
  };
}

type Place = Omit<ProgramNode, 'kind'>;

async function uninstallKeys({ machine, target, signal }: Looking): Promise<readonly Place[]> {
  const views: readonly (ExplorerView | undefined)[] = is64Bit(target.os) ? ['64', '32'] : [undefined];
  const users = await machine.list({ kind: 'subkeys', hive: 'HKU', path: '' }, { from: 0, count: MOST }, signal);
  const sids = users.state === 'present' ? users.value.items.filter((sid) => USER.test(sid)) : [];
  return [
    ...views.map((view): Place => ({ hive: 'HKLM', path: UNINSTALL, ...(view && { view }) })),
    ...sids.map((sid): Place => ({ hive: 'HKU', path: `${sid}\\${UNINSTALL}` })),
  ];
}

async function entriesOf(
  place: Place,
  looking: Looking,
): Promise<{ readonly nodes: readonly ProgramNode[]; readonly complete: boolean }> {
  const { names, complete } = await allSubkeys(physical(place), MOST, looking);
  const nodes = names.map((name): ProgramNode => ({ kind: 'program', ...place, path: `${place.path}\\${name}` }));
  return { nodes, complete };
}

/** Reads entries, a batch for all. */
export async function readEntries(
  nodes: readonly ProgramNode[],
  { machine, signal }: Looking,
): Promise<readonly ReadEntry[]> {
  const requests = nodes.flatMap((node) =>
    MEMBERS.map((member) => ({ kind: 'value' as const, ...physical(node), name: VALUES[member] })),
  );
  const observed = (await machine.observe(requests, signal)) as readonly Observation<RegistryValue>[];
  return nodes.map((_, index) => {
    const own = observed.slice(index * MEMBERS.length, (index + 1) * MEMBERS.length);
    return Object.fromEntries(
      MEMBERS.flatMap((member, at) => {
        const text = textIn(own[at]);
        return text === undefined ? [] : [[member, text]];
      }),
    );
  });
}

function textIn(observed: Observation<RegistryValue> | undefined): string | undefined {
  const data = observed?.state === 'present' ? observed.value.data : undefined;
  return typeof data === 'string' && data !== '' ? data : undefined;
}

function programItem(node: ProgramNode, entry: ReadEntry): ExplorerItem {
  const key = node.path.split('\\').at(-1) ?? '';
  const where = node.hive === 'HKU' ? 'a user' : node.view === '32' ? '32-bit' : undefined;
  return item({
    node,
    label: entry.name ?? key,
    description: [entry.version, entry.publisher, where].filter((one) => one !== undefined).join(' · '),
    details: [
      ...MEMBERS.flatMap((member) => (entry[member] === undefined ? [] : [`${VALUES[member]}: ${entry[member]}`])),
      `${node.hive}\\${node.path}`,
    ],
    expandable: true,
    copyPath: `${node.hive}\\${node.path}`,
    copyValue: entry.name ?? key,
  });
}

/** An entry as content can be made of it. */
export async function entryOf(node: ProgramNode, looking: Looking): Promise<UninstallEntry> {
  const [entry] = await readEntries([node], looking);
  const name = entry?.name;
  if (entry && name !== undefined) return { ...entry, name, ...(node.view && { view: node.view }) };
  const { machine, signal } = looking;
  const [key] = await machine.observe([{ kind: 'key', ...physical(node) }], signal);
  if (key && valueOf(key, 3, looking) === undefined) throw isGone('The Uninstall entry');
  throw new NotRead({
    meaning: 'The entry has no DisplayName: it is shown to nobody, and products are found by that name.',
  });
}

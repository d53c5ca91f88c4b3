/** Keys and values of a machine, in one of its views. */
import { is64Bit } from '../../evaluate/folders.ts';
import { machinePath32, userPath32 } from '../../evaluate/registry-views.ts';
import type { Hive, Observation, RegistryValue } from '../../model/observation.ts';
import type {
  ExplorerCursor,
  ExplorerItem,
  ExplorerNode,
  ExplorerPage,
  ExplorerView,
} from '../../protocol/explorer.ts';
import type { Listed } from '../../machine/listing.ts';
import { isGone, valueOf } from './failures.ts';
import { dataOf, item } from './items.ts';
import type { Looking } from './sessions.ts';

export type KeyNode = Extract<ExplorerNode, { kind: 'key' | 'value' | 'program' }>;

/** So many at once; what follows is asked for. */
export const PAGE = 1000;
/** Values are longer than names, and the machine gives so many at once. */
const VALUES = 500;

const NOT_ALL = 'The recording has only what content asked for: there may be more.';

/** Where a key of a view lies. Parts that lead nowhere are refused before anything is asked. */
export function physical({ view, hive, path }: Omit<KeyNode, 'kind'>): { readonly hive: Hive; readonly path: string } {
  if (path !== '' && path.split('\\').some((part) => part === '')) throw isGone(`${hive}\\${path}`);
  if (view !== '32') return { hive, path };
  return { hive, path: hive === 'HKLM' ? machinePath32(path) : userPath32(path) };
}

/** How content calls a key: with a view where the two differ, and never by the name of the 32-bit node. */
export function logical({ view, hive, path }: Omit<KeyNode, 'kind'>): {
  readonly hive: Hive;
  readonly path: string;
  readonly view?: ExplorerView;
} {
  if (view === undefined) return { hive, path };
  const bare = path.replace(/^((?:[^\\]+\\)?SOFTWARE(?:\\Classes)?)\\Wow6432Node(?=\\|$)/i, '$1');
  const narrow = hive === 'HKLM' ? machinePath32(bare) : userPath32(bare);
  if (bare !== path) return { hive, path: bare, view: '32' };
  return { hive, path, ...(narrow.toLowerCase() !== path.toLowerCase() && { view }) };
}

export function registryRoots({ target }: Looking): ExplorerPage {
  if (!is64Bit(target.os)) return { items: hives() };
  const views = ['64', '32'] as const;
  return {
    items: views.map((view) => item({ node: { kind: 'view', view }, label: `${view}-bit view`, expandable: true })),
  };
}

export const hives = (view?: ExplorerView): readonly ExplorerItem[] =>
  (['HKLM', 'HKU'] as const).map((hive) =>
    item({
      node: { kind: 'key', hive, path: '', ...(view && { view }) },
      label: hive,
      description: hive === 'HKLM' ? 'the machine' : 'users who are logged on',
      expandable: true,
      copyPath: hive,
    }),
  );

/** What is in a key: its values, then the keys below it. */
export async function keyChildren(
  node: Extract<ExplorerNode, { kind: 'key' }>,
  cursor: ExplorerCursor | undefined,
  looking: Looking,
): Promise<ExplorerPage> {
  const at = physical(node);
  const { machine, signal } = looking;
  const wantsValues = cursor?.list !== 'rest';
  const [values, keys] = await Promise.all([
    wantsValues
      ? machine.list({ kind: 'values', ...at }, { from: cursor?.from ?? 0, count: VALUES }, signal)
      : undefined,
    cursor?.list === 'values'
      ? undefined
      : machine.list({ kind: 'subkeys', ...at }, { from: cursor?.from ?? 0, count: PAGE }, signal),
  ]);
  const told = values && valueOf(values, 3, looking);
  const below = keys && valueOf(keys, 3, looking);
  if (!told && !below) throw isGone(`${node.hive}\\${node.path}`);
  const valueItems = (told?.items ?? []).map(({ name, value }) => valueItem({ ...node, kind: 'value', name }, value));
  const moreValues = told?.next === undefined ? undefined : ({ list: 'values', from: told.next } as const);
  // While there are more values, the keys wait for them.
  if (moreValues) return { items: valueItems, next: moreValues };
  if (!keys) return withKeys(valueItems, await keyChildren(node, { list: 'rest', from: 0 }, looking));
  const keyItems = (below?.items ?? []).map((name) => keyItem(node, name));
  const isWhole = (told?.complete ?? true) && (below?.complete ?? true);
  return {
    items: [...valueItems, ...keyItems],
    ...(below?.next !== undefined && { next: { list: 'rest', from: below.next } }),
    ...(!isWhole && { note: NOT_ALL }),
  };
}

const withKeys = (values: readonly ExplorerItem[], page: ExplorerPage): ExplorerPage => ({
  ...page,
  items: [...values, ...page.items],
});

export function keyItem(parent: Extract<ExplorerNode, { kind: 'key' }>, name: string): ExplorerItem {
  const path = parent.path === '' ? name : `${parent.path}\\${name}`;
  return item({ node: { ...parent, path }, label: name, expandable: true, copyPath: `${parent.hive}\\${path}` });
}

export function valueItem(
  node: Extract<ExplorerNode, { kind: 'value' }>,
  value: Observation<RegistryValue>,
): ExplorerItem {
  const { text, type, readable } = dataOf(node.name, value);
  return item({
    node,
    label: node.name === '' ? '(Default)' : node.name,
    description: text,
    details: [...(type === undefined ? [] : [type]), text],
    copyPath: `${node.hive}\\${node.path}\\${node.name}`,
    ...(readable ? { copyValue: text } : { unreadable: true }),
  });
}

export interface Subkeys {
  readonly names: readonly string[];
  /** Whether these are all. */
  readonly complete: boolean;
  /** Why there are none. */
  readonly failed?: Extract<Observation, { state: 'unreadable' }>;
}

/** All keys below a key, part by part, up to so many. */
export async function allSubkeys(
  at: { readonly hive: Hive; readonly path: string },
  most: number,
  { machine, signal }: Looking,
): Promise<Subkeys> {
  const names: string[] = [];
  let from: number | undefined = 0;
  while (from !== undefined && names.length < most) {
    const listed: Observation<Listed<string>> = await machine.list(
      { kind: 'subkeys', ...at },
      { from, count: PAGE },
      signal,
    );
    if (listed.state === 'absent') return { names, complete: true };
    if (listed.state === 'unreadable') return { names, complete: false, failed: listed };
    names.push(...listed.value.items);
    if (!listed.value.complete) return { names, complete: false };
    from = listed.value.next;
  }
  return { names, complete: true };
}

/** A machine as plain data that answers at once: what is on it, and what nobody may read. Paths are physical. */
import type { FolderEntry, RegistryValue, ServiceInfo } from '../../../../server/src/model/observation.ts';
import { dataOf, type Data, type FileFacts } from '../machine.ts';

export interface World {
  readonly keys: Readonly<Record<string, Readonly<Record<string, Data>>>>;
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly services: Readonly<Record<string, Partial<ServiceInfo>>>;
  /** Keys and folders that deny everything at and below them. */
  readonly denied: readonly string[];
  /** Files that are listed but cannot be opened. */
  readonly locked: readonly string[];
  readonly deniedServices: readonly string[];
}

export type Answer<T> =
  { readonly is: 'value'; readonly value: T } | { readonly is: 'absent' } | { readonly is: 'unreadable' };

const absent = { is: 'absent' } as const;
const unreadable = { is: 'unreadable' } as const;
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const below = (path: string, parent: string): boolean => path.toLowerCase().startsWith(`${parent}\\`.toLowerCase());

export const isDenied = (world: World, path: string): boolean =>
  world.denied.some((one) => same(one, path) || below(path, one));

// ---------- users

export const PROFILES = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList';
const isPerson = (sid: string): boolean => /^S-1-5-21-[\d-]+$/i.test(sid);

/** People who are logged on: their hives are there. */
export const loadedUsers = (world: World): readonly string[] =>
  children(Object.keys(world.keys), 'HKU').filter(isPerson);

/** People who are not, and whether somebody may be missing from the list. */
export function awayUsers(world: World): { readonly sids: readonly string[]; readonly unlisted: boolean } {
  const profiles = subkeys(world, PROFILES);
  const loaded = loadedUsers(world);
  const sids = profiles.is === 'value' ? profiles.value.filter((sid) => isPerson(sid) && !loaded.includes(sid)) : [];
  return { sids, unlisted: profiles.is === 'unreadable' };
}

/** The hive of one who is not logged on: whatever is in it cannot be read. */
function isAway(world: World, path: string): boolean {
  const [hive = '', sid = ''] = path.split('\\');
  return hive === 'HKU' && isPerson(sid) && !loadedUsers(world).includes(sid);
}

const isClosed = (world: World, key: string): boolean => isDenied(world, key) || isAway(world, key);
export const isLocked = (world: World, path: string): boolean =>
  isDenied(world, path) || world.locked.some((one) => same(one, path));

function children(paths: readonly string[], parent: string): readonly string[] {
  const names = paths
    .filter((path) => below(path, parent))
    .map((path) => path.slice(parent.length + 1).split('\\')[0] ?? '');
  return names.filter((name, i) => names.findIndex((one) => same(one, name)) === i);
}

const isThere = (paths: readonly string[], path: string): boolean =>
  paths.some((one) => same(one, path) || below(one, path));

export function keyExists(world: World, path: string): Answer<true> {
  if (isClosed(world, path)) return unreadable;
  return isThere(Object.keys(world.keys), path) ? { is: 'value', value: true } : absent;
}

export function subkeys(world: World, path: string): Answer<readonly string[]> {
  if (isClosed(world, path)) return unreadable;
  const paths = Object.keys(world.keys);
  return isThere(paths, path) ? { is: 'value', value: children(paths, path) } : absent;
}

export function valuesOf(world: World, path: string): Answer<Readonly<Record<string, RegistryValue>>> {
  if (isClosed(world, path)) return unreadable;
  const found = Object.entries(world.keys).find(([key]) => same(key, path));
  if (found === undefined) return keyExists(world, path).is === 'absent' ? absent : { is: 'value', value: {} };
  return {
    is: 'value',
    value: Object.fromEntries(Object.entries(found[1]).map(([name, data]) => [name, dataOf(data)])),
  };
}

export function valueOf(world: World, path: string, name: string): Answer<RegistryValue> {
  const all = valuesOf(world, path);
  if (all.is !== 'value') return all;
  const found = Object.entries(all.value).find(([one]) => same(one, name));
  return found === undefined ? absent : { is: 'value', value: found[1] };
}

export function fileAt(world: World, path: string): Answer<FileFacts> {
  if (isDenied(world, path)) return unreadable;
  const found = Object.entries(world.files).find(([one]) => same(one, path));
  return found === undefined ? absent : { is: 'value', value: found[1] };
}

export function folderExists(world: World, path: string): Answer<true> {
  if (isDenied(world, path)) return unreadable;
  return Object.keys(world.files).some((one) => below(one, path)) ? { is: 'value', value: true } : absent;
}

export function entriesOf(world: World, path: string): Answer<readonly Pick<FolderEntry, 'name' | 'folder'>[]> {
  const there = folderExists(world, path);
  if (there.is !== 'value') return there;
  const names = children(Object.keys(world.files), path);
  const entry = (name: string): Pick<FolderEntry, 'name' | 'folder'> => ({
    name,
    folder: !Object.keys(world.files).some((one) => same(one, `${path}\\${name}`)),
  });
  return { is: 'value', value: names.map(entry) };
}

export function serviceAt(world: World, name: string): Answer<ServiceInfo> {
  if (world.deniedServices.some((one) => same(one, name))) return unreadable;
  const found = Object.entries(world.services).find(([one]) => same(one, name));
  if (found === undefined) return absent;
  const usual = {
    start: { state: 'present', value: 'automatic' },
    account: { state: 'present', value: 'LocalSystem' },
  } as const;
  const rest = { name: found[0], displayName: found[0], state: 'running', path: { state: 'absent' } } as const;
  return { is: 'value', value: { ...rest, ...usual, ...found[1] } };
}

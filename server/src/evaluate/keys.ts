/** The physical keys that a key in content stands for, by view and user. */
import type { Template, View } from '../model/content.ts';
import type { RegistryValue } from '../model/observation.ts';
import { observe, type Context, type Names } from './context.ts';
import { firstPresent } from './msi.ts';
import { literalOf } from './patterns.ts';
import { physicalKey, viewsOf, type PhysicalKey } from './registry.ts';
import { keyPattern, type KeyPattern } from './templates.ts';
import { allUsers, loadedUsers, userHive } from './users.ts';
import { ABSENT, PENDING_READ, mapRead, present, unreadable, type Read } from './values.ts';

export interface KeyReading {
  readonly key: Template;
  readonly view?: View | undefined;
}

/** Whether the key exists in one of its views, for one of its users. */
export function keyExists(context: Context, names: Names | undefined, of: KeyReading): Read<PhysicalKey> {
  return firstKey(context, names, {
    ...of,
    read: (key) => mapRead(observe<'key'>(context, { kind: 'key', ...key }), () => present(key)),
  });
}

/** The value of that name under the first of its views and users that has it. */
export function keyValue(
  context: Context,
  names: Names | undefined,
  of: KeyReading & { readonly name: string },
): Read<RegistryValue> {
  return firstKey(context, names, {
    ...of,
    read: (key) => observe<'value'>(context, { kind: 'value', ...key, name: of.name }),
  });
}

function firstKey<T>(
  context: Context,
  names: Names | undefined,
  of: KeyReading & { readonly read: (key: PhysicalKey) => Read<T> },
): Read<T> {
  return mapRead(keyPattern(context, names, of.key), (pattern): Read<T> => {
    const parts = pattern.parts.map(literalOf);
    if (parts.includes(undefined)) return unreadable('a wildcard in a reading: only `each` and quantifiers enumerate');
    const path = parts.join('\\');
    const views = viewsOf(context, of.view, pattern.found);
    if (pattern.hive === 'HKCU') return firstUser(context, { path, views, read: of.read });
    const keys = keysInViews(context, { ...pattern, path }, views);
    if (pattern.hive !== 'HKU') return firstPresent(keys, of.read);
    return mapRead(userHive(context, path), () => firstPresent(keys, of.read));
  });
}

/** The first user who has it; a user whose hive is not loaded might, so without one it is unreadable and not absent. */
function firstUser<T>(
  context: Context,
  of: { path: string; views: readonly ('32' | '64')[]; read: (key: PhysicalKey) => Read<T> },
): Read<T> {
  const loaded = loadedUsers(context);
  if (loaded.pending) return PENDING_READ;
  const keys = loaded.loaded.flatMap((sid) =>
    keysInViews(context, { hive: 'HKU', path: `${sid}\\${of.path}` }, of.views),
  );
  const found = firstPresent(keys, of.read);
  if (found.state !== 'absent') return found;
  const all = allUsers(context);
  if (all.pending) return PENDING_READ;
  const [gap] = all.gaps;
  return gap === undefined ? ABSENT : unreadable(gap.reason);
}

/** The physical keys of several views; keys that Windows shares between views come once. */
export function keysInViews(
  context: Context,
  of: { readonly hive: KeyPattern['hive']; readonly path: string },
  views: readonly ('32' | '64')[],
): readonly PhysicalKey[] {
  const keys = new Map<string, PhysicalKey>();
  if (of.hive === 'HKCU') throw new Error('HKCU stands for users, not for one key');
  for (const view of views) {
    const key = physicalKey(context, of.hive, of.path, view);
    const id = `${key.hive}\\${key.path}`.toLowerCase();
    if (!keys.has(id)) keys.set(id, key);
  }
  return [...keys.values()];
}

/** Keys that a pattern with wildcards names, found level by level. */
import { observe, type Context, type Gap } from './context.ts';
import type { FoundKey } from './elements.ts';
import { MOST_ELEMENTS } from './listing.ts';
import { fits, literalOf } from './patterns.ts';
import { hiveNamed, join, physicalKey, type ContentHive } from './registry.ts';
import type { KeyPattern } from './templates.ts';
import { allUsers, userHive } from './users.ts';

export interface WalkedKeys {
  readonly keys: readonly FoundKey[];
  readonly gaps: readonly Gap[];
  readonly pending: boolean;
}

/** Wildcards below wildcards look into so many keys; what is beyond is unknown. */
export const MOST_KEYS = 20_000;

interface Walk {
  readonly context: Context;
  readonly keys: FoundKey[];
  readonly gaps: Gap[];
  pending: boolean;
  /** Keys that may still be looked into. */
  left: number;
}

/** The keys of a pattern in the given views, 64-bit first; HKCU stands for every user. */
export function walkKeys(context: Context, pattern: KeyPattern, views: readonly ('32' | '64')[]): WalkedKeys {
  const walk: Walk = { context, keys: [], gaps: [], pending: false, left: MOST_KEYS };
  for (const root of rootsOf(walk, pattern)) {
    for (const view of views) step(walk, { ...root, view, parts: pattern.parts, path: root.path });
  }
  return walk;
}

interface Root {
  readonly hive: Exclude<ContentHive, 'HKCU'>;
  readonly path: string;
  readonly user?: string;
}

function rootsOf(walk: Walk, pattern: KeyPattern): readonly Root[] {
  if (pattern.hive !== 'HKCU') return [{ hive: pattern.hive, path: '' }];
  const users = allUsers(walk.context);
  walk.pending ||= users.pending;
  // Content that names HKCU asks for each user: one who cannot be read is an unknown element, not a footnote.
  walk.gaps.push(...users.gaps.map((gap) => ({ reason: gap.reason })));
  return users.loaded.map((sid) => ({ hive: 'HKU', path: sid, user: sid }));
}

interface Place extends Root {
  readonly view: '32' | '64';
  readonly parts: KeyPattern['parts'];
}

function step(walk: Walk, place: Place): void {
  if (walk.keys.length > MOST_ELEMENTS) return;
  if (walk.left-- <= 0) {
    if (walk.left === -1) walk.gaps.push({ reason: `more than ${MOST_KEYS} keys to look into` });
    return;
  }
  const wild = place.parts.findIndex((part) => literalOf(part) === undefined);
  const fixed = place.parts.slice(0, wild < 0 ? undefined : wild).map((part) => literalOf(part) ?? '');
  const path = fixed.reduce(join, place.path);
  if (wild < 0) return existing(walk, { ...place, path });
  if (!hiveReadable(walk, place, path)) return;
  const key = physicalKey(walk.context, place.hive, path, place.view);
  const names = observe<'subkeys'>(walk.context, { kind: 'subkeys', ...key });
  if (names.state === 'pending') walk.pending = true;
  if (names.state === 'unreadable') walk.gaps.push(gapAt(place, names.reason));
  if (names.state !== 'present') return;
  const rest = place.parts.slice(wild + 1);
  for (const name of names.value) {
    if (!fits(place.parts[wild] ?? [], name)) continue;
    const below = { ...place, path: join(path, name), parts: rest };
    if (rest.length === 0) found(walk, below);
    else step(walk, below);
  }
}

function existing(walk: Walk, place: Place): void {
  if (!hiveReadable(walk, place, place.path)) return;
  const key = physicalKey(walk.context, place.hive, place.path, place.view);
  const read = observe<'key'>(walk.context, { kind: 'key', ...key });
  if (read.state === 'pending') walk.pending = true;
  if (read.state === 'unreadable') walk.gaps.push(gapAt(place, read.reason));
  if (read.state === 'present') found(walk, place);
}

function hiveReadable(walk: Walk, place: Place, path: string): boolean {
  if (place.hive !== 'HKU' || place.user !== undefined) return true;
  const hive = userHive(walk.context, path);
  if (hive.state === 'pending') walk.pending = true;
  if (hive.state === 'unreadable') walk.gaps.push({ reason: hive.reason });
  return hive.state === 'present';
}

function gapAt(place: Place, reason: string): Gap {
  // A user's hive has one view.
  const view = place.hive === 'HKU' ? {} : { view: place.view };
  return { reason, ...view, ...(place.user === undefined ? {} : { user: place.user }) };
}

function found(walk: Walk, place: Place): void {
  walk.keys.push({
    key: physicalKey(walk.context, place.hive, place.path, place.view),
    path: join(hiveNamed(place.hive) ?? place.hive, place.path),
    // A user's hive has one view: what was found there is not of one.
    ...(place.hive === 'HKU' ? {} : { view: place.view }),
    ...(place.user === undefined ? {} : { user: place.user }),
  });
}

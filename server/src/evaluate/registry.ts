/** Registry keys as content writes them, and the physical keys they mean on the target. */
import type { View } from '../model/content.ts';
import type { Hive } from '../model/observation.ts';
import type { Context } from './context.ts';
import { is64Bit } from './folders.ts';
import { machinePath32, userPath32 } from './registry-views.ts';

/** Hives as content may name them; `HKCU` stands for every user's. */
export type ContentHive = Hive | 'HKCU';

const HIVES: Readonly<Record<string, ContentHive>> = {
  hklm: 'HKLM',
  hkey_local_machine: 'HKLM',
  hku: 'HKU',
  hkey_users: 'HKU',
  hkcr: 'HKCR',
  hkey_classes_root: 'HKCR',
  hkcc: 'HKCC',
  hkey_current_config: 'HKCC',
  hkcu: 'HKCU',
  hkey_current_user: 'HKCU',
};

/** The hive a word names, long or short. */
export function hiveNamed(word: string): ContentHive | undefined {
  return Object.hasOwn(HIVES, word.toLowerCase()) ? HIVES[word.toLowerCase()] : undefined;
}

/** A key of the machine: what requests name. */
export interface PhysicalKey {
  readonly hive: Hive;
  readonly path: string;
}

/** The views to look into, in order: none for `view 64` on 32-bit Windows. */
export function viewsOf(context: Context, view: View | undefined, found?: '32' | '64'): readonly ('32' | '64')[] {
  const both = is64Bit(context.target.os);
  const own = both ? '64' : '32';
  if (view === undefined) return [found ?? own];
  if (view === 'both') return both ? ['64', '32'] : ['32'];
  return view === '64' && !both ? [] : [view];
}

/**
 * Where a key lies. HKCR is the machine's classes (the users' are under HKU), HKCC the current hardware profile: Microsoft,
 * "Predefined Keys". `path` of HKU begins with the SID.
 */
export function physicalKey(context: Context, hive: Hive, path: string, view: '32' | '64'): PhysicalKey {
  const redirected = view === '32' && is64Bit(context.target.os);
  switch (hive) {
    case 'HKCR':
      return physicalKey(context, 'HKLM', join('SOFTWARE\\Classes', path), view);
    case 'HKCC':
      return { hive: 'HKLM', path: join('SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current', path) };
    case 'HKU':
      return { hive, path: redirected ? userPath32(path) : path };
    case 'HKLM':
      return { hive, path: redirected ? machinePath32(path) : path };
  }
}

/** Joins two parts of a key path, either of which may be empty. */
export function join(left: string, right: string): string {
  return left === '' || right === '' ? left + right : `${left}\\${right}`;
}

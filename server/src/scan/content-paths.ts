/** The files of content below paths that a person names. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { refusePath } from './safe-path.ts';

const MOST_FILES = 100_000;
const NOT_LOOKED_INTO = new Set(['node_modules', 'dist']);

/** Why content cannot be read, as a sentence goes on. */
export class Unreadable extends Error {}

/** Whether a file inside of a folder is wanted, by its name. Files that are named themselves always are. */
export type Wanted = (name: string) => boolean;

/**
 * The files below some paths, each once, in the order of the paths and then of names. Throws `Unreadable` for a path that is
 * not there, may not be opened or holds nothing wanted.
 */
export async function contentPaths(paths: readonly string[], wanted: Wanted, what: string): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const given of paths) {
    if ((await collect(given, wanted, names)) === 0) throw new Unreadable(`there are no ${what} files in "${given}"`);
  }
  return [...names];
}

/** Adds what a path holds and says how much that is, counted again where it was there already. */
async function collect(given: string, wanted: Wanted, names: Set<string>): Promise<number> {
  const refused = refusePath(given);
  if (refused !== undefined) throw new Unreadable(refused);
  const info = await stat(given).catch((error: unknown) => {
    throw new Unreadable(`"${given}" cannot be read: ${codeOf(error)}`);
  });
  if (info.isDirectory()) return collectFolder(given, wanted, names);
  names.add(path.normalize(given));
  return 1;
}

/** Links are not followed: a workspace could lead out of itself with them. */
async function collectFolder(folder: string, wanted: Wanted, names: Set<string>): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new Unreadable(`"${folder}" cannot be read: ${codeOf(error)}`);
  });
  let found = 0;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !NOT_LOOKED_INTO.has(entry.name)) {
        found += await collectFolder(full, wanted, names);
      }
    } else if (entry.isFile() && wanted(entry.name)) {
      names.add(full);
      found++;
      if (names.size > MOST_FILES) throw new Unreadable(`there are more than ${MOST_FILES} files of content`);
    }
  }
  return found;
}

/** The code of a file system's error, or the error in words. */
export function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return String(error);
}

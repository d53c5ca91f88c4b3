/** The recordings that tests name: found by their patterns, each opened once. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { SnapshotMachine } from '../../machine/snapshot/snapshot-machine.ts';
import { refusePath } from '../safe-path.ts';
import { openSnapshot } from '../steps/snapshot.ts';

/** A recording by the path that messages show. */
export interface Recording {
  readonly name: string;
  readonly file: string;
}

export type Opened = { readonly machine: SnapshotMachine } | { readonly why: string };

export class Recordings {
  readonly #opened = new Map<string, Promise<Opened>>();

  /** The recordings that a pattern of a file means, sorted; or why there is none. `*` stands in names, not across folders. */
  async find(file: string, pattern: string): Promise<readonly Recording[] | { readonly why: string }> {
    const refused = refusePath(pattern);
    if (refused !== undefined) return { why: refused };
    if (path.posix.isAbsolute(pattern) || path.win32.isAbsolute(pattern) || /^[a-z]:/i.test(pattern))
      return { why: `"${pattern}" is no path relative to the script` };
    const from = path.dirname(file);
    let found: string[] = [''];
    for (const part of pattern.split(/[\\/]/)) {
      if (part === '' || part === '.') continue;
      const next: string[] = [];
      for (const folder of found) {
        if (!part.includes('*')) next.push(path.posix.join(folder, part));
        else next.push(...(await namesIn(path.join(from, folder), part)).map((name) => path.posix.join(folder, name)));
      }
      found = next;
    }
    if (found.length === 0) return { why: `there is no recording "${pattern}"` };
    return found.sort().map((name) => ({ name, file: path.join(from, name) }));
  }

  /** A recording, read once for all tests. */
  open({ name, file }: Recording): Promise<Opened> {
    const known = this.#opened.get(file) ?? open(name, file);
    this.#opened.set(file, known);
    return known;
  }
}

async function open(name: string, file: string): Promise<Opened> {
  const opened = await openSnapshot(file);
  if (opened.ok) return { machine: opened.value.machine };
  const { code, raw } = opened.error;
  return { why: `error ${code}: the recording "${name}" cannot be read (${raw.replace(/^(\w+): \1: /, '$1: ')})` };
}

async function namesIn(folder: string, pattern: string): Promise<readonly string[]> {
  const literal = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const fits = new RegExp(`^${literal.join('.*')}$`, 'i');
  try {
    return (await readdir(folder)).filter((name) => fits.test(name));
  } catch {
    return [];
  }
}

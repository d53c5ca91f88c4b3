/** Content files on disk: finding and reading them, with bounds. */
import { readFileSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseSeverities, type Severities } from '../lint/severities.ts';
import { plainValue, readJson } from '../scan/configuration/json.ts';
import { isContent } from '../scan/content-files.ts';

/** The same that `loadContent` leaves out, so that editor and command line see the same content. */
const NOT_LOOKED_INTO = new Set(['node_modules', 'dist']);
const MOST_FILES = 100_000;
const LARGEST_FILE = 16 * 1024 * 1024;

/** Every content file below a folder, in no order. Links are not followed: they may lead out of the workspace or in circles. */
export async function findContentFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined && found.length < MOST_FILES; next = waiting.pop()) {
    const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const full = path.join(next, entry.name);
      if (entry.isDirectory() && isLookedInto(entry.name)) waiting.push(full);
      else if (entry.isFile() && isContent(entry.name)) found.push(full);
    }
  }
  return found;
}

const isLookedInto = (folder: string): boolean => !folder.startsWith('.') && !NOT_LOOKED_INTO.has(folder);

/** A file's text without its byte order mark; `undefined` when it is gone, unreadable or too large to be content. */
export async function readContentFile(file: string): Promise<string | undefined> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) return undefined;
    return (await readFile(file, 'utf8')).replace(/^\ufeff/, '');
  } catch {
    return undefined;
  }
}

/** The same at once: for one file that is looked at. */
export function readContentNow(file: string): string | undefined {
  try {
    if (statSync(file).size > LARGEST_FILE) return undefined;
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch {
    return undefined;
  }
}

/** The severities that the `patchlab.json` of a folder wants; none where it has no such file, or one that is wrong. */
export async function readSeverities(folder: string): Promise<NonNullable<Severities['severities']>> {
  const text = await readContentFile(path.join(folder, 'patchlab.json'));
  let value: unknown;
  try {
    value = plainValue(readJson(text ?? '{}'));
  } catch {
    return new Map();
  }
  if (typeof value !== 'object' || value === null || !('severity' in value)) return new Map();
  return parseSeverities(value.severity).severities;
}

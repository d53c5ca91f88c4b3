/** Reads content from disk: files and folders that a person names, `*.detect` and `*.patches.xml` inside folders. */
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { linkContent } from '../model/link.ts';
import type { LinkedContent } from '../model/content.ts';
import { isPatchXml } from '../patchxml/read.ts';
import { refusePath } from './safe-path.ts';

const LARGEST_FILE = 16 * 1024 * 1024;
const MOST_FILES = 100_000;
const NOT_LOOKED_INTO = new Set(['node_modules', 'dist']);

/** One file of content, as the linker takes it. */
export interface ContentFile {
  readonly file: string;
  readonly text: string;
}

/** Content, linked; or why it could not be read. */
export type LoadedContent =
  | { readonly ok: true; readonly files: readonly ContentFile[]; readonly linked: LinkedContent }
  | { readonly ok: false; readonly why: string };

class Unreadable extends Error {}

/** Reads and links everything below the given paths. A path that is not there, or holds no content, is an error. */
export async function loadContent(paths: readonly string[]): Promise<LoadedContent> {
  try {
    const files = await readContentFiles(paths);
    return { ok: true, files, linked: linkContent(files) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
}

async function readContentFiles(paths: readonly string[]): Promise<readonly ContentFile[]> {
  const names = new Set<string>();
  for (const given of paths) {
    if ((await collect(given, names)) === 0)
      throw new Unreadable(`there are no *.detect and no *.patches.xml files in "${given}"`);
  }
  const files: ContentFile[] = [];
  for (const file of names) files.push({ file, text: await readText(file) });
  return files;
}

/** Adds what a path holds and says how much that is, counted again where it was there already. */
async function collect(given: string, names: Set<string>): Promise<number> {
  const refused = refusePath(given);
  if (refused !== undefined) throw new Unreadable(refused);
  const info = await stat(given).catch((error: unknown) => {
    throw new Unreadable(`"${given}" cannot be read: ${codeOf(error)}`);
  });
  if (!info.isDirectory()) {
    names.add(path.normalize(given));
    return 1;
  }
  return collectFolder(given, names);
}

/** Links are not followed: a workspace could lead out of itself with them. */
async function collectFolder(folder: string, names: Set<string>): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new Unreadable(`"${folder}" cannot be read: ${codeOf(error)}`);
  });
  let found = 0;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && !NOT_LOOKED_INTO.has(entry.name)) found += await collectFolder(full, names);
    } else if (entry.isFile() && isContent(entry.name)) {
      names.add(full);
      found++;
      if (names.size > MOST_FILES) throw new Unreadable(`there are more than ${MOST_FILES} files of content`);
    }
  }
  return found;
}

/** Whether a file in a folder is content, by its name. */
export const isContent = (name: string): boolean => name.endsWith('.detect') || isPatchXml(name);

/** A file's text, or why it cannot be read. */
export async function readContentText(
  file: string,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string }> {
  try {
    return { ok: true, text: await readText(file) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, why: error.message };
    throw error;
  }
}

async function readText(file: string): Promise<string> {
  try {
    const info = await stat(file);
    if (info.size > LARGEST_FILE) throw new Unreadable(`"${file}" is larger than ${LARGEST_FILE / 1024 / 1024} MB`);
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`"${file}" cannot be read: ${codeOf(error)}`);
  }
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return String(error);
}

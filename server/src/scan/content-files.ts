/** Reads content from disk: files and folders that a person names, `*.detect` and `*.patches.xml` inside folders. */
import { readFile, stat } from 'node:fs/promises';
import { linkContent, type Linked } from '../model/link.ts';
import { isPatchXml } from '../patchxml/read.ts';
import { codeOf, contentPaths, Unreadable } from './content-paths.ts';

const LARGEST_FILE = 16 * 1024 * 1024;

/** One file of content, as the linker takes it. */
export interface ContentFile {
  readonly file: string;
  readonly text: string;
}

/** Content, linked; or why it could not be read. */
export type LoadedContent =
  | { readonly ok: true; readonly files: readonly ContentFile[]; readonly linked: Linked }
  | { readonly ok: false; readonly why: string };

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
  const names = await contentPaths(paths, isContent, '*.detect and no *.patches.xml');
  const files: ContentFile[] = [];
  for (const file of names) files.push({ file, text: await readText(file) });
  return files;
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

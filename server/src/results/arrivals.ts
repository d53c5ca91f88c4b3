/** The folder that results are dropped into. A document appears there whole or not at all. */
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ScanResult } from '../scan/result.ts';
import { digestOf } from './digest.ts';
import { SCAN_ID } from './document.ts';

const TEMPORARY = '.writing-';
/** A writer that takes longer than this is dead, and what it left is rubbish. */
const STALE_MS = 24 * 60 * 60 * 1000;

/** The text of a result as it lies in arrivals: the document and, last, its digest. */
export function arrivedText(result: ScanResult): string {
  const plain = JSON.parse(JSON.stringify(result)) as ScanResult;
  return `${JSON.stringify({ ...plain, digest: digestOf(plain) })}\n`;
}

/** Makes renames in a folder last through a power cut, where the system can do that. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows cannot open a folder for that; there NTFS's own journal keeps the rename.
  }
}

/**
 * Drops a result: written under another name in the same folder, brought to the disk, then renamed. Rejects with the
 * file system's error; nothing half-written ever has the document's name. Gives the document's path.
 */
export async function dropResult(folder: string, result: ScanResult): Promise<string> {
  if (!SCAN_ID.test(result.scanId)) throw new Error(`"${result.scanId}" cannot name a file`);
  await mkdir(folder, { recursive: true });
  const final = path.join(folder, `${result.scanId}.json`);
  const temporary = path.join(folder, `${TEMPORARY}${result.scanId}-${process.pid}`);
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(arrivedText(result));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, final);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
  return final;
}

/** The documents that wait, by name. What is still being written is not among them. */
export async function listArrivals(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort();
}

/** Removes what dead writers left behind. */
export async function removeStale(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(TEMPORARY)) continue;
    const file = path.join(folder, name);
    const info = await stat(file).catch(() => undefined);
    if (info && now - info.mtimeMs > STALE_MS) await rm(file, { force: true });
  }
}

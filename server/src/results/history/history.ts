/**
 * The editor's own history: a folder outside of every workspace with the last results, each a document as it lies in arrivals.
 * A small file beside each says what a list shows, so that no list has to read them all.
 */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ScanResult } from '../../scan/result.ts';
import { dropResult, listArrivals, removeStale } from '../arrivals.ts';
import { readArrived, SCAN_ID, type Read } from '../document.ts';
import { summaryOf, type ScanSummary } from '../store.ts';

/** What a history may take. The newest result stays, however large it is. */
export interface HistoryLimits {
  readonly results: number;
  readonly bytes: number;
}

export const HISTORY_LIMITS: HistoryLimits = { results: 100, bytes: 256 * 1024 * 1024 };

/** No result that the editor made is larger; another program's file in this folder may be. */
const LARGEST_DOCUMENT = 256 * 1024 * 1024;

/** A document of the history: what it says, or why it cannot be read. */
export type HistoryEntry =
  | { readonly id: string; readonly summary: ScanSummary }
  | { readonly id: string; readonly broken: string; readonly modified: string };

/** Keeps a result; the oldest ones go where there are too many or they are too large. */
export async function keepResult(folder: string, result: ScanResult, limits = HISTORY_LIMITS): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeStale(folder, Date.now());
  const file = await dropResult(folder, result);
  const { size } = await stat(file);
  await writeFile(besideOf(folder, result.scanId), JSON.stringify({ size, summary: summaryOf(result) }), {
    mode: 0o600,
  });
  await prune(folder, limits);
}

/** The newest first; broken ones stand where their files' times put them. */
export async function listHistory(folder: string): Promise<readonly HistoryEntry[]> {
  const names = await listArrivals(folder).catch(missingIsNone);
  const entries = await Promise.all(names.map((name) => entryOf(folder, name.slice(0, -'.json'.length))));
  return entries.toSorted((one, other) => (timeOf(one) < timeOf(other) ? 1 : -1));
}

/** A document of the history, checked from its first member to its digest. */
export async function readHistory(folder: string, id: string): Promise<Read<ScanResult>> {
  if (!SCAN_ID.test(id)) return { ok: false, why: 'its name is no scan id' };
  return readDocument(path.join(folder, `${id}.json`));
}

/** One document that lies somewhere, as `readHistory` reads it. */
export async function readDocument(file: string): Promise<Read<ScanResult>> {
  try {
    const { size } = await stat(file);
    if (size > LARGEST_DOCUMENT) return { ok: false, why: `it is larger than ${LARGEST_DOCUMENT / 1024 / 1024} MB` };
    const read = readArrived(await readFile(file, 'utf8'));
    return read.ok ? { ok: true, value: read.value.result } : read;
  } catch (error) {
    return { ok: false, why: isMissing(error) ? 'it is not there any more' : String(error) };
  }
}

/** Takes results out of the history. */
export async function forgetResults(folder: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    // Any file that stands in the list can be taken out of it, also one with a name that no scan gave.
    if (path.basename(id) !== id) continue;
    await rm(path.join(folder, `${id}.json`), { force: true });
    await rm(besideOf(folder, id), { force: true });
  }
}

const besideOf = (folder: string, id: string): string => path.join(folder, `${id}.summary`);

const timeOf = (entry: HistoryEntry): string => ('summary' in entry ? entry.summary.started : entry.modified);

async function entryOf(folder: string, id: string): Promise<HistoryEntry> {
  const file = path.join(folder, `${id}.json`);
  const info = await stat(file).catch(() => undefined);
  const summary = info && (await summaryBeside(folder, id, info.size));
  if (summary) return { id, summary };
  const read = SCAN_ID.test(id) ? await readDocument(file) : { ok: false as const, why: 'its name is no scan id' };
  if (read.ok && read.value.scanId === id) return { id, summary: summaryOf(read.value) };
  const broken = read.ok ? 'it is another scan than its name says' : read.why;
  return { id, broken, modified: (info?.mtime ?? new Date(0)).toISOString() };
}

/** What was written beside a document, where it still is the document of then. */
async function summaryBeside(folder: string, id: string, size: number): Promise<ScanSummary | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(besideOf(folder, id), 'utf8'));
    if (typeof value !== 'object' || value === null || !('size' in value) || value.size !== size) return undefined;
    return 'summary' in value && isSummary(value.summary) && value.summary.scanId === id ? value.summary : undefined;
  } catch {
    return undefined;
  }
}

function isSummary(value: unknown): value is ScanSummary {
  if (typeof value !== 'object' || value === null) return false;
  const { scanId, started, finished, machine, counts } = value as Readonly<Record<string, unknown>>;
  const texts = [scanId, started, finished, machine];
  return texts.every((text) => typeof text === 'string') && typeof counts === 'object' && counts !== null;
}

async function prune(folder: string, limits: HistoryLimits): Promise<void> {
  const files = await Promise.all(
    (await listArrivals(folder)).map(async (name) => ({ name, info: await stat(path.join(folder, name)) })),
  );
  const newest = files.toSorted((one, other) => other.info.mtimeMs - one.info.mtimeMs);
  let bytes = 0;
  const old = newest.filter(({ info }, index) => {
    bytes += info.size;
    return index > 0 && (index >= limits.results || bytes > limits.bytes);
  });
  await forgetResults(
    folder,
    old.map(({ name }) => name.slice(0, -'.json'.length)),
  );
  const kept = new Set((await listArrivals(folder)).map((name) => name.replace(/\.json$/, '.summary')));
  for (const name of await readdir(folder))
    if (name.endsWith('.summary') && !kept.has(name)) await rm(path.join(folder, name), { force: true });
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

function missingIsNone(error: unknown): readonly string[] {
  if (isMissing(error)) return [];
  throw error;
}

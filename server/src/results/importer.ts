/** Moves arrivals into the store. It may be killed at any moment, and several may work on one folder at once. */
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { listArrivals, removeStale } from './arrivals.ts';
import { readArrived, type ArrivedResult } from './document.ts';
import type { Added, ResultStore } from './store.ts';

/** Rows that one transaction takes, about: enough to make it worth its sync, few enough to keep others waiting shortly. */
const ROWS_PER_TRANSACTION = 1000;
const LARGEST_DOCUMENT = 256 * 1024 * 1024;

/** What one run of the importer did. */
export interface ImportReport {
  readonly added: number;
  /** Documents that the store had already, digest for digest. */
  readonly known: number;
  readonly rejected: readonly { readonly file: string; readonly why: string }[];
}

interface Waiting extends ArrivedResult {
  readonly file: string;
}

const rowsOf = ({ result }: ArrivedResult): number => 1 + result.products.length + result.patches.length;

const isGone = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/**
 * Imports every document that waits in the folder, oldest name first. A document leaves the folder only after the store
 * has it for certain; one that cannot be imported goes to `rejected/` with the reason in a file beside it.
 * Rejects when the folder or the store fails, and then nothing is lost.
 */
export async function importArrivals(folder: string, store: ResultStore, signal?: AbortSignal): Promise<ImportReport> {
  const run = new Run(folder, store);
  await removeStale(folder, Date.now());
  for (const name of await listArrivals(folder)) {
    signal?.throwIfAborted();
    await run.take(path.join(folder, name));
  }
  await run.flush();
  return { added: run.added, known: run.known, rejected: run.rejected };
}

class Run {
  added = 0;
  known = 0;
  readonly rejected: { file: string; why: string }[] = [];
  readonly #folder: string;
  readonly #store: ResultStore;
  #waiting: Waiting[] = [];
  #rows = 0;

  constructor(folder: string, store: ResultStore) {
    this.#folder = folder;
    this.#store = store;
  }

  async take(file: string): Promise<void> {
    const text = await this.#read(file);
    if (text === undefined) return;
    const read = readArrived(text);
    if (!read.ok) return this.#reject(file, read.why);
    this.#waiting.push({ ...read.value, file });
    this.#rows += rowsOf(read.value);
    if (this.#rows >= ROWS_PER_TRANSACTION) await this.flush();
  }

  /** The document's text; undefined where another importer was faster, or where it is nothing to read. */
  async #read(file: string): Promise<string | undefined> {
    try {
      const info = await stat(file);
      if (!info.isFile()) return undefined;
      if (info.size <= LARGEST_DOCUMENT) return await readFile(file, 'utf8');
      await this.#reject(file, `it is larger than ${LARGEST_DOCUMENT / 1024 / 1024} MB`);
      return undefined;
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#rows = 0;
    if (waiting.length === 0) return;
    const outcomes = await this.#store.add(waiting);
    for (const [index, { file, result }] of waiting.entries()) await this.#settle(file, result.scanId, outcomes[index]);
  }

  async #settle(file: string, scanId: string, outcome: Added | undefined): Promise<void> {
    if (outcome === 'conflict') {
      await this.#reject(file, `the store already has scan ${scanId} with another digest`);
      return;
    }
    if (outcome === 'added') this.added++;
    else this.known++;
    await rm(file, { force: true });
  }

  async #reject(file: string, why: string): Promise<void> {
    const rejected = path.join(this.#folder, 'rejected');
    await mkdir(rejected, { recursive: true });
    const name = path.basename(file);
    try {
      await writeFile(path.join(rejected, `${name}.why.txt`), `${name} was not imported: ${why}.\n`);
      await rename(file, path.join(rejected, name));
    } catch (error) {
      if (!isGone(error)) throw error;
      return;
    }
    this.rejected.push({ file: name, why });
  }
}

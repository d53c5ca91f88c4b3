/** The importer: rows a second from arrivals into the embedded store. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dropResult } from '../../server/src/results/arrivals.ts';
import { importArrivals } from '../../server/src/results/importer.ts';
import { openSqliteStore } from '../../server/src/results/sqlite.ts';
import { samplePatch, sampleResult } from '../unit/results/sample-result.ts';
import { median } from './statistics.ts';
import type { BenchRow } from './statistics.ts';

const DOCUMENTS = 100;
const PATCHES = 2_000;
const ROUNDS = 3;
const BUDGET = 100_000;

/** Results of 2,000 patches, each round into a new store. */
export async function benchImporter(): Promise<readonly BenchRow[]> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rates.push(await oneRound());
  const rate = median(rates);
  return [
    {
      what: `importer, ${DOCUMENTS} results of ${PATCHES} patches into the embedded store`,
      result: `${Math.round(rate)} rows/s`,
      budget: `${BUDGET} rows/s`,
      kept: rate >= BUDGET,
    },
  ];
}

async function oneRound(): Promise<number> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-bench-'));
  try {
    const arrivals = path.join(folder, 'arrivals');
    const patches = Array.from({ length: PATCHES }, (_, index) => samplePatch(`P-${index}`));
    for (let index = 0; index < DOCUMENTS; index++)
      await dropResult(arrivals, sampleResult(`scan-${1000 + index}`, { patches }));
    const store = await openSqliteStore(path.join(folder, 'store.sqlite'));
    const began = performance.now();
    const { added } = await importArrivals(arrivals, store);
    const seconds = (performance.now() - began) / 1000;
    await store.close();
    if (added !== DOCUMENTS) throw new Error(`${added} of ${DOCUMENTS} results were imported`);
    return (DOCUMENTS * PATCHES) / seconds;
  } finally {
    await rm(folder, { recursive: true });
  }
}

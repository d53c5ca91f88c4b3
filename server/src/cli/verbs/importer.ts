/** `patchlab importer`: arrivals to store. */
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { importArrivals } from '../../results/importer.ts';
import { inert } from '../../results/report/inert.ts';
import { openSqliteStore } from '../../results/sqlite.ts';
import type { ResultStore } from '../../results/store.ts';
import { readConfiguration } from '../configuration.ts';
import { parseDuration } from '../duration.ts';
import { UsageError, type ExitCode, type Surroundings, type Verb } from '../verb.ts';

export const importer: Verb = {
  summary: 'moves results from the arrivals folder into the store',
  description: `Imports every result that waits in the arrivals folder and removes it there once the store has it. A broken
document, or one whose scan id the store has with another digest, is moved to rejected/ with the reason beside it.
Several importers may work on one folder, and one may be killed at any moment. Whoever may write to the arrivals folder
may add results: its permissions are the boundary.`,
  options: {
    arrivals: { value: 'DIR', path: true, help: 'The arrivals folder; default: that of patchlab.json.' },
    store: {
      value: 'FILE',
      path: true,
      help: 'The SQLite file, made when it is not there; default: that of patchlab.json.',
    },
    every: { value: 'DURATION', help: 'Goes on until it is stopped, looking again every 30s, 5m, ...' },
  },
  examples: ['patchlab importer --arrivals arrivals --store results.sqlite', 'patchlab importer --every 30s'],
  run: async (args, io) => {
    const configured = await readConfiguration();
    const arrivals = args.one('arrivals') ?? configured.arrivals;
    const file = args.one('store') ?? configured.store;
    if (arrivals === undefined) throw new UsageError('Which folder? Give --arrivals DIR.');
    if (file === undefined) throw new UsageError('Into which store? Give --store FILE.');
    const every = args.one('every');
    const pause = every === undefined ? undefined : parseDuration(every);
    if (!(await isFolder(arrivals))) throw new UsageError(`There is no arrivals folder "${arrivals}".`);
    const store = await openStore(file);
    try {
      return await importUntilStopped(arrivals, store, pause, io);
    } finally {
      await store.close();
    }
  },
};

async function importUntilStopped(
  arrivals: string,
  store: ResultStore,
  pause: number | undefined,
  io: Surroundings,
): Promise<ExitCode> {
  let rejected = 0;
  for (;;) {
    const report = await importArrivals(arrivals, store);
    rejected += report.rejected.length;
    for (const { file, why } of report.rejected) io.err(`rejected ${inert(file)}: ${inert(why)}\n`);
    if (pause === undefined || report.added + report.known + report.rejected.length > 0)
      io.out(`${report.added} imported, ${report.known} known already, ${report.rejected.length} rejected\n`);
    if (pause === undefined) return rejected > 0 ? 1 : 0;
    try {
      await sleep(pause, undefined, { signal: io.signal });
    } catch {
      return rejected > 0 ? 1 : 0;
    }
  }
}

/** Opens a store, or ends the command with a UsageError. */
export async function openStore(file: string): Promise<ResultStore> {
  try {
    return await openSqliteStore(file);
  } catch (error) {
    throw new UsageError(
      `The store "${file}" cannot be opened: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

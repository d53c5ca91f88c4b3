/** `patchlab compare`: what two results say differently. */
import { stat } from 'node:fs/promises';
import { compareResults } from '../../results/compare/compare.ts';
import { isDifferent } from '../../results/compare/comparison.ts';
import { readDocument } from '../../results/history/history.ts';
import { renderPrettyComparison } from '../../results/report/pretty-comparison.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import type { ScanResult } from '../../scan/result.ts';
import { readConfiguration } from '../configuration.ts';
import { UsageError, type Verb } from '../verb.ts';
import { openStore } from './importer.ts';

export const compare: Verb = {
  summary: 'shows what two results say differently',
  arguments: 'LEFT RIGHT',
  positionals: { many: true, path: true },
  description: `Compares two results: of one machine at two times or with two versions of the content, or of two machines.
Each is the file of a result document, as it lies in arrivals, or the id of a scan in the store.`,
  options: {
    store: { value: 'FILE', path: true, help: 'The SQLite file; default: that of patchlab.json.' },
    format: {
      value: 'FORMAT',
      oneOf: ['pretty', 'json'],
      help: 'pretty (default), or json with everything that is the same, too.',
    },
    'fail-on-change': { help: 'Ends with 1 when anything differs.' },
  },
  examples: [
    'patchlab compare before.json after.json',
    'patchlab compare --store results.sqlite 20260113-100000-0123456789abcdef 20260114-100000-0123456789abcdef',
  ],
  run: async (args, io) => {
    const [left, right, ...more] = args.positionals;
    if (left === undefined || right === undefined || more.length > 0)
      throw new UsageError('Which two results? Give two files or ids of scans.');
    const store = args.one('store');
    const comparison = compareResults(await resultOf(left, store), await resultOf(right, store));
    const differs = [...comparison.products, ...comparison.patches].some(isDifferent);
    if (args.one('format') === 'json') io.out(`${JSON.stringify(comparison, null, 2)}\n`);
    else io.out(renderPrettyComparison(comparison, io.colour ? COLOUR : PLAIN));
    return args.has('fail-on-change') && differs ? 1 : 0;
  },
};

/** A file by its path, else a scan by its id. */
async function resultOf(named: string, given: string | undefined): Promise<ScanResult> {
  const isFile = await stat(named).then(
    (info) => info.isFile(),
    () => false,
  );
  if (isFile) {
    const read = await readDocument(named);
    if (!read.ok) throw new UsageError(`The result "${named}" cannot be read: ${read.why}.`);
    return read.value;
  }
  const file = given ?? (await readConfiguration()).store;
  const isStore = file !== undefined && (await stat(file).catch(() => undefined))?.isFile() === true;
  if (!isStore) throw new UsageError(`There is no file "${named}", and no store to look for a scan of that id.`);
  const store = await openStore(file);
  try {
    const found = await store.load(named);
    if (!found) throw new UsageError(`There is no file "${named}", and the store has no scan of that id.`);
    return found;
  } finally {
    await store.close();
  }
}

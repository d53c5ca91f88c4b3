/** `patchlab report`: results from the store. */
import { stat } from 'node:fs/promises';
import { renderCsv } from '../../results/report/csv.ts';
import { renderHtmlPage } from '../../results/report/html.ts';
import { renderPrettyAll, type PrettyOptions } from '../../results/report/pretty.ts';
import { COLOUR, PLAIN } from '../../results/report/style.ts';
import type { ScanFilter } from '../../results/store.ts';
import { SCAN_SCHEMA, type ScanResult } from '../../scan/result.ts';
import { readConfiguration } from '../configuration.ts';
import { UsageError, type ParsedArguments, type Verb } from '../verb.ts';
import { openStore } from './importer.ts';

export const report: Verb = {
  summary: 'shows results from the store',
  description: `Shows the last scan of each machine; with --scan or --machine, those scans.`,
  options: {
    store: { value: 'FILE', path: true, help: 'The SQLite file; default: that of patchlab.json.' },
    format: {
      value: 'FORMAT',
      oneOf: ['pretty', 'json', 'csv', 'html'],
      help: 'pretty (default), json (patchlab-scan/1), csv, or html (one page without scripts).',
    },
    machine: { value: 'NAME', help: 'Only this machine, by the name in its results.' },
    scan: { value: 'ID', help: 'Only this scan.' },
    all: { help: 'Every scan, not only the last of each machine.' },
    trace: { help: 'Shows why, for every patch whose trace was kept.' },
    explain: { value: 'PATCH', help: 'Shows why, for this patch.' },
  },
  examples: [
    'patchlab report --store results.sqlite',
    'patchlab report --store results.sqlite --machine WS01 --explain SZ-2024-07',
    'patchlab report --store results.sqlite --format html > report.html',
  ],
  run: async (args, io) => {
    const results = await resultsFor(args);
    switch (args.one('format')) {
      case 'json':
        io.out(`${JSON.stringify({ schema: SCAN_SCHEMA, results }, null, 2)}\n`);
        break;
      case 'csv':
        io.out(renderCsv(results));
        break;
      case 'html':
        io.out(renderHtmlPage(results));
        break;
      default: {
        const options = { style: io.colour ? COLOUR : PLAIN, ...traceOption(args) };
        io.out(results.length === 0 ? 'No results.\n' : renderPrettyAll(results, options));
      }
    }
    return 0;
  },
};

function traceOption(args: ParsedArguments): Pick<PrettyOptions, 'trace'> {
  const id = args.one('explain');
  if (id !== undefined) return { trace: { id } };
  return args.has('trace') ? { trace: 'all' } : {};
}

async function resultsFor(args: ParsedArguments): Promise<readonly ScanResult[]> {
  const file = args.one('store') ?? (await readConfiguration()).store;
  if (file === undefined) throw new UsageError('From which store? Give --store FILE.');
  const known = await stat(file).catch(() => undefined);
  if (!known?.isFile()) throw new UsageError(`There is no store "${file}".`);
  const scanId = args.one('scan');
  const machine = args.one('machine');
  const filter: ScanFilter = {
    latest: !args.has('all') && scanId === undefined,
    ...(scanId !== undefined && { scanId }),
    ...(machine !== undefined && { machine }),
  };
  const store = await openStore(file);
  try {
    const loaded = await Promise.all((await store.scans(filter)).map((scan) => store.load(scan.scanId)));
    const results = loaded.filter((result) => result !== undefined);
    if (results.length === 0 && (scanId ?? machine) !== undefined)
      throw new UsageError(`The store has no scan ${scanId ?? `of machine "${machine}"`}.`);
    return results;
  } finally {
    await store.close();
  }
}

/**
 * `npm run bench:editor`: the editor's speed as a user has it. The packaged extension in a real workbench in a headless browser,
 * against the budgets; nothing fails. `npm run bench:editor -- report` runs one part.
 */
import os from 'node:os';
import { ensurePrerequisites, PrerequisiteError } from '../../scripts/prerequisites.ts';
import { makePackage } from '../../scripts/package.ts';
import { ensureHost } from '../e2e/host.ts';
import type { Smoothness } from '../e2e/in-page.ts';
import { openBrowser } from '../e2e/workbench.ts';
import { loadedAtActivation, measureActivation, packageSize } from './editor/activation.ts';
import { measureGraph } from './editor/graph.ts';
import { measureProgress } from './editor/progress.ts';
import { measureReport } from './editor/report.ts';
import type { Tools } from './editor/stage.ts';
import { measureTruth } from './editor/truth.ts';
import { formatRows, median, percentile, type BenchRow } from './statistics.ts';

const PARTS: Readonly<Record<string, (tools: Tools) => Promise<readonly BenchRow[]>>> = {
  activation: async (tools) => [
    timesRow('activation: loading the extension and running `activate`', await measureActivation(tools, 10), 150),
  ],
  loaded: async (tools) => {
    const { files, pages } = await loadedAtActivation(tools);
    const of = (process: string): string =>
      files
        .filter((one) => one.process === process)
        .map(({ name, size }) => (size > 0 ? `${name} (${Math.round(size / 1024)} KB)` : name))
        .join(', ');
    return [
      { what: 'loaded by the extension when a script was opened', result: of('editor') },
      { what: 'loaded by its server', result: of('server') },
      { what: 'pages of the extension that have begun by then', result: String(pages), budget: '0', kept: pages === 0 },
    ];
  },
  package: (tools) => {
    const size = packageSize(tools);
    const result = `${Math.round(size / 1024)} KB`;
    return Promise.resolve([{ what: 'package', result, budget: '1024 KB', kept: size < 1024 * 1024 }]);
  },
  progress: async (tools) => {
    const { recorded, live } = await measureProgress(tools, 15);
    return [
      timesRow('key of Scan File to first progress seen, recorded machine', recorded, 300),
      timesRow('the same, live machine', live, 300),
    ];
  },
  report: async (tools) => {
    const { fromKey, fromPage, walks } = await measureReport(tools, { patches: 5000, rounds: 10, walks: 6 });
    return [
      timesRow('5,000 patches, key of Show Report to rows seen', fromKey, 500),
      timesRow('the same from the beginning of its page', fromPage, 500),
      ...smoothRows('scrolling them', walks),
      mostRow(walks),
    ];
  },
  truth: async (tools) => {
    const { small, large } = await measureTruth(tools, 30);
    return [
      timesRow(
        'keystroke to old verdict gone',
        small.map(({ gone }) => gone),
        50,
      ),
      timesRow(
        'keystroke to judged anew',
        small.map(({ judged }) => judged),
        50,
      ),
      timesRow(
        'old verdict gone, script of 100 KB',
        large.map(({ gone }) => gone),
        50,
      ),
      timesRow(
        'judged anew, script of 100 KB',
        large.map(({ judged }) => judged),
        50,
      ),
      relapseRow([...small, ...large].map(({ relapses }) => relapses)),
    ];
  },
  graph: async (tools) => {
    const { fromKey, moves } = await measureGraph(tools, 2000, 5);
    return [
      timesRow('a graph of 2,000 patches, key to first drawn', fromKey),
      ...smoothRows('moving and zooming it', moves),
    ];
  },
};

/** Runs the parts that are named, or all, each in editors of its own. */
async function benchEditor(names: readonly string[]): Promise<readonly BenchRow[]> {
  const entry = ensureHost();
  const vsix = await makePackage();
  const browser = await openBrowser();
  const rows: BenchRow[] = [];
  try {
    for (const [name, part] of Object.entries(PARTS)) {
      if (names.length > 0 && !names.includes(name)) continue;
      process.stderr.write(`Measuring: ${name}\n`);
      // What cannot be measured takes the rest with it no more than it is passed over.
      const measured = await part({ entry, vsix, browser }).catch((error: unknown): readonly BenchRow[] => {
        const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
        return [{ what: name, result: `could not be measured: ${said}`, kept: false }];
      });
      process.stderr.write(`${formatRows(measured)}\n`);
      rows.push(...measured);
    }
  } finally {
    await browser.close();
  }
  return rows;
}

/** The slow end, too, has to keep a budget. */
function timesRow(what: string, times: readonly number[], most?: number): BenchRow {
  const p95 = percentile(times, 0.95);
  const result = `p50 ${median(times).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (${times.length} times)`;
  return most === undefined ? { what, result } : { what, result, budget: `${most} ms`, kept: p95 <= most };
}

function smoothRows(what: string, seen: readonly Smoothness[]): readonly BenchRow[] {
  const longest = seen.map((one) => Math.round(one.longest));
  const frames = seen.flatMap((one) => one.frames);
  const said = Math.max(...longest) === 0 ? 'none over 50 ms' : `${longest.join(', ')} ms (0: none over 50)`;
  return [
    {
      what: `${what}: longest task, ${seen.length} times`,
      result: said,
      budget: '50 ms',
      kept: Math.max(...longest) <= 50,
    },
    {
      what: `${what}: from frame to frame`,
      result: `p50 ${median(frames).toFixed(0)} ms, p95 ${percentile(frames, 0.95).toFixed(0)} ms, longest ${Math.max(...frames).toFixed(0)} ms`,
    },
  ];
}

function mostRow(seen: readonly Smoothness[]): BenchRow {
  const most = Math.max(...seen.map((one) => one.most));
  return { what: 'rows in the document meanwhile, at most', result: String(most), budget: '200', kept: most <= 200 };
}

function relapseRow(relapses: readonly number[]): BenchRow {
  const sum = relapses.reduce((one, other) => one + other, 0);
  return { what: 'frames in which an old verdict came back', result: String(sum), budget: '0', kept: sum === 0 };
}

const named = process.argv.slice(2);
if (named.some((name) => !(name in PARTS))) {
  process.stderr.write(`npm run bench:editor [-- ${Object.keys(PARTS).join(' | ')}]\n`);
  process.exitCode = 2;
} else {
  try {
    ensurePrerequisites(['samba', 'gcc', 'chromium']);
    const rows = await benchEditor(named);
    const [processor] = os.cpus();
    const load = os.loadavg()[0]?.toFixed(1);
    process.stdout.write(
      `${formatRows(rows)}\n\n${os.cpus().length} x ${processor?.model ?? '?'}, Node ${process.version}, load ${load}\n`,
    );
    process.exit(0);
  } catch (error) {
    if (!(error instanceof PrerequisiteError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

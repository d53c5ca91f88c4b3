/** The language server as it is shipped, over stdio: its start, a large workspace, keystrokes in it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Condition } from '../../server/src/model/content.ts';
import { linkContent } from '../../server/src/model/link.ts';
import { walkCheck, walkPatch, walkProduct } from '../../server/src/model/walk.ts';
import { bundleCommandLine } from '../support/bundle.ts';
import { generateFile, generateWorkspace, SHARED_CHECK, SHARED_FILE, sharedFile } from './generated.ts';
import { BenchClient, type Published } from './lsp-client.ts';
import { median, percentile, timedInTurns } from './statistics.ts';
import type { BenchRow } from './statistics.ts';

const FILES = 10_000;
const LONG = 100_000;
const STARTS = 11;
const KEYSTROKES = 100;
const BREAKS = 10;
const BROKEN = 500;
const ASKED = 100;
const LIVE_HEAP = path.join(import.meta.dirname, 'live-heap.ts');
const INITIALIZE = {
  processId: null,
  rootUri: null,
  capabilities: {},
  initializationOptions: { diagnostics: 'push' },
};

/** Start, index, keystrokes and an edit that breaks 500 other files, on a workspace made anew. */
export async function benchServer(): Promise<readonly BenchRow[]> {
  const bundle = await bundleCommandLine();
  const folder = mkdtempSync(path.join(tmpdir(), 'patchlab-bench-'));
  try {
    return [...(await benchStart(bundle.file)), ...(await benchWorkspace(bundle.file, folder))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    bundle.remove();
  }
}

async function benchStart(bundle: string): Promise<readonly BenchRow[]> {
  const times = await timedInTurns(
    {
      server: async () => {
        const client = new BenchClient([bundle, 'lsp', '--stdio']);
        await client.request('initialize', { ...INITIALIZE, workspaceFolders: null });
        await client.end();
      },
      empty: () => execFileSync(process.execPath, ['-e', '0']),
    },
    { rounds: STARTS, warmUp: 1 },
  );
  const server = median(times.server);
  const ratio = server / median(times.empty);
  return [
    {
      what: 'server start to `initialize` answered',
      result: `${server.toFixed(0)} ms, ${ratio.toFixed(1)} times an empty Node`,
      ...budget(server, 120),
    },
  ];
}

const budget = (ms: number, most: number): { budget: string; kept: boolean } => ({
  budget: `${most} ms`,
  kept: ms <= most,
});

/** What one start of the server on the large workspace took. */
interface Indexed {
  readonly client: BenchClient;
  /** Until all files are known by their names, and an open script is linked and checked against them. */
  readonly linked: number;
  /** Until all of them are lowered, linked and checked, too. */
  readonly checked: number;
  /** Over the idle server until linked, in bytes; NaN where the system does not tell. */
  readonly linkedPeak: number;
  /** And until checked. */
  readonly peak: number;
  readonly live: number;
}

/** A workspace on disk, and its server with one long script open. */
async function benchWorkspace(bundle: string, folder: string): Promise<readonly BenchRow[]> {
  const files = generateWorkspace(FILES);
  const root = path.join(folder, 'workspace');
  for (const { name, text } of files) {
    mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const checks = files.reduce((sum, { name, text }) => sum + checksIn(name, text), 0);
  const uriOf = (name: string): string => pathToFileURL(path.join(root, name)).href;
  // What has just been written is read once more by the second start: that is not what is measured.
  await sleep(3000);
  const start = (): Promise<Indexed> => indexed(bundle, folder, uriOf);
  const cold = await start();
  await cold.client.leave();
  const warm = await start();
  const { client } = warm;
  try {
    const asked = await askFor(client, uriOf);
    const keystrokes = await typeIn(client, uriOf('long.detect'));
    const breaks = await breakOthers(client, uriOf);
    const memory = (what: string, used: number): BenchRow => ({
      what,
      result: `${(used / 1e6).toFixed(0)} MB, ${(used / bytes).toFixed(1)} times the source`,
      budget: '3 times',
      kept: used <= 3 * bytes,
    });
    return [
      row(`${FILES} files of 3 KB with ${checks} checks: an open script linked with all`, cold.linked, 1500),
      row('the same with a kept index', warm.linked, 400),
      { what: 'until all of them are linked and checked', result: `${cold.checked.toFixed(0)} ms` },
      { what: 'the same with a kept index', result: `${warm.checked.toFixed(0)} ms` },
      memory('peak resident memory over the idle server, open script linked', cold.linkedPeak),
      memory('the same with a kept index', warm.linkedPeak),
      memory('until all of them are linked and checked', cold.peak),
      memory('the same with a kept index', warm.peak),
      memory('alive over the idle server after a collection', cold.live),
      memory('the same with a kept index', warm.live),
      ...asked,
      p50('keystroke in 100 KB to diagnostics, p50', keystrokes, 5),
      p95('keystroke in 100 KB to diagnostics, p95', keystrokes, 25),
      p95(`edit that breaks ${BROKEN} files, all told, p95`, breaks, 150),
    ];
  } finally {
    await client.end();
  }
}

/** How many things a file asks of a machine. */
function checksIn(name: string, text: string): number {
  const { products, patches, checks } = linkContent([{ file: name, text }]).content;
  let count = 0;
  const visitor = {
    condition: ({ kind }: Condition): void => {
      if (kind === 'compare' || kind === 'use-check' || kind === 'use-product') count++;
    },
  };
  for (const one of products.values()) walkProduct(one, visitor);
  for (const one of patches.values()) walkPatch(one, visitor);
  for (const one of checks.values()) walkCheck(one, visitor);
  return count;
}

/** Starts a server, and waits for all files. */
async function indexed(bundle: string, folder: string, uriOf: (name: string) => string): Promise<Indexed> {
  const report = path.join(folder, 'live-heap');
  const client = new BenchClient(['--expose-gc', '--import', LIVE_HEAP, bundle, 'lsp', '--stdio'], {
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    BENCH_LIVE_HEAP: report,
  });
  await client.request('initialize', { ...INITIALIZE, workspaceFolders: [{ uri: uriOf(''), name: 'bench' }] });
  const idle = { peak: client.peakMemory() ?? NaN, live: await liveHeap(client, report) };
  const began = performance.now();
  client.notify('initialized', {});
  const first = published(client, uriOf('first.detect'));
  // It waits for all files, and has something to say: a name that nothing declares.
  open(client, uriOf('first.detect'), 'check first { check nowhere }\n');
  await within('the index', first);
  const linked = performance.now() - began;
  const over = (): number => ((client.peakMemory() ?? NaN) - idle.peak) * 1e6;
  const linkedPeak = over();
  const checked = (await quiet(client)) - began;
  return { client, linked, checked, linkedPeak, peak: over(), live: (await liveHeap(client, report)) - idle.live };
}

/** When the server has nothing to do any more. */
async function quiet(client: BenchClient): Promise<number> {
  for (let last = client.processorTicks() ?? 0; ;) {
    const at = performance.now();
    await sleep(1000);
    const now = client.processorTicks() ?? 0;
    if (now - last < 3) return at;
    last = now;
  }
}

async function liveHeap(client: BenchClient, report: string): Promise<number> {
  rmSync(report, { force: true });
  client.signal('SIGUSR2');
  for (let waited = 0; waited < 10_000; waited += 20) {
    await sleep(20);
    const bytes = existsSync(report) ? Number(readFileSync(report, 'utf8')) : 0;
    if (bytes > 0) return bytes;
  }
  return NaN;
}

/** Requests from a script whose patches are each for a product in another file. */
async function askFor(client: BenchClient, uriOf: (name: string) => string): Promise<readonly BenchRow[]> {
  const uri = uriOf('asks.detect');
  const lines = Array.from({ length: ASKED }, (_, index) => {
    const product = index * 97;
    return `patch ASKS-${index} fixes vendor${Math.floor(product / 100)}.product${product} { installed when check ${SHARED_CHECK} }`;
  });
  open(client, uri, `${lines.join('\n')}\n`);
  const ask = async (method: string, word: string, rest: object = {}): Promise<readonly number[]> => {
    const times: number[] = [];
    for (const [line, text] of lines.entries()) {
      const position = { line, character: text.indexOf(word) + word.length };
      const began = performance.now();
      const result = await within(method, client.request(method, { textDocument: { uri }, position, ...rest }));
      times.push(performance.now() - began);
      if (result === null) throw new Error(`${method} has no answer`);
    }
    return times;
  };
  const rows = (what: string, times: readonly number[], most: number): readonly BenchRow[] => [
    { what: `${what}, p50`, result: `${percentile(times, 0.5).toFixed(1)} ms` },
    p95(`${what}, p95`, times, most),
  ];
  const uses = { context: { includeDeclaration: true } };
  return [
    ...rows('completion of a product', await ask('textDocument/completion', 'fixes vendor'), 15),
    ...rows('hover on a product of another file', await ask('textDocument/hover', 'fixes vendor'), 5),
    ...rows('definition of it', await ask('textDocument/definition', 'fixes vendor'), 5),
    ...rows(
      `references of a check with ${BROKEN} uses`,
      await ask('textDocument/references', 'check shared', uses),
      10,
    ),
  ];
}

const p50 = (what: string, times: readonly number[], most: number): BenchRow => row(what, percentile(times, 0.5), most);
const p95 = (what: string, times: readonly number[], most: number): BenchRow =>
  row(what, percentile(times, 0.95), most);
const row = (what: string, ms: number, most: number): BenchRow => ({
  what,
  result: `${ms.toFixed(1)} ms`,
  ...budget(ms, most),
});

function open(client: BenchClient, uri: string, text: string): void {
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'detect', version: 1, text } });
}

/** Fails when what is measured does not come at all. */
async function within<T>(what: string, work: Promise<T>): Promise<T> {
  const late = new AbortController();
  const never = sleep(60_000, undefined, { signal: late.signal }).then(() => {
    throw new Error(`${what} did not come within a minute`);
  });
  try {
    return await Promise.race([work, never]);
  } finally {
    late.abort();
    never.catch(() => undefined);
  }
}

/** Settles with the next diagnostics of a file. */
function published(client: BenchClient, uri: string): Promise<Published> {
  return new Promise((resolve) => {
    client.onPublished = (one) => {
      if (one.uri === uri) resolve(one);
    };
  });
}

/** Types into the middle of a long script that has an error at its end; each key is answered before the next. */
async function typeIn(client: BenchClient, uri: string): Promise<readonly number[]> {
  let text = '';
  for (let index = FILES; text.length < LONG; index++) text += generateFile(index).text;
  const opened = published(client, uri);
  open(client, uri, `${text}check last { check nowhere }\n`);
  await within('the long script', opened);
  const line = text.slice(0, text.length / 2).split('\n').length;
  const blank = text.split('\n').findIndex((one, at) => at >= line && one.startsWith('#'));
  const times: number[] = [];
  for (let key = 0; key < KEYSTROKES; key++) {
    const answered = published(client, uri);
    const began = performance.now();
    const at = { line: blank, character: 2 + key };
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: key + 2 },
      contentChanges: [{ range: { start: at, end: at }, text: 'x' }],
    });
    await within('a keystroke', answered);
    times.push(performance.now() - began);
    await sleep(20);
  }
  return times;
}

/** Renames the check that 500 files use, and back; each time all of them are told. */
async function breakOthers(client: BenchClient, uriOf: (name: string) => string): Promise<readonly number[]> {
  const uri = uriOf(SHARED_FILE);
  open(client, uri, sharedFile(SHARED_CHECK).text);
  await sleep(1500);
  const times: number[] = [];
  for (let round = 0; round < BREAKS; round++) {
    const name = round % 2 === 0 ? `${SHARED_CHECK}x` : SHARED_CHECK;
    const told = new Set<string>();
    const all = new Promise<void>((resolve) => {
      client.onPublished = (one) => {
        told.add(one.uri);
        if (told.size >= BROKEN) resolve();
      };
    });
    const began = performance.now();
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: round + 2 },
      contentChanges: [{ text: sharedFile(name).text }],
    });
    await within('an edit of others', all);
    times.push(performance.now() - began);
    await sleep(1500);
  }
  return times;
}

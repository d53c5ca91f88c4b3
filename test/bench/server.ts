/** The language server as it is shipped, over stdio: its start, a large workspace, keystrokes in it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** A workspace on disk, and its server with one long script open. */
async function benchWorkspace(bundle: string, folder: string): Promise<readonly BenchRow[]> {
  const files = generateWorkspace(FILES);
  for (const { name, text } of files) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;
  const client = new BenchClient([bundle, 'lsp', '--stdio']);
  try {
    await client.request('initialize', { ...INITIALIZE, workspaceFolders: [{ uri: uriOf(''), name: 'bench' }] });
    const empty = client.peakMemory() ?? NaN;
    const began = performance.now();
    client.notify('initialized', {});
    const indexed = published(client, uriOf('first.detect'));
    // It waits for all files, and has something to say: a name that nothing declares.
    open(client, uriOf('first.detect'), 'check first { check nowhere }\n');
    await within('the index', indexed);
    const index = performance.now() - began;
    const memory = (client.peakMemory() ?? NaN) - empty;
    const keystrokes = await typeIn(client, uriOf('long.detect'));
    const breaks = await breakOthers(client, uriOf);
    return [
      {
        what: `${FILES} files of 3 KB indexed, linked and checked`,
        result: `${index.toFixed(0)} ms`,
        ...budget(index, 1500),
      },
      {
        what: 'peak memory for it, against the source',
        result: `${memory.toFixed(0)} MB, ${((memory * 1e6) / bytes).toFixed(1)} times`,
        budget: '3 times',
        kept: memory * 1e6 <= 3 * bytes,
      },
      p50('keystroke in 100 KB to diagnostics, p50', keystrokes, 5),
      p95('keystroke in 100 KB to diagnostics, p95', keystrokes, 25),
      p95(`edit that breaks ${BROKEN} files, all told, p95`, breaks, 150),
    ];
  } finally {
    await client.end();
  }
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

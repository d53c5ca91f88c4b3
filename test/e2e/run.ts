/**
 * The packaged extension in a real VS Code workbench in a headless browser. One line a step, and at the end
 * `N passed, N failed`. `--only PART,PART` runs some parts of the scenario alone. `--times N` runs it all N times, each time
 * in a new editor, and tells at the end which steps did not pass every time. `--again` runs the parts that failed once more,
 * in a new editor, and names each step that needed it. `--pictures` renews the pictures of docs/images.
 * `--empty METHOD` empties the server's answers to one request, `--empty all` to each in its turn, and fails unless every step
 * fails that docs/editor-features.md says to stand on it.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { makePackage } from '../../scripts/package.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { startEditor } from './editor.ts';
import { ensureHost } from './host.ts';
import { startEmptying, type Emptying } from './empty-replies.ts';
import { requestsOf, runMustFail } from './must-fail.ts';
import { runParts } from './parts.ts';
import { SCENARIO } from './scenario.ts';
import type { Part, Stage } from './stage.ts';
import { openBrowser, Workbench } from './workbench.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const IMAGES = path.join(ROOT, 'docs/images');
const FAILURES = path.join(ROOT, 'test-results');
/** Behind the negotiation and the logon, before a scan has what it needs. */
const STALL_AFTER_BYTES = 3000;

const takesPictures = process.argv.includes('--pictures');
const triesAgain = process.argv.includes('--again');
const emptied = optionOf('--empty');
const times = Number(optionOf('--times') ?? 1);
const parts = partsFor(optionOf('--only'));
const titles = parts.flatMap(({ steps }) => steps.map(({ title }) => title));
if (emptied !== undefined && titles.every((title) => requestsOf(title, emptied).length === 0))
  throw new Error(`docs/editor-features.md names no step of these parts that stands on ${emptied}`);

function optionOf(name: string): string | undefined {
  return process.argv.includes(name) ? (process.argv[process.argv.indexOf(name) + 1] ?? '') : undefined;
}

function partsFor(only: string | undefined): readonly Part[] {
  if (only === undefined) return SCENARIO;
  const wanted = only.split(',');
  const known = SCENARIO.map(({ name }) => name);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no part "${unknown.join(', ')}": there are ${known.join(', ')}.`);
  return SCENARIO.filter(({ name }) => wanted.includes(name));
}

interface Tools {
  readonly entry: string;
  readonly vsix: string;
  readonly machine: LabMachine;
  readonly browser: Browser;
}

interface Opened {
  readonly stage: Stage;
  readonly end: () => Promise<void>;
}

/** A new editor, as nobody has used it. */
async function open({ entry, vsix, machine, browser }: Tools, emptying?: Emptying): Promise<Opened> {
  const ending: (() => unknown)[] = [];
  const end = async (): Promise<void> => {
    for (const one of ending) await one();
  };
  try {
    const stalling = await startProxy(machine, { stallAfter: STALL_AFTER_BYTES });
    ending.unshift(() => stalling.close());
    const editor = await startEditor({ entry, vsix, content: path.join(ROOT, 'samples'), emptying });
    ending.unshift(() => editor.stop());
    const workbench = await Workbench.open(browser, editor);
    ending.unshift(() => workbench.close());
    const picture: Stage['picture'] = async (name, options) => {
      if (takesPictures) await (options?.of ?? workbench).picture(path.join(IMAGES, `${name}.png`), options);
    };
    return { stage: { editor, workbench, machine, stalling, picture }, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Starts what all runs share, does them, and ends it again in the opposite order; what went wrong is said. */
async function withTools(act: (tools: Tools) => Promise<void>): Promise<boolean> {
  mkdirSync(IMAGES, { recursive: true });
  mkdirSync(FAILURES, { recursive: true });
  const ending: (() => unknown)[] = [];
  try {
    const entry = ensureHost();
    const [vsix, machine] = await Promise.all([makePackage(), startMachine(ws01)]);
    ending.unshift(() => machine.stop());
    const browser = await openBrowser();
    ending.unshift(() => browser.close());
    await act({ entry, vsix, machine, browser });
    return true;
  } catch (error) {
    console.log(error instanceof Error ? error.stack : String(error));
    return false;
  } finally {
    for (const end of ending) await end();
  }
}

/** The titles of the steps that passed, where it is asked for in a second try of their part. */
async function runOnce(tools: Tools): Promise<ReadonlySet<string>> {
  const run = async (some: readonly Part[]): Promise<ReadonlySet<string>> => {
    const { stage, end } = await open(tools);
    return await runParts(stage, some, { failures: FAILURES }).finally(end);
  };
  const done = await run(parts);
  const partsAgain = parts.filter(({ steps }) => steps.some(({ title }) => !done.has(title)));
  if (!triesAgain || partsAgain.length === 0) return done;
  console.log(`# once more: ${partsAgain.map(({ name }) => name).join(', ')}`);
  const second = await run(partsAgain);
  for (const title of second) if (!done.has(title)) console.log(`# passed when it was tried again: ${title}`);
  return new Set([...done, ...second]);
}

/** How many steps did not pass every time. */
async function runAll(tools: Tools): Promise<number> {
  const passed = new Map(titles.map((title) => [title, 0]));
  for (let time = 1; time <= times; time++) {
    if (times > 1) console.log(`# time ${time} of ${times}`);
    const done = await runOnce(tools);
    for (const title of done) passed.set(title, (passed.get(title) ?? 0) + 1);
  }
  const failed = titles.filter((title) => passed.get(title) !== times);
  if (times > 1) {
    for (const title of failed) console.log(`# ${passed.get(title)} of ${times}: ${title}`);
    console.log(`# ${titles.length - failed.length} of ${titles.length} steps passed each of ${times} times`);
  }
  console.log(`${titles.length - failed.length} passed, ${failed.length} failed`);
  return failed.length;
}

async function runEmptied(tools: Tools, method: string): Promise<number> {
  const emptying = startEmptying();
  let opened: Opened | undefined;
  const renew = async (): Promise<Stage> => {
    await opened?.end();
    opened = undefined;
    opened = await open(tools, emptying);
    return opened.stage;
  };
  try {
    return await runMustFail(parts, { emptying, method, renew, failures: FAILURES });
  } finally {
    await opened?.end();
    emptying.end();
  }
}

let wrong = 0;
const isDone = await withTools(async (tools) => {
  wrong = emptied === undefined ? await runAll(tools) : await runEmptied(tools, emptied);
});
if (!isDone) console.log(`0 passed, ${titles.length} failed`);
process.exit(isDone && wrong === 0 ? 0 : 1);

/**
 * The packaged extension in a real VS Code workbench in a headless browser. One line a step, and at the end
 * `N passed, N failed`. `--only PART,PART` runs some parts of the scenario alone. `--times N` runs it all N times, each time
 * in a new editor, and tells at the end which steps did not pass every time. `--pictures` renews the pictures of docs/images.
 * `--empty METHOD` empties the server's answers to one request and fails unless every step fails that docs/editor-features.md
 * says to stand on it.
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
import { expectFailures, reportPassing, stepsOn, tidyUp } from './must-fail.ts';
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
const emptied = optionOf('--empty');
const times = Number(optionOf('--times') ?? 1);
const parts = partsFor(optionOf('--only'));
const titles = parts.flatMap(({ steps }) => steps.map(({ title }) => title));
if (emptied !== undefined) stepsOn(emptied);

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

/** One run in an editor of its own; the titles of the steps that passed. */
async function runOnce({ entry, vsix, machine, browser }: Tools): Promise<ReadonlySet<string>> {
  const ending: (() => unknown)[] = [];
  try {
    const stalling = await startProxy(machine, { stallAfter: STALL_AFTER_BYTES });
    ending.unshift(() => stalling.close());
    const editor = await startEditor({ entry, vsix, content: path.join(ROOT, 'samples'), emptied });
    ending.unshift(() => editor.stop());
    const workbench = await Workbench.open(browser, editor);
    ending.unshift(() => workbench.close());
    if (emptied !== undefined) expectFailures(workbench);
    const picture: Stage['picture'] = async (name, options) => {
      if (takesPictures) await (options?.of ?? workbench).picture(path.join(IMAGES, `${name}.png`), options);
    };
    const stage = { editor, workbench, machine, stalling, picture };
    const goesOn = (): Promise<void> => tidyUp(workbench);
    return await runParts(stage, parts, { failures: FAILURES, ...(emptied !== undefined && { goesOn }) });
  } finally {
    for (const end of ending) await end();
  }
}

/** Starts what all runs share, runs them, and ends it again in the opposite order; how often each step passed. */
async function main(): Promise<ReadonlyMap<string, number>> {
  mkdirSync(IMAGES, { recursive: true });
  mkdirSync(FAILURES, { recursive: true });
  const passed = new Map(titles.map((title) => [title, 0]));
  const ending: (() => unknown)[] = [];
  try {
    const entry = ensureHost();
    const [vsix, machine] = await Promise.all([makePackage(), startMachine(ws01)]);
    ending.unshift(() => machine.stop());
    const browser = await openBrowser();
    ending.unshift(() => browser.close());
    for (let time = 1; time <= times; time++) {
      if (times > 1) console.log(`# time ${time} of ${times}`);
      const done = await runOnce({ entry, vsix, machine, browser });
      for (const title of done) passed.set(title, (passed.get(title) ?? 0) + 1);
    }
  } catch (error) {
    console.log(error instanceof Error ? error.stack : String(error));
  } finally {
    for (const end of ending) await end();
  }
  return passed;
}

const passed = await main();
const always = new Set(titles.filter((title) => passed.get(title) === times));
if (emptied !== undefined) process.exit(reportPassing(emptied, always, titles) === 0 ? 0 : 1);
if (times > 1) {
  for (const title of titles) if (!always.has(title)) console.log(`# ${passed.get(title)} of ${times}: ${title}`);
  console.log(`# ${always.size} of ${titles.length} steps passed each of ${times} times`);
}
const failed = titles.length - always.size;
console.log(`${always.size} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/**
 * The packaged extension in a real VS Code workbench in a headless browser. One line a step, and at the end
 * `N passed, N failed`. `--pictures` renews the pictures of docs/images; `--only PART` runs one part of the scenario.
 * A step builds on the one before it, so all that follow a failed step count as failed. `--empty METHOD` empties the
 * server's answers to one request and fails unless every step fails that docs/editor-features.md says to stand on it.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { makePackage } from '../../scripts/package.ts';
import { startMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { startEditor } from './editor.ts';
import { ensureHost } from './host.ts';
import { expectFailures, reportPassing, stepsOn, tidyUp } from './must-fail.ts';
import { PARTS, SCENARIO, type Stage, type Step } from './scenario.ts';
import { openBrowser, Workbench } from './workbench.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const IMAGES = path.join(ROOT, 'docs/images');
const FAILURES = path.join(ROOT, 'test-results');
/** Behind the negotiation and the logon, before a scan has what it needs. */
const STALL_AFTER_BYTES = 3000;

const takesPictures = process.argv.includes('--pictures');
const steps = stepsFor(process.argv);
const emptied = process.argv.includes('--empty') ? process.argv[process.argv.indexOf('--empty') + 1] : undefined;
if (emptied !== undefined) stepsOn(emptied);

function stepsFor(args: readonly string[]): readonly Step[] {
  if (!args.includes('--only')) return SCENARIO;
  const part = args[args.indexOf('--only') + 1] ?? '';
  const found = PARTS[part];
  if (!found) throw new Error(`There is no part "${part}": there are ${Object.keys(PARTS).join(', ')}.`);
  return found;
}

/** Runs every step, and gives the titles of those that passed. */
async function runScenario(stage: Stage): Promise<ReadonlySet<string>> {
  const passed = new Set<string>();
  for (const { title, run } of steps) {
    const started = performance.now();
    try {
      await run(stage);
    } catch (error) {
      const picture = path.join(FAILURES, 'editor-failure.png');
      await stage.workbench.page.screenshot({ path: picture });
      console.log(`not ok - ${title}\n${error instanceof Error ? error.stack : String(error)}\nSee ${picture}`);
      if (emptied === undefined) break;
      await tidyUp(stage.workbench);
      continue;
    }
    passed.add(title);
    console.log(`ok - ${title} (${Math.round(performance.now() - started)} ms)`);
  }
  return passed;
}

/** Starts everything, runs the scenario, and ends everything again in the opposite order. */
async function main(): Promise<ReadonlySet<string>> {
  mkdirSync(IMAGES, { recursive: true });
  mkdirSync(FAILURES, { recursive: true });
  const ending: (() => unknown)[] = [];
  try {
    const entry = ensureHost();
    const [vsix, machine] = await Promise.all([makePackage(), startMachine(ws01)]);
    ending.unshift(() => machine.stop());
    const stalling = await startProxy(machine, { stallAfter: STALL_AFTER_BYTES });
    ending.unshift(() => stalling.close());
    const browser = await openBrowser();
    ending.unshift(() => browser.close());
    const editor = await startEditor({ entry, vsix, content: path.join(ROOT, 'samples'), emptied });
    ending.unshift(() => editor.stop());
    const workbench = await Workbench.open(browser, editor);
    if (emptied !== undefined) expectFailures(workbench);
    const picture: Stage['picture'] = async (name, options) => {
      if (takesPictures) await workbench.picture(path.join(IMAGES, `${name}.png`), options);
    };
    return await runScenario({ editor, workbench, machine, stalling, picture });
  } finally {
    for (const end of ending) await end();
  }
}

let passed: ReadonlySet<string> = new Set();
try {
  passed = await main();
} catch (error) {
  console.log(error instanceof Error ? error.stack : String(error));
}
const titles = steps.map(({ title }) => title);
if (emptied !== undefined) process.exit(reportPassing(emptied, passed, titles) === 0 ? 0 : 1);
const failed = steps.length - passed.size;
console.log(`${passed.size} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

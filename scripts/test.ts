/**
 * The test command: every stage in order but `lab`, or those named as arguments (`lint types unit live coverage editor lab`).
 * Nothing is skipped silently: a stage whose tools are missing fails and says what to install.
 * The last line counts: `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build.ts';
import { ensurePrerequisites } from './prerequisites.ts';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const REPORTS = path.join(ROOT, 'test-results');

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Stage {
  readonly title: string;
  /** Runs only where it is named. */
  readonly onRequest?: true;
  readonly run: () => Count | Promise<Count>;
}

/** Runs one of the project's tools under this Node; its exit code counts as one test. */
function tool(script: string, args: readonly string[]): Count {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: 'inherit' });
  return done.status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The program, and the scripts of the extension's pages, which have a browser's globals instead of Node's. */
function checkTypes(): Count {
  const projects = ['.', 'client/src/webviews'];
  const counts = projects.map((folder) => tool('node_modules/typescript/bin/tsc', ['--noEmit', '-p', folder]));
  return counts.every(({ failed }) => failed === 0) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs one vitest project and counts its tests; a run that dies before its report counts as a failure. */
function vitest(project: string): Count {
  const report = path.join(REPORTS, `${project}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { failed: crashed } = tool('node_modules/vitest/vitest.mjs', ['run', '--project', project, ...reporters]);
  let counts: { numPassedTests: number; numFailedTests: number; numPendingTests: number };
  try {
    counts = JSON.parse(readFileSync(report, 'utf8')) as typeof counts;
  } catch {
    return { passed: 0, failed: 1 };
  }
  const failed = counts.numFailedTests + counts.numPendingTests;
  return { passed: counts.numPassedTests, failed: crashed ? Math.max(failed, 1) : failed };
}

const STAGES: Readonly<Record<string, Stage>> = {
  lint: { title: 'ESLint', run: () => tool('node_modules/eslint/bin/eslint.js', ['.']) },
  format: { title: 'Formatting', run: () => tool('node_modules/prettier/bin/prettier.cjs', ['--check', '.']) },
  types: { title: 'Types', run: checkTypes },
  build: {
    title: 'Bundles',
    run: async () => {
      await buildAll();
      return { passed: 1, failed: 0 };
    },
  },
  unit: { title: 'Unit tests', run: () => vitest('unit') },
  live: {
    title: 'Live-lab tests',
    run: () => {
      ensurePrerequisites(['samba', 'impacket', 'gcc', 'slapd', 'samba-dc', 'namespaces']);
      return vitest('live');
    },
  },
  coverage: {
    title: 'Lines of wire/ that tests reach',
    run: () => {
      ensurePrerequisites(['samba', 'impacket', 'gcc']);
      return tool('test/reached/run.ts', []);
    },
  },
  lab: {
    title: 'Machines made by Wine',
    onRequest: true,
    run: () => {
      ensurePrerequisites(['samba', 'impacket', 'gcc', 'wine']);
      return vitest('lab');
    },
  },
  editor: {
    title: 'The real editor',
    run: () => {
      ensurePrerequisites(['samba', 'gcc', 'chromium']);
      return tool('test/e2e/run.ts', ['--again']);
    },
  },
};

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !Object.hasOwn(STAGES, name));
  if (unknown.length > 0) {
    console.error(`No such stage: ${unknown.join(', ')}. There are: ${Object.keys(STAGES).join(', ')}.`);
    process.exit(2);
  }
  mkdirSync(REPORTS, { recursive: true });
  const rows: { name: string; count: Count; seconds: number }[] = [];
  for (const [name, stage] of Object.entries(STAGES)) {
    if (asked.length > 0 ? !asked.includes(name) : stage.onRequest) continue;
    console.log(`\n=== ${stage.title}`);
    const started = performance.now();
    let count: Count;
    try {
      count = await stage.run();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      count = { passed: 0, failed: 1 };
    }
    rows.push({ name, count, seconds: (performance.now() - started) / 1000 });
  }
  console.log('');
  for (const { name, count, seconds } of rows) {
    const verdict = count.failed === 0 ? 'ok    ' : 'FAILED';
    console.log(
      `${verdict} ${name.padEnd(8)} ${String(count.passed).padStart(5)} passed ${seconds.toFixed(1).padStart(7)} s`,
    );
  }
  const failed = rows.reduce((sum, row) => sum + row.count.failed, 0);
  const passed = rows.reduce((sum, row) => sum + row.count.passed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

await main();

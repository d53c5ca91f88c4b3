/** Runs the tests that reach `wire/`, says which of its lines have run, and fails where they are too few. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { linesRun } from './lines.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const MEASURED = path.join(ROOT, 'server', 'src', 'wire');
/** Percent of the lines that hold code. */
const LEAST = 85;
/** A file of which less has run is named, with the lines. */
const NAMED_BELOW = 90;

const percent = (run: number, all: number): number => (all === 0 ? 100 : (100 * run) / all);

function report(dumps: string): number {
  let [run, all] = [0, 0];
  for (const lines of linesRun(MEASURED, dumps)) {
    const missed = lines.all.filter((line) => !lines.run.has(line));
    all += lines.all.length;
    run += lines.all.length - missed.length;
    const share = percent(lines.all.length - missed.length, lines.all.length);
    if (share < NAMED_BELOW)
      console.log(`${share.toFixed(0).padStart(4)} % ${path.relative(ROOT, lines.file)}: not ${missed.join(' ')}`);
  }
  const share = percent(run, all);
  console.log(`${run} of ${all} lines of wire/ have run: ${share.toFixed(1)} %, at least ${LEAST} % are wanted`);
  return share;
}

function main(): number {
  const dumps = mkdtempSync(path.join(os.tmpdir(), 'patchlab-coverage-'));
  try {
    const config = path.join(import.meta.dirname, 'vitest.config.mts');
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--root', ROOT, '--config', config, '--reporter=default'];
    const env = { ...process.env, NODE_V8_COVERAGE: dumps };
    const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env });
    return report(dumps) >= LEAST && status === 0 ? 0 : 1;
  } finally {
    rmSync(dumps, { recursive: true, force: true });
  }
}

process.exitCode = main();

/**
 * `npm run demo`: the main path end to end on a recorded machine, through the built command: check, scan, import, report.
 * `npm run demo -- --live` does the same with the three machines of the lab, over SMB and remote registry.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PatchResult, ScanResult } from '../server/src/scan/result.ts';
import { buildAll } from './build.ts';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FOLDER = path.join('.cache', 'demo');
const ARRIVALS = path.join(FOLDER, 'arrivals');
const STORE = path.join(FOLDER, 'results.sqlite');
const RECORDED = path.join('samples', 'machines', 'ws01.snapshot.json');

interface Ran {
  readonly status: number;
  readonly out: string;
}

/** Runs the built command, showing the line a person would type; `quiet` keeps its output for us. */
function patchlab(args: readonly string[], options: { quiet?: boolean; env?: Record<string, string> } = {}): Ran {
  console.log(`\n  $ npx patchlab ${args.map(quoted).join(' ')}\n`);
  const command = ['--disable-warning=ExperimentalWarning', path.join('dist', 'patchlab.js'), ...args];
  const done = spawnSync(process.execPath, command, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', 'inherit'],
    env: { ...process.env, ...options.env },
  });
  return { status: done.status ?? 4, out: options.quiet ? done.stdout : '' };
}

const quoted = (text: string): string => (/^[\w./:=,@-]+$/.test(text) ? text : `'${text}'`);

function expectOk(ran: Ran, what: string): Ran {
  if (ran.status === 0) return ran;
  throw new Error(`${what} ended with ${ran.status}.`);
}

let step = 0;
function say(title: string, text: string): void {
  step++;
  console.log(`\n--- ${step}. ${title}\n${text}`);
}

/** The scan's machines and what else its command line needs. */
interface Source {
  readonly about: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

function runAll(source: Source): void {
  rmSync(path.join(ROOT, FOLDER), { recursive: true, force: true });
  mkdirSync(path.join(ROOT, ARRIVALS), { recursive: true });

  say(
    'Check the sample content',
    'Products and patches in samples/*.detect: parsed, linked and linted as one workspace.',
  );
  expectOk(patchlab(['check', 'samples']), 'The check');

  say('Scan', source.about);
  const scan = ['scan', '--content', 'samples', ...source.args, '--arrivals', ARRIVALS, '--format', 'json'];
  const { out } = expectOk(patchlab(scan, { quiet: true, ...(source.env && { env: source.env }) }), 'The scan');
  const { results } = JSON.parse(out) as { results: readonly ScanResult[] };
  for (const result of results) console.log(`  ${summary(result)}`);

  say('Import', 'The importer takes each result from the arrivals folder into an SQLite store, once and for certain.');
  expectOk(patchlab(['importer', '--arrivals', ARRIVALS, '--store', STORE]), 'The importer');

  const example = worstMissing(results);
  say(
    'Report',
    example ? `With the trace of one missing patch, ${example.id}: why it is missing.` : 'Nothing is missing.',
  );
  expectOk(patchlab(['report', '--store', STORE, ...(example ? ['--explain', example.id] : [])]), 'The report');
}

function summary(result: ScanResult): string {
  const ms = result.steps.reduce((sum, each) => sum + each.ms, 0);
  const missing = result.patches.filter((patch) => patch.status === 'missing').length;
  const products = result.products.reduce((sum, product) => sum + product.instances.length, 0);
  return (
    `${result.machine.name}: ${result.machine.os?.name ?? 'unknown'}, ${products} products installed, ` +
    `${missing} patches missing; ${result.cost.reads} reads in ${ms.toFixed(0)} ms`
  );
}

/** A missing patch that has a trace, the most severe first. */
function worstMissing(results: readonly ScanResult[]): PatchResult | undefined {
  const missing = results
    .flatMap((result) => result.patches)
    .filter((patch) => patch.status === 'missing' && patch.trace);
  return missing.find((patch) => patch.severity === 'critical') ?? missing[0];
}

function runRecorded(): void {
  if (!existsSync(path.join(ROOT, RECORDED)))
    throw new Error(`${RECORDED} is not there: node scripts/record-demo.ts makes it.`);
  runAll({
    about: `The recorded machine ${RECORDED}: steps 4 to 7, as nothing has to be connected to.`,
    args: ['--snapshot', RECORDED],
  });
  console.log(`
What to try next:
  npx patchlab scan --content samples --snapshot ${RECORDED} --trace     why every verdict is what it is
  npx patchlab report --store ${STORE} --format html > report.html
  npm run demo -- --live      the same against three live machines (Samba; installed when you are root on Debian)
  npm run lab                 those machines, to scan by hand
  code .                      then F5: the editor, with samples/*.detect`);
}

async function runLive(): Promise<void> {
  const { ensurePrerequisites } = await import('./prerequisites.ts');
  const { labStatus, startLab, stopLab } = await import('../test/lab/fleet.ts');
  ensurePrerequisites(['samba', 'gcc']);
  const wasRunning = labStatus().length > 0;
  say(
    'Start the lab',
    'Three machines on loopback addresses, real SMB servers with registries and C: drives of their own.',
  );
  const machines = await startLab();
  try {
    for (const machine of machines)
      console.log(`  ${machine.name}  ${machine.address}:${machine.port}  ${machine.about}`);
    const [first] = machines;
    if (!first) throw new Error('The lab has no machines.');
    runAll({
      about: 'All machines, live: connect, log on, C$, remote registry, operating system, products, patches.',
      args: [
        ...machines.flatMap((machine) => ['--machine', `${machine.address}:${machine.port}`]),
        ...['--user', first.user],
      ],
      env: { PATCHLAB_PASSWORD: first.password },
    });
  } finally {
    if (wasRunning) console.log('\nThe lab goes on running, as it did before: npm run lab -- stop ends it.');
    else console.log(`\n${await stopLab()} lab machines ended.`);
  }
}

console.log('Building...');
await buildAll();
try {
  if (process.argv.includes('--live')) await runLive();
  else runRecorded();
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

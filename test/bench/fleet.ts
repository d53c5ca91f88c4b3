/** A fleet scanned by the shipped command line with Node's own settings: time beside the servers' own, and peak memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startMachine } from '../lab/lab.ts';
import type { LabFile, LabMachine, LabValue } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { bundleCommandLine } from '../support/bundle.ts';
import type { Bundle } from '../support/bundle.ts';
import { median } from './statistics.ts';
import type { BenchRow } from './statistics.ts';

const KEYS = 100;
const MACHINES = 100;
const FEW = 20;
const MANY = 200;
const KEY = 'HKLM\\SOFTWARE\\Patchlab Fleet';

/** 500 checks: of each key three values, the key itself, and the version of a file. */
function checks(): string {
  const lines = Array.from({ length: KEYS }, (_, index) =>
    [
      ...['A', 'B', 'C'].map((name) => `    key "${KEY}\\${index}" value "${name}" >= 0`),
      `    key "${KEY}\\${index}" exists`,
      `    file "C:\\Fleet\\${index}.dll" version >= 1`,
    ].join('\n'),
  );
  return `patch FLEET-1 "Five hundred checks" fixes windows {\n  installed when all {\n${lines.join('\n')}\n  }\n}\n`;
}

/** One server that listens on every address of 127.0.0.0/8: each is a light machine. */
async function startLight(): Promise<LabMachine> {
  const registry: Record<string, Record<string, LabValue>> = { ...ws01.registry };
  const files: Record<string, LabFile> = { ...ws01.files };
  for (let index = 0; index < KEYS; index++) {
    registry[`${KEY}\\${index}`] = { A: 1, B: 2, C: 3 };
    files[`C:\\Fleet\\${index}.dll`] = { pe: { fileVersion: '2.0', size: 50_000 } };
  }
  const smb = { ...ws01.smb, lines: ['bind interfaces only = no'] };
  return await startMachine({ ...ws01, name: 'FLEET', smb, registry, files }, { port: 24_450 });
}

interface FleetRun {
  readonly ms: number;
  /** Seconds of processor that the servers took meanwhile. */
  readonly serverSeconds: number;
  readonly ownSeconds: number;
  /** kB. */
  readonly peak: number;
}

const TICKS = 100;

/** Processor seconds of every process of the machine, and of their ended children. */
function serverSeconds(machine: LabMachine): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(machine.folder)) continue;
      const [, fields = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      ticks += fields
        .split(' ')
        .slice(11, 15)
        .map(Number)
        .reduce((sum, one) => sum + one, 0);
    } catch {
      // It ended between the two looks.
    }
  }
  return ticks / TICKS;
}

function statusOf(pid: number): { readonly peak: number; readonly seconds: number } {
  try {
    const peak = Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    const [, fields = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
    return { peak, seconds: (user + system) / TICKS };
  } catch {
    return { peak: 0, seconds: 0 };
  }
}

async function scanFleet(bundle: Bundle, machine: LabMachine, machines: number): Promise<FleetRun> {
  const cwd = await mkdtemp(path.join(os.tmpdir(), 'patchlab-fleet-bench-'));
  await writeFile(path.join(cwd, 'fleet.detect'), checks());
  const hosts = Array.from({ length: machines }, (_, index) => `127.91.7.${index + 1}`);
  const lab = { hosts, port: machine.port };
  await writeFile(path.join(cwd, 'patchlab.json'), JSON.stringify({ content: ['fleet.detect'], groups: { lab } }));
  const args = ['scan', '--group', 'lab', '--allow-hosts', '--user', machine.user, '--format', 'json'];
  const env = { ...process.env, XDG_CONFIG_HOME: path.join(cwd, 'home'), PATCHLAB_PASSWORD: machine.password };
  const before = serverSeconds(machine);
  const began = performance.now();
  const child = spawn(process.execPath, [bundle.file, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let last = { peak: 0, seconds: 0 };
  const watch = setInterval(() => {
    const now = statusOf(child.pid ?? 0);
    if (now.peak > 0) last = now;
  }, 10);
  let installed = 0;
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    installed += part.split('"status": "installed"').length - 1;
  });
  try {
    const [code] = (await once(child, 'close')) as [number];
    const ms = performance.now() - began;
    if (code !== 0 || installed !== machines) throw new Error(`${installed} of ${machines} scanned, exit ${code}`);
    return { ms, serverSeconds: serverSeconds(machine) - before, ownSeconds: last.seconds, peak: last.peak };
  } finally {
    clearInterval(watch);
    await rm(cwd, { recursive: true, force: true });
  }
}

/** 100 machines of 500 checks, and the memory of 200 against that of 20. */
export async function benchFleet(): Promise<readonly BenchRow[]> {
  const bundle = await bundleCommandLine();
  const machine = await startLight();
  try {
    await scanFleet(bundle, machine, FEW);
    const timed = await scanFleet(bundle, machine, MACHINES);
    const peaks = { few: [] as number[], many: [] as number[] };
    // In turns, and the middle of three: when exactly the collector comes moves a single peak by a tenth.
    for (let round = 0; round < 3; round++) {
      peaks.few.push((await scanFleet(bundle, machine, FEW)).peak);
      peaks.many.push((await scanFleet(bundle, machine, MANY)).peak);
    }
    const few = median(peaks.few);
    const many = median(peaks.many);
    const seconds = timed.ms / 1000;
    const servers = timed.serverSeconds / Math.max(1, os.availableParallelism());
    const beyond = seconds - servers;
    const ratio = many / few;
    return [
      {
        what: `${MACHINES} machines of 500 checks`,
        result: `${seconds.toFixed(1)} s, of it ${servers.toFixed(1)} s the servers' on ${os.availableParallelism()} cores, ${timed.ownSeconds.toFixed(1)} s our processor's: ${beyond.toFixed(1)} s beyond`,
        budget: '15 s beyond',
        kept: beyond <= 15,
      },
      {
        what: `peak memory, ${MANY} machines against ${FEW}`,
        result: `${Math.round(many / 1024)} MB against ${Math.round(few / 1024)} MB: ${ratio.toFixed(2)} times`,
        budget: '1.1 times',
        kept: ratio <= 1.1,
      },
    ];
  } finally {
    await machine.stop();
    bundle.remove();
  }
}

/** Groups, NetBIOS names and fleets on live machines: who is found, who gets the credential, who is scanned. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askNames, findByName } from '../../server/src/wire/netbios/name-service.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startNmbd, type LabNameService } from '../lab/nmbd.ts';
import { startProxy } from '../lab/proxy.ts';
import { runCli } from '../unit/cli/run-cli.ts';
import { schemaErrors } from '../unit/results/schemas.ts';
import { leavesNothingOn } from './faults-check.ts';
import { makeWorkspace, resolveIn, resultsOf, type Workspace } from './workspace.ts';

const signal = new AbortController().signal;
const CONTENT = 'patch P-1 "One" fixes windows {\n  installed when windows.build >= 99999\n}\n';
const NAME = `PLAB${randomInt(10_000, 99_999)}`;
/** A part of 127.0.0.0/8 of its own: the machine listens on all of it, so each address is a light machine. */
const NET = `127.${randomInt(130, 250)}.${randomInt(1, 250)}`;

let machine: LabMachine;
/** Listens on every address, so that each is a machine. */
let many: LabMachine;
let names: LabNameService;
beforeAll(async () => {
  [machine, many] = await Promise.all([
    startMachine({ ...ws01, name: NAME }, { port: randomInt(20_000, 30_000) }),
    startMachine(
      { ...ws01, name: 'PLABMANY', smb: { ...ws01.smb, lines: ['bind interfaces only = no'] } },
      { port: randomInt(10_000, 20_000) },
    ),
  ]);
  names = await startNmbd({ name: NAME, address: machine.address, port: randomInt(1100, 4400) });
}, 30_000);
afterAll(async () => {
  await names.stop();
  await Promise.all([machine.stop(), many.stop()]);
});
leavesNothingOn(
  () => machine,
  () => many,
);

const workspace = (groups: object): Promise<Workspace> =>
  makeWorkspace(
    { groups, netbios: { servers: [`${names.address}:${names.port}`] } },
    { script: CONTENT, env: { PATCHLAB_PASSWORD: machine.password } },
  );
const asUser = () => ['--user', machine.user, '--format', 'json'];
const failedSteps = (result: ScanResult) => result.steps.filter(({ status }) => status === 'failed').length;

describe('the NetBIOS name service of a real server', () => {
  const at = () => ({ address: names.address, port: names.port });

  it('knows the machine, in any case', async () => {
    const found = { kind: 'found', addresses: [machine.address] };
    expect(await findByName(NAME.toLowerCase(), [at()], { signal })).toMatchObject(found);
  });

  it('tells the names of the machine', async () => {
    expect(await askNames(at(), { signal })).toContainEqual({ name: NAME, suffix: 0x20, group: false });
  });

  it('says no as a name server, and nothing as one of many', async () => {
    expect(await findByName('NOBODY', [at()], { signal, attemptMs: 60 })).toEqual({ kind: 'silent' });
    const wins = await startNmbd({ name: 'PLABWINS', address: `${NET}.251`, port: randomInt(1100, 4400), wins: true });
    try {
      expect(await findByName('NOBODY', [wins], { signal })).toEqual({ kind: 'negative' });
    } finally {
      await wins.stop();
    }
  });
});

describe('a name that only NetBIOS knows', () => {
  it('is scanned by its name when it is the right one', async () => {
    const run = await workspace({ lab: { hosts: [NAME], port: machine.port } });
    const args = ['scan', '--group', 'lab', '--allow-hosts', ...asUser()];
    const { code, out } = await runCli(args, run);
    expect([code, resultsOf(out).map(({ machine: { name } }) => name)]).toEqual([0, ['WS01']]);
    const { told } = await resolveIn(run, []);
    expect(told?.machines).toMatchObject([
      { name: NAME, addresses: [machine.address], foundBy: 'netbios', origins: [`lab: ${NAME}`] },
    ]);
  });
});

describe('a fleet', () => {
  it('of two hundred takes hardly more memory than one of twenty', async () => {
    const few = await measured(20);
    const many = await measured(200);
    expect([few.results, many.results]).toEqual([20, 200]);
    expect(many.peak / few.peak).toBeLessThanOrEqual(1.1);
  }, 120_000);

  it('is scanned whole: machines that are silent, closed or cut harm no other, and one is scanned once', async () => {
    const silent = await startProxy(machine, { silent: true });
    const cut = await startProxy(machine, { cutAfter: 900 });
    const run = await workspace({
      lab: {
        ranges: [`${NET}.1-${NET}.12`],
        hosts: [`${NET}.3`, silent.target, cut.target, `${NET}.2:9`, 'no-such-host.invalid'],
        exclude: [`${NET}.5`, `${NET}.11-${NET}.12`],
        port: many.port,
      },
    });
    try {
      const args = ['scan', '--group', 'lab', '--allow-hosts', '--machine-deadline', '5s', '--arrivals', 'arrivals'];
      const { code, out } = await runCli([...args, ...asUser()], run);
      expect(code).toBe(3);
      const results = resultsOf(out);
      expect(schemaErrors('scan', JSON.parse(out))).toEqual([]);
      const seen = results.map(({ machine: { address }, steps }) => [
        address,
        steps.find(({ error }) => error)?.error?.raw,
      ]);
      const whole = results.filter((result) => failedSteps(result) === 0);
      expect(whole.map((result) => result.machine.address).sort(), JSON.stringify(seen)).toEqual(
        [1, 10, 2, 3, 4, 6, 7, 8, 9].map((last) => `${NET}.${last}`),
      );
      for (const result of whole) expect(result.patches.map(({ status }) => status)).toEqual(['missing']);
      const codes = results.flatMap(({ steps }) => steps.flatMap(({ error }) => error?.code ?? []));
      expect(codes.filter((each) => each !== '201').sort()).toEqual(
        codes.includes('200') ? ['200', '261', '452', '452'] : ['261', '452', '452'],
      );
      expect(await readdir(path.join(run.cwd, 'arrivals'))).toHaveLength(results.length);
    } finally {
      await silent.close();
      await cut.close();
    }
  }, 30_000);

  it('ends at once when it is cancelled, with a whole document', async () => {
    const slow = await startProxy(machine, { delay: 150 });
    const run = await workspace({ lab: { hosts: [slow.target], ranges: [`${NET}.1-${NET}.3`], port: many.port } });
    try {
      const child = command(['scan', '--group', 'lab', '--allow-hosts', '--concurrency', '1', ...asUser()], run);
      const out = text(child.stdout);
      await until(() => slow.connections > 0 && slow.toServer > 300);
      const begun = performance.now();
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(3);
      expect(performance.now() - begun).toBeLessThan(3000);
      expect(schemaErrors('scan', JSON.parse(await out))).toEqual([]);
    } finally {
      await slow.close();
    }
  });
});

/** With a small heap garbage is not left lying: what memory grows by then is what is kept. */
const SMALL_HEAP = ['--max-old-space-size=48', '--max-semi-space-size=2'];

function command(args: readonly string[], { cwd, env }: Workspace, node: readonly string[] = []) {
  const main = path.resolve('server/src/cli/main.ts');
  return spawn(process.execPath, [...node, '--no-warnings', main, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...{ cwd, env: { ...process.env, ...env } },
  });
}

async function until(is: () => boolean): Promise<void> {
  for (let waited = 0; !is(); waited += 10) {
    if (waited > 15_000) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Scans so many light machines with the command, and looks at the most memory that it had. */
async function measured(
  machines: number,
): Promise<{ readonly results: number; readonly peak: number; readonly ms: number }> {
  const run = await workspace({ lab: { ranges: [`${NET}.1-${NET}.${machines}`], port: many.port } });
  const begun = performance.now();
  const child = command(['scan', '--group', 'lab', '--allow-hosts', ...asUser()], run, SMALL_HEAP);
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
  }, 20);
  try {
    const [out, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
    expect(code).toBe(0);
    const ms = performance.now() - begun;
    process.stdout.write(`${machines} machines: ${Math.round(ms)} ms, ${Math.round(peak / 1024)} MB at most\n`);
    return { results: resultsOf(out).filter((result) => failedSteps(result) === 0).length, peak, ms };
  } finally {
    clearInterval(watch);
  }
}

/** VmHWM of a process in kB: the kernel's own high-water mark. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

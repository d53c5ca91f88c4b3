/** What a scan may change on a machine when asked to, and that it is undone: at the end, after a cancel, a cut, a kill. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeOptions } from '../../server/src/scan/changes/changes.ts';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy } from '../lab/proxy.ts';
import { expectNobodyLeft } from './faults-check.ts';
import { contentOf, failureOf, scanLab } from './scan-lab.ts';
import { sharesAdded } from './share-add.ts';
import { startWireTap } from './wire-tap.ts';

const content = contentOf(`
product app "App" { installed when file "C:\\Windows\\explorer.exe" exists }
patch P-1 "Something" fixes windows { installed when windows.build >= 99999 }
`);

let machine: LabMachine;
let folder: string;
beforeAll(async () => {
  // Not encrypted, so that what is sent can be looked at.
  machine = await startMachine({ ...ws01, smb: { ...ws01.smb, encryption: 'off' }, shares: { c: false } });
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-changes-'));
});
afterAll(async () => {
  await machine.stop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  machine.setServiceState('RemoteRegistry', 'running');
  // What one test left, had it failed, is no other's.
  for (const name of await readdir(folder)) await rm(path.join(folder, name), { recursive: true });
});
// What was changed each test looks at itself.
afterEach(() => expectNobodyLeft(machine));

const ALL: Omit<ChangeOptions, 'folder'> = {
  temporaryShare: true,
  startRemoteRegistry: true,
  enableRemoteRegistry: true,
};
const scan = (changes: Omit<ChangeOptions, 'folder'>, more: Partial<ScanOptions> = {}, target = machine.target) =>
  scanLab(machine, target, { content, changes: { folder, ...changes }, ...more });

const isWhole = (result: ScanResult): boolean => result.steps.slice(0, 6).every(({ status }) => status === 'ok');

/** Of the machine what a scan may change, and what is left to be undone. */
async function state() {
  return {
    shares: await machine.addedShares(),
    registry: machine.serviceState('RemoteRegistry'),
    disabled: machine.isServiceDisabled('RemoteRegistry'),
    records: (await readdir(folder)).filter((name) => name.endsWith('.json')),
  };
}
const AS_BEFORE = { shares: [], registry: 'stopped', disabled: true, records: [] };

describe('a machine that does not share its system drive', () => {
  it('is left as it is unless that was asked for', async () => {
    expect(failureOf(await scan({}))).toMatchObject({ step: 2, code: '301' });
    expect(await machine.addedShares()).toEqual([]);
  });

  it('is scanned over a share that is there for the time of the scan, for administrators alone', async () => {
    const tap = await startWireTap(machine);
    const log: string[] = [];
    try {
      const result = await scan({ temporaryShare: true }, { onLog: (line) => log.push(line) }, tap.target);
      expect(failureOf(result)).toBeUndefined();
      expect(isWhole(result)).toBe(true);
      expect(result.products.map(({ id }) => id)).toEqual(['app']);
      const [added, ...more] = sharesAdded(tap.bytes());
      expect(more).toEqual([]);
      expect(added).toMatchObject({
        level: 502,
        // STYPE_TEMPORARY | STYPE_DISKTREE
        type: 0x40000000,
        uses: 1,
        path: 'C:\\',
        // Owner and group the administrators; protected; one entry: allowed, administrators, read and execute.
        security: 'O:S-1-5-32-544G:S-1-5-32-544D:P(A;;0x1200a9;;;S-1-5-32-544)',
      });
      expect(added?.name).toMatch(/^patchlab-[0-9a-f]{12}\$$/);
      expect(added?.remark).toMatch(/^Patchlab temporary share; [0-9a-f]{16}; \d{4}-\d\d-\d\dT/);
      expect(log.join('\n')).toContain(`removed the temporary share ${added?.name}`);
    } finally {
      await tap.close();
    }
    expect(await state()).toMatchObject({ shares: [], records: [] });
  });
});

describe('a machine whose Remote Registry does not run', () => {
  it('is left as it is unless that was asked for', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped');
    expect(failureOf(await scan({ temporaryShare: true }))).toMatchObject({ step: 3, code: '553' });
    expect(await state()).toMatchObject({ shares: [], registry: 'stopped', records: [] });
  });

  it('is scanned, and the service stopped again', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped');
    const result = await scan({ temporaryShare: true, startRemoteRegistry: true });
    expect(isWhole(result)).toBe(true);
    expect(await state()).toEqual({ ...AS_BEFORE, disabled: false });
  });

  it('keeps a service that is disabled, and says how to start it', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped', true);
    const failure = failureOf(await scan({ temporaryShare: true, startRemoteRegistry: true }));
    expect(failure).toMatchObject({ step: 3, code: '553' });
    expect(failure?.remedy).toContain('--enable-remote-registry');
    expect(await state()).toEqual(AS_BEFORE);
  });

  it('is scanned although the service is disabled when that was asked for, and disabled again', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped', true);
    expect(isWhole(await scan(ALL))).toBe(true);
    expect(await state()).toEqual(AS_BEFORE);
  });

  it('keeps the service running for another scan that began meanwhile', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped', true);
    await machine.setShares({ c: true });
    try {
      const results = await Promise.all([scan(ALL), sleep(30).then(() => scan(ALL)), sleep(60).then(() => scan(ALL))]);
      expect(results.map(failureOf)).toEqual([undefined, undefined, undefined]);
      expect(results.map(isWhole)).toEqual([true, true, true]);
      expect(await state()).toEqual(AS_BEFORE);
    } finally {
      await machine.setShares({ c: false });
    }
  });
});

describe('a scan that does not come to its end', () => {
  it.each([2, 3, 4, 5, 6])('undoes everything when it is cancelled in step %i', async (step) => {
    machine.setServiceState('RemoteRegistry', 'stopped', true);
    const cancel = new AbortController();
    const scanned = scan(ALL, {
      signal: cancel.signal,
      onProgress: (progress) => {
        if (progress.step === step) setTimeout(() => cancel.abort(new Error('cancelled')), 5);
      },
    });
    await expect(scanned).rejects.toThrow('cancelled');
    expect(await state()).toEqual(AS_BEFORE);
  });

  // What was under way when the machine cut the connection goes on there, and may come about only then.
  it.each([
    ['as it makes the share', /^making the temporary share/],
    ['as it starts the service', /^starting the service/],
    ['as it changes how the service starts', /one that can be started$/],
    ['as it detects products', /^step 5:/],
    ['as it comes to its end', /^step 6:/],
    ['as it has removed the share', /^removed the temporary share/],
    ['as it has stopped the service', /^stopped the service/],
  ])('undoes everything over a new connection when its own is cut %s', async (_, when) => {
    machine.setServiceState('RemoteRegistry', 'stopped', true);
    const log: string[] = [];
    const left: string[] = [];
    let cut: Promise<void> | undefined;
    await scan(ALL, {
      onLog: (line) => {
        log.push(line);
        if (when.test(line)) cut ??= machine.cutConnections();
      },
      onLeft: (text) => left.push(text),
    });
    expect(cut, log.join('\n')).toBeDefined();
    await cut;
    const { records, ...now } = await state();
    expect(now, log.join('\n')).toEqual({ shares: [], registry: 'stopped', disabled: true });
    // A record stays only of what may still come about, and that is said.
    expect(
      left.filter((text) => !text.startsWith('It is not known whether it came about')),
      log.join('\n'),
    ).toEqual([]);
    expect(records).toHaveLength(left.length);
  });

  it('says that it does not know where a cut connection took what it had asked for with it', async () => {
    const proxy = await startProxy(machine);
    const left: string[] = [];
    let cut: Promise<void> | undefined;
    try {
      const result = await scan(
        { temporaryShare: true },
        {
          onLeft: (text) => left.push(text),
          onLog: (line) => {
            if (line.startsWith('making the temporary share')) cut ??= proxy.cut();
          },
        },
        proxy.target,
      );
      await cut;
      expect(failureOf(result)?.step).toBe(2);
      expect(left).toEqual([expect.stringMatching(/^It is not known whether it came about: .* looks again\.$/)]);
      expect(result.steps[1]?.warning).toBe(left[0]);
      const { shares, records } = await state();
      expect(shares).toEqual([]);
      expect(records).toHaveLength(1);
    } finally {
      await proxy.close();
    }
  });

  it('says what it leaves when the machine is gone for good, and the next scan undoes it', async () => {
    machine.setServiceState('RemoteRegistry', 'stopped', true);
    const proxy = await startProxy(machine);
    const left: string[] = [];
    let isClosed: Promise<void> | undefined;
    const result = await scan(
      ALL,
      {
        onLeft: (text) => left.push(text),
        onProgress: ({ step }) => {
          if (step === 4) isClosed ??= proxy.close();
        },
      },
      proxy.target,
    );
    await isClosed;
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(
      /Could not be undone .*patchlab-[0-9a-f]+\$ and the service RemoteRegistry, which was disabled/,
    );
    expect(result.steps[1]?.warning).toBe(left[0]);
    expect((await state()).shares).toHaveLength(1);
    expect(isWhole(await scan(ALL))).toBe(true);
    expect(await state()).toEqual(AS_BEFORE);
  });
});

it('is followed by one that undoes what it has left, when it is killed at any of fifty points', async () => {
  const KILLS = 50;
  const AT_ONCE = 5;
  machine.setServiceState('RemoteRegistry', 'stopped', true);
  // Somebody else's: one with another remark, one with the mark of another user's scan that may run right now.
  await machine.addShare('theirs$', 'Somebody else');
  await machine.addShare(
    'patchlab-0123456789ab$',
    'Patchlab temporary share; 0123456789abcdef; 2026-01-13T10:00:00.000Z',
  );
  const foreign = await machine.addedShares();
  expect(foreign).toHaveLength(2);
  let left = 0;
  const states = new Set<string>();
  /** A scan in a process of its own, killed at some point of its work; without one it goes on to its end. Gives its time. */
  async function runOne(killAfter?: number): Promise<number> {
    const child = spawn(process.execPath, ['--no-warnings', path.join(import.meta.dirname, 'scan-worker.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LAB_TARGET: machine.target, LAB_USER: machine.user, LAB_FOLDER: folder },
    });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    const began = performance.now();
    if (killAfter !== undefined) {
      await sleep(killAfter);
      child.kill('SIGKILL');
    }
    await exited;
    return performance.now() - began;
  }
  const atOnce = (run: () => Promise<number>) => Promise.all(Array.from({ length: AT_ONCE }, run));
  // However fast this computer is, the kills fall into the time that a scan takes, and into every part of it.
  const whole = Math.min(...(await atOnce(() => runOne())));
  for (let kills = 0; kills < KILLS; kills += AT_ONCE) {
    await atOnce(() => runOne(((kills + Math.random() * AT_ONCE) / KILLS) * whole));
    const { shares, registry, disabled } = await state();
    if (shares.length > foreign.length || registry !== 'stopped' || !disabled) left++;
    states.add(`${shares.length} ${registry} ${disabled}`);
  }
  const log: string[] = [];
  const note = (line: string): void => void log.push(`${Math.round(performance.now())} ${line}`);
  note(JSON.stringify(await state()));
  expect(isWhole(await scan(ALL, { onLog: note, onLeft: note }))).toBe(true);
  note('it has ended');
  // The kills hit scans in the middle of their changes.
  expect(left).toBeGreaterThan(KILLS / AT_ONCE / 4);
  expect(states.size, [...states].join('; ')).toBeGreaterThan(2);
  const { records, ...now } = await state();
  expect(now, log.join('\n')).toEqual({ shares: foreign, registry: 'stopped', disabled: true });
  // A record of the last minute stays where nothing of it was found: it may still come about.
  expect(records.length).toBeLessThanOrEqual(KILLS);
}, 180_000);

/** Scans that are cancelled or killed, wherever they are: the server holds nothing more than before. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import { whileConnected } from '../lab/foreign.ts';
import { startProxy } from '../lab/proxy.ts';
import { runOrThrow } from '../lab/run-program.ts';
import { expectNothingLeft } from './faults-check.ts';
import { machine, PATIENCE, scan, withMachine } from './faults-run.ts';
import { holdings } from './holdings.ts';
import { EVERY_READ } from './hostile-scan.ts';

const WORKER = fileURLToPath(new URL('hostile-worker.ts', import.meta.url));

withMachine();

describe('what a server is asked before and after', () => {
  it('shows a session with its share, an open file, a share that was added, and how a service is', async () => {
    const before = await holdings(machine());
    await whileConnected(machine(), {}, async () => {
      const now = await holdings(machine());
      expect(now.sessions).toBe(before.sessions + 1);
      expect(now.trees).toBeGreaterThan(before.trees);
    });
    await expectNothingLeft(machine(), before);
    const lock = await machine().lockFile('C:\\Windows\\explorer.exe');
    expect((await holdings(machine())).files).toBeGreaterThan(before.files);
    await lock.release();
    await machine().addShare('theirs$', 'Somebody else');
    expect((await holdings(machine())).shares).toEqual([...before.shares, 'theirs$']);
    await runOrThrow('net', ['-s', machine().conf, 'conf', 'delshare', 'theirs$']);
    machine().setServiceState('RemoteRegistry', 'stopped', true);
    const { remoteRegistry } = await holdings(machine());
    machine().setServiceState('RemoteRegistry', 'running');
    expect([before.remoteRegistry, remoteRegistry]).toEqual(['running', 'stopped, disabled']);
  });
});

describe('a scan that is cancelled', () => {
  it.each([2, 3, 4, 5, 6])('in step %i leaves nothing behind', async (step) => {
    const cancel = new AbortController();
    const proxy = await startProxy(machine(), { delay: 30 });
    const onProgress: ScanOptions['onProgress'] = (progress) => {
      if (progress.step !== step || cancel.signal.aborted) return;
      started = performance.now();
      cancel.abort(new Error('cancelled by the test'));
    };
    let started = Infinity;
    try {
      await expect(scan({ signal: cancel.signal, onProgress }, proxy.target)).rejects.toThrow('cancelled by the test');
      // Whoever waited for an answer would wait much longer.
      expect(performance.now() - started).toBeLessThan(PATIENCE / 5);
    } finally {
      await proxy.close();
    }
  });
});

describe('a scan that is killed', () => {
  it('leaves nothing behind, wherever it was', async () => {
    const proxy = await startProxy(machine(), { delay: 40 });
    const before = await holdings(machine());
    try {
      for (const after of [0, 200, 400]) {
        const order = { target: proxy.target, content: EVERY_READ, deadline: 20_000, requestTimeout: 10_000 };
        const worker = fork(WORKER, { execArgv: ['--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'] });
        worker.send(order);
        for (let look = 0; look < 400 && (await machine().sessions()).length === before.sessions; look++)
          await sleep(10);
        // It was in the middle of its work: logged on, and with something open.
        expect((await machine().sessions()).length).toBeGreaterThan(before.sessions);
        await sleep(after);
        const ended = once(worker, 'exit');
        worker.kill('SIGKILL');
        expect((await ended)[1]).toBe('SIGKILL');
        await expectNothingLeft(machine(), before);
      }
    } finally {
      await proxy.close();
    }
  });
});

it('after all of that the machine is scanned whole', async () => {
  const result = await scan();
  expect(result.steps.slice(0, 6).map(({ status }) => status)).toEqual(Array(6).fill('ok'));
  expect(result.patches.map(({ id, status }) => [id, status])).toEqual([
    ['P-1', 'missing'],
    ['P-2', 'missing'],
  ]);
});

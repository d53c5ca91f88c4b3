/** Results on their way into the store, while those who move them are killed. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { importArrivals } from '../../../server/src/results/importer.ts';
import { openSqliteStore } from '../../../server/src/results/sqlite.ts';

const KILLS = 100;
const AT_ONCE = 4;
/** Of so many that are killed one is a scan that delivers, the others are importers. */
const ONE_WRITER_IN = 4;

const start = (worker: string, args: readonly string[]): ChildProcess =>
  fork(path.join(import.meta.dirname, worker), args, { execArgv: ['--no-warnings'], stdio: 'inherit' });

it('loses and doubles nothing when importers and writers are killed at a hundred random instants under load', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-killed-'));
  const arrivals = path.join(folder, 'arrivals');
  const file = path.join(folder, 'store.sqlite');
  await mkdir(arrivals);
  const dropped = new Set<string>();
  let killed = 0;

  /** Lives until some instant after it has begun its work. */
  async function oneLife(index: number): Promise<void> {
    const writes = index % ONE_WRITER_IN === 0;
    const child = writes
      ? start('delivery-worker.ts', [arrivals, `life-${index}`])
      : start('importer-worker.ts', [arrivals, file, 'again']);
    const exited = once(child, 'exit');
    child.on('message', (message: string) => {
      if (writes) dropped.add(message);
    });
    await Promise.race([once(child, 'message'), exited]);
    await sleep(Math.random() * 120);
    child.kill('SIGKILL');
    const [, signal] = (await exited) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    killed++;
  }

  let next = 0;
  const oneAfterAnother = async (): Promise<void> => {
    while (next < KILLS) await oneLife(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, oneAfterAnother));
  expect(killed).toBe(KILLS);

  const store = await openSqliteStore(file);
  const before = (await store.scans({})).length;
  const { rejected } = await importArrivals(arrivals, store);
  const scans = await store.scans({});
  await store.close();
  expect(rejected).toEqual([]);
  // Some came in by importers that were killed later: the kills hit work.
  expect(before).toBeGreaterThan(0);
  const ids = scans.map(({ scanId }) => scanId);
  expect(new Set(ids).size).toBe(ids.length);
  // A writer may be killed between its drop and its word of it, one result a life.
  expect([...dropped].filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.length).toBeLessThanOrEqual(dropped.size + KILLS / ONE_WRITER_IN);
  expect(scans.every(({ counts }) => counts.installed === 50)).toBe(true);
  expect((await readdir(arrivals)).filter((name) => !name.startsWith('.writing-'))).toEqual([]);
  await rm(folder, { recursive: true });
}, 120_000);

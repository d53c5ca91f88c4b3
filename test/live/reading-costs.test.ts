/** What a reading costs, counted at a proxy that delays: round trips and bytes. */
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveConnection } from '../../server/src/machine/live/live.ts';
import type { Observation, ObservationRequest } from '../../server/src/model/observation.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { startProxy, type LabProxy } from '../lab/proxy.ts';
import { overPipesFromOne } from '../lab/smallest-rounds.ts';
import { leavesNothingOn } from './faults-check.ts';
import { openAll } from './wire-connect.ts';

const PROGRAM = 'C:\\Program Files\\7-Zip\\7z.exe';
const REAL = new URL('../../node_modules/sevenzip-old/win/x64/7za.exe', import.meta.url);
/** Of one direction; a round trip is long beside what a busy computer needs for its own work. */
const DELAY = 40;

let lab: LabMachine;
let proxy: LabProxy;
let connection: LiveConnection;
beforeAll(async () => {
  lab = await startMachine({ name: 'costs', files: { [PROGRAM]: { copyOf: REAL.pathname } } });
  proxy = await startProxy(lab, { delay: DELAY });
  connection = await openAll(proxy, lab.password);
});
afterAll(async () => {
  await connection.close();
  await proxy.close();
  await lab.stop();
});
leavesNothingOn(() => lab);

async function observe(...requests: ObservationRequest[]): Promise<readonly Observation[]> {
  return await connection.machine().observe(requests, new AbortController().signal);
}
const value = (path: string, name: string): ObservationRequest => ({ kind: 'value', hive: 'HKLM', path, name });

describe('what a reading costs', () => {
  it('is at most 64 KB for the version of a 60 MB file', async () => {
    const path = 'C:\\Windows\\Temp\\big.exe';
    for (const resourceAt of ['start', 'end'] as const) {
      const fileVersion = Array.from({ length: 4 }, () => randomInt(65536)).join('.');
      lab.writeFile(path, { pe: { fileVersion, size: 60 << 20, resourceAt } });
      proxy.reset();
      const [version] = await observe({ kind: 'version', path });
      expect(version).toMatchObject({ value: { fileVersion } });
      expect(proxy.toClient + proxy.toServer).toBeLessThan(64 * 1024);
    }
  });

  it('is told by the reader as it is counted', async () => {
    const before = connection.machine().cost();
    proxy.reset();
    const bytes = () => proxy.toClient + proxy.toServer;
    await observe(
      { kind: 'file', path: PROGRAM },
      { kind: 'file', path: 'C:\\Windows' },
      { kind: 'version', path: PROGRAM },
    );
    const after = connection.machine().cost();
    expect([after.roundTrips - before.roundTrips, after.reads - before.reads, proxy.rounds]).toEqual([2, 3, 2]);
    // That a file is closed is said, and not waited for: it may not have passed yet.
    expect(Math.abs(after.bytes - before.bytes - bytes())).toBeLessThan(1024);
    expect(bytes()).toBeGreaterThan(4096);
    expect(bytes()).toBeLessThan(16_384);
  });

  it('is one round trip for the second value of a key', async () => {
    const path = `SOFTWARE\\${randomUUID()}`;
    await lab.setRegistry({ [`HKLM\\${path}`]: { A: 'a', B: 'b' } });
    await observe(value(path, 'A'));
    proxy.reset();
    await observe(value(path, 'B'));
    expect(proxy.rounds).toBe(1);
  });

  it('is hardly more than the smallest number of round trips for many keys', async () => {
    const path = `SOFTWARE\\${randomUUID()}`;
    const keys = Array.from({ length: 200 }, (_, index) => `${path}\\${index}`);
    await lab.setRegistry(Object.fromEntries(keys.map((key) => [`HKLM\\${key}`, { Name: key }])));
    const smallest = overPipesFromOne(2 * keys.length);
    proxy.reset();
    await observe(...keys.map((key) => value(key, 'Name')));
    expect(proxy.rounds).toBeGreaterThanOrEqual(smallest);
    expect(proxy.rounds).toBeLessThanOrEqual(1.5 * smallest);
  });
});

/**
 * Round trips of a scan, by what a proxy sees and not by what the scan says: the time that a known delay adds. Beside them
 * stands the smallest number that compounding and pipelining allow, worked out by hand.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePrerequisites } from '../../scripts/prerequisites.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { startMachine, type LabFile, type LabMachine, type LabValue } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy, type LabProxy } from '../lab/proxy.ts';
import { contentOf, scanLab } from './scan-lab.ts';
import { startWireTap, type WireTap } from './wire-tap.ts';

const KEYS = 320;
const FILES = 100;
const PIPES = 16;
/** Long beside what the server and the scan need for their own work. */
const ROUND_TRIP_MS = 100;
const KEY = 'HKLM\\SOFTWARE\\Patchlab Rounds';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const CONTENT = contentOf(`patch P-1 "Many" fixes windows {
  installed when all {
    ${numbers(KEYS)
      .map((index) => `key "${KEY}\\${index}" value "Number" = ${index}`)
      .join('\n    ')}
    ${numbers(FILES)
      .map((index) => `file "C:\\Rounds\\${index}.dll" version >= 1`)
      .join('\n    ')}
  }
}
`);

/** What no reader can do without, each waiting for the one before. */
const SMALLEST = {
  'connect, negotiate, two rounds of logon, both trees at once': 1 + 1 + 2 + 1,
  'a pipe to the server service, bound, asked for the path of ADMIN$': 3,
  'a pipe to the registry, bound, HKLM opened': 3,
  'further pipes for what identifies Windows, a key opened, a value read': 3 + 2,
  'system files: head, then resources': 2,
  // A pipe takes one call at a time; files overlap with all of that.
  'each key opened and its value read, over all pipes': 2 * Math.ceil(KEYS / PIPES),
} as const;

let machine: LabMachine;
let proxy: LabProxy;
let tap: WireTap;
beforeAll(async () => {
  ensurePrerequisites(['samba', 'gcc']);
  const registry: Record<string, Record<string, LabValue>> = { ...ws01.registry };
  const files: Record<string, LabFile> = { ...ws01.files };
  for (const index of numbers(KEYS)) registry[`${KEY}\\${index}`] = { Number: index };
  for (const index of numbers(FILES)) files[`C:\\Rounds\\${index}.dll`] = { pe: { fileVersion: '1.2', size: 90_000 } };
  machine = await startMachine({ ...ws01, smb: { encryption: 'off' }, name: 'rounds', registry, files });
  proxy = await startProxy(machine);
  const [address = '', port] = proxy.target.split(':');
  tap = await startWireTap({ address, port: Number(port) });
});
afterAll(async () => {
  await tap.close();
  await proxy.close();
  await machine.stop();
});

async function timed(delay: number): Promise<{ readonly ms: number; readonly result: ScanResult }> {
  proxy.setFaults({ delay });
  proxy.reset();
  tap.reset();
  const began = performance.now();
  const result = await scanLab(machine, tap.target, { content: CONTENT });
  const ms = performance.now() - began;
  expect(result.patches.map(({ status }) => status)).toEqual(['installed']);
  return { ms, result };
}

describe('a scan of 320 keys and 100 files', () => {
  it('takes at most one and a half times the smallest number of round trips', async () => {
    await timed(0);
    const { ms, result } = await timed(ROUND_TRIP_MS / 2);
    // Whatever else takes time counts as round trips as well: it is never less than this.
    const measured = ms / ROUND_TRIP_MS;
    const smallest = Object.values(SMALLEST).reduce((sum, one) => sum + one, 0);
    const told = result.cost.roundTrips;
    const bytes = proxy.toServer + proxy.toClient;
    const seen = `${tap.requests()} requests, ${proxy.toServer} bytes there, ${proxy.toClient} back`;
    process.stdout.write(`smallest ${smallest}, measured ${measured.toFixed(1)}, told ${told}; ${seen}\n`);
    expect(measured / smallest).toBeLessThanOrEqual(1.5);
    // The floor is one: less cannot be.
    expect(measured).toBeGreaterThanOrEqual(smallest);
    // And what the scan says of itself is what was seen.
    expect(told / measured).toBeGreaterThan(0.75);
    expect(told / measured).toBeLessThan(1.2);
    expect(Math.abs(result.cost.bytes - bytes) / bytes).toBeLessThan(0.02);
    expect(tap.requests()).toBeGreaterThan(2 * KEYS + FILES);
    expect(tap.requests()).toBeLessThan(5 * (KEYS + FILES));
  }, 60_000);
});

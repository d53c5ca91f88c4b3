/** Windows on another drive than C: the drive is read from the machine, and its share used, or one made of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { rpcclient } from '../lab/foreign.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { onDrive } from '../lab/machines/parts.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { leavesNothingOn, leavingNothing } from './faults-check.ts';
import { contentOf, failureOf, scanLab } from './scan-lab.ts';
import { sharesAdded } from './share-add.ts';
import { startWireTap } from './wire-tap.ts';

const content = contentOf(String.raw`
product sevenzip "7-Zip" {
  each app in programs where app.name matches /^7-Zip/
  let location = app.location
  let version = file "${'${location}'}\7z.exe" version
  installed when file "${'${app.location}'}\7z.exe" exists
}
patch P-1 "7-Zip" fixes sevenzip { missing when version < 99 }
patch P-2 "Shell" fixes windows { missing when file "%SystemRoot%\explorer.exe" version < 99 }
`);

let machine: LabMachine;
let folder: string;
beforeAll(async () => {
  // Not encrypted, so that what is sent can be looked at.
  machine = await startMachine({
    ...onDrive('D', ws01),
    smb: { ...ws01.smb, encryption: 'off' },
    shares: { c: false },
  });
  folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-drive-'));
});
afterAll(async () => {
  await machine.stop();
  await rm(folder, { recursive: true });
});
leavesNothingOn(() => machine);

const scan = (target = machine.target, more: Partial<ScanOptions> = {}) =>
  scanLab(machine, target, { content, ...more });

function expectWhole(result: ScanResult): void {
  expect(result.steps.slice(0, 6).map(({ status }) => status)).toEqual(Array(6).fill('ok'));
  expect(result.products.flatMap(({ instances }) => instances.map((each) => [each.version, each.path]))).toEqual([
    ['18.1.0.0', 'D:\\Program Files\\7-Zip'],
  ]);
  expect(result.patches.map(({ id, status }) => [id, status])).toEqual([
    ['P-1', 'missing'],
    ['P-2', 'missing'],
  ]);
}

describe('a machine with Windows on D:', () => {
  it('says so itself, to other clients too', async () => {
    expect((await rpcclient(machine, 'netsharegetinfo ADMIN$ 2')).output).toMatch(/path:\s+D:\\.*Windows/);
  });

  it('is told as one whose D$ cannot be reached where that is not shared', async () => {
    expect(failureOf(await scan())).toMatchObject({
      step: 2,
      code: '301',
      raw: expect.stringMatching(/^STATUS_BAD_NETWORK_NAME/) as string,
    });
  });

  it('is scanned over a temporary share of D:, which is gone afterwards', async () => {
    const tap = await startWireTap(machine);
    try {
      expectWhole(await scan(tap.target, { changes: { folder, temporaryShare: true } }));
      expect(sharesAdded(tap.bytes()).map(({ path: shared, type }) => [shared, type])).toEqual([['D:\\', 0x40000000]]);
    } finally {
      await tap.close();
    }
  });

  it('is scanned over D$ where that is shared; it has no C$', async () => {
    await machine.setShares({ c: true });
    const tap = await startWireTap(machine);
    try {
      expectWhole(await scan(tap.target));
      expect([tap.sent('\\D$'), tap.sent('\\C$')]).toEqual([true, true]);
    } finally {
      await tap.close();
      await machine.setShares({ c: false });
    }
  });

  it('is scanned over D$ where C$ is a disk of data', async () => {
    const other = await startMachine({
      ...onDrive('D', ws01),
      smb: { ...ws01.smb, lines: ['[C$]', `path = ${folder}`] },
    });
    try {
      expectWhole(await leavingNothing([other], () => scan(other.target)));
    } finally {
      await other.stop();
    }
  });
});

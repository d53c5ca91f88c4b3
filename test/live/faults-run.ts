/** A lab machine for faults, with accounts that may not log on; and scans of it that must fail as a fault says. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { ScanOptions } from '../../server/src/scan/options.ts';
import type { ScanResult } from '../../server/src/scan/result.ts';
import { startMachine, type LabMachine } from '../lab/lab.ts';
import { ws01 } from '../lab/machines/ws01.ts';
import { startProxy, type ProxyFaults } from '../lab/proxy.ts';
import { expectFault, leavesNothingOn, leavingNothing, type Fault } from './faults-check.ts';
import { contentOf, scanLab } from './scan-lab.ts';

export const content = contentOf(String.raw`
product sevenzip "7-Zip" {
  each app in programs where app.name matches /^7-Zip/
  installed when file "${'${app.location}'}\7z.exe" exists
}
patch P-1 "Shell" fixes windows { installed when file "C:\Windows\explorer.exe" version >= 99 }
patch P-2 "7-Zip" fixes sevenzip { missing when file "C:\Program Files\7-Zip\7z.exe" version < 99 }
`);
/** The password of every other account. */
export const OTHERS = 'fake-Passw0rd!';
/** What is told without waiting for anything takes no longer, on a busy computer too. */
export const AT_ONCE = 3000;
/** Long enough for a busy computer; what is told to be silent has a limit of its own. */
export const PATIENCE = 10_000;

let lab: LabMachine;
let ownFolder: string;

/** The machine, which holds nothing more after a test than before it. */
export const machine = (): LabMachine => lab;
/** A folder for whatever a test keeps. */
export const folder = (): string => ownFolder;

/** Starts the machine for the tests of a file. */
export function withMachine(): void {
  beforeAll(async () => {
    lab = await startMachine({
      ...ws01,
      users: [
        { name: 'sleeper', password: OTHERS, state: 'disabled' },
        { name: 'blocked', password: OTHERS, state: 'locked' },
        { name: 'changer', password: OTHERS, state: 'must-change' },
        { name: 'visitor', password: OTHERS },
      ],
    });
    ownFolder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-faults-'));
  });
  afterAll(async () => {
    await lab.stop();
    await rm(ownFolder, { recursive: true });
  });
  leavesNothingOn(machine);
}

export const scan = (more: Partial<ScanOptions> = {}, target = lab.target): Promise<ScanResult> =>
  scanLab(lab, target, { content, requestTimeout: PATIENCE, ...more });

/** Scans another machine, asks that one too what it holds afterwards, and stops it. */
export async function onMachine(other: LabMachine, fault: Fault, more: Partial<ScanOptions> = {}): Promise<ScanResult> {
  const run = () => scanLab(other, other.target, { content, requestTimeout: PATIENCE, ...more });
  try {
    return await leavingNothing([other], () => expectFault(run, fault));
  } finally {
    await other.stop();
  }
}

/** Scans through a proxy whose faults begin with a step, before anything of it has been answered. */
export async function from(
  step: number,
  faults: ProxyFaults,
  { fault, ...more }: Partial<ScanOptions> & { fault: Fault },
): Promise<ScanResult> {
  const proxy = await startProxy(lab);
  const onProgress: ScanOptions['onProgress'] = (progress) => {
    if (progress.step === step) proxy.setFaults(faults);
  };
  try {
    return await expectFault(() => scan({ ...more, onProgress }, proxy.target), fault);
  } finally {
    await proxy.close();
  }
}

/** Makes the recordings of the measure of reach: what a scan asks of machines that are described by facts alone. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Machine } from '../../server/src/machine/port.ts';
import { RecordingMachine } from '../../server/src/machine/snapshot/recording.ts';
import { linkContent } from '../../server/src/model/link.ts';
import { judgeAgain } from '../../server/src/scan/kept.ts';
import { FactMachine, type Data, type Facts } from '../unit/evaluate/machine.ts';
import { REACH, type ReachCase } from './cases.ts';

const NT = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const WINDOWS = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion';
const CONTROL = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';

interface OldWindows {
  readonly named: Readonly<Record<string, Data>>;
  readonly servicePack?: number;
  readonly isServer?: boolean;
}

const OLD_WINDOWS: Readonly<Record<string, OldWindows>> = {
  'windows-7-sp1': {
    named: { CurrentVersion: '6.1', CurrentBuildNumber: '7601', CSDVersion: 'Service Pack 1' },
    servicePack: 1,
  },
  'windows-8.1': { named: { CurrentVersion: '6.3', CurrentBuildNumber: '9600' } },
  'server-2012': { named: { CurrentVersion: '6.2', CurrentBuildNumber: '9200' }, isServer: true },
  'server-2008': {
    named: { CurrentVersion: '6.0', CurrentBuildNumber: '6002', CSDVersion: 'Service Pack 2' },
    ...{ servicePack: 2, isServer: true },
  },
};

/** What every Windows says of itself. */
function ofWindows(windows: string | undefined): Readonly<Record<string, Readonly<Record<string, Data>>>> {
  const ten = { CurrentMajorVersionNumber: 10, CurrentMinorVersionNumber: 0 };
  const old = OLD_WINDOWS[windows ?? ''];
  const named = old?.named ?? { CurrentVersion: '6.3', ...ten, CurrentBuildNumber: '19045', UBR: 3570 };
  const isServer = old?.isServer === true;
  const edition = isServer
    ? { EditionID: 'ServerStandard', InstallationType: 'Server' }
    : { EditionID: 'Professional', InstallationType: 'Client' };
  return {
    [NT]: { ...named, ...edition, SystemRoot: 'C:\\Windows' },
    [WINDOWS]: {
      ProgramFilesDir: 'C:\\Program Files',
      'ProgramFilesDir (x86)': 'C:\\Program Files (x86)',
      CommonFilesDir: 'C:\\Program Files\\Common Files',
      'CommonFilesDir (x86)': 'C:\\Program Files (x86)\\Common Files',
    },
    [`${CONTROL}\\ProductOptions`]: { ProductType: isServer ? 'ServerNT' : 'WinNT' },
    [`${CONTROL}\\Windows`]: { CSDVersion: 256 * (old?.servicePack ?? 0) },
    [`${CONTROL}\\Nls\\Language`]: { InstallLanguage: '0409' },
    [`${CONTROL}\\Session Manager\\Environment`]: { PROCESSOR_ARCHITECTURE: 'AMD64' },
    [`${CONTROL}\\ComputerName\\ComputerName`]: { ComputerName: 'REACH01' },
  };
}

/** A machine that has these facts and what every Windows says of itself. */
export function machineOf(facts: Facts, windows: string | undefined): Machine {
  const machine = new FactMachine({ ...facts, keys: { ...ofWindows(windows), ...facts.keys } });
  return {
    kind: 'live',
    time: new Date('2026-01-13T10:00:00Z'),
    observe: (requests) => Promise.resolve(requests.map((request) => machine.observe(request))),
    cost: () => ({ roundTrips: 0, bytes: 0, reads: 0 }),
    close: () => Promise.resolve(),
  };
}

/** A case's recording, as text. */
export async function recordCase(of: ReachCase, facts: Facts): Promise<string> {
  const file = path.join(import.meta.dirname, 'content', `${of.id}.detect`);
  const { content } = linkContent([{ file, text: await readFile(file, 'utf8') }]);
  const recording = new RecordingMachine(machineOf(facts, of.windows));
  const judged = await judgeAgain(recording, content, new AbortController().signal);
  if (judged === undefined) throw new Error(`${of.id}: no Windows`);
  return recording.toText({ name: 'REACH01', address: null, port: null });
}

/** Where a case's recording lies. */
export const recordingOf = (of: ReachCase, which: 'hit' | 'miss'): string =>
  path.join(import.meta.dirname, 'recordings', `${of.id}.${which}.snapshot.json`);

if (process.argv[1] === import.meta.filename) {
  for (const one of REACH) {
    await writeFile(recordingOf(one, 'hit'), await recordCase(one, one.hit));
    await writeFile(recordingOf(one, 'miss'), await recordCase(one, one.miss));
  }
}

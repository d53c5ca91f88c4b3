/**
 * What the scan says of content made at random in this run: a thousand registry values of every type, two hundred files,
 * thirty services. It must equal what impacket reads of the same machine, and what was put there.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { ensurePrerequisites } from '../../scripts/prerequisites.ts';
import type { SnapshotDocument } from '../../server/src/machine/snapshot/format.ts';
import { requestId } from '../../server/src/model/observation.ts';
import type { Observation, ObservationRequest, RegistryType } from '../../server/src/model/observation.ts';
import { readWithImpacket } from '../lab/foreign.ts';
import { startMachine } from '../lab/lab.ts';
import type { LabFile, LabMachine, LabService, LabValue, MachineSpec } from '../lab/lab.ts';
import { together } from '../lab/machines/parts.ts';
import { windows } from '../lab/machines/windows.ts';
import { chanceOf, seedOfRun } from '../lab/random.ts';
import type { Chance } from '../lab/random.ts';
import { toRegistryValue } from '../lab/registry-file.ts';
import { readingsOf } from '../lab/snapshot-readings.ts';
import { contentOf, scanLab } from './scan-lab.ts';

const KEYS = 100;
const VALUES = 10;
const FILES = 2;
const SERVICES = 30;
const ROOT = 'HKLM\\SOFTWARE\\Patchlab Fidelity';

const each = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n    ');

const CONTENT = `
product made "Made at random" {
  each k in keys "${ROOT}\\*" view 64
  let location = k value "Location"
  let service-name = k value "Service"
  installed when all {
    ${each(VALUES, (index) => `k value "Value ${index}" exists`)}
    ${each(FILES, (index) => `file "\${location}\\${index}.dll" version >= 0`)}
    service "\${service-name}" exists
  }
}
`;

/** Every type that a value can have. */
const TYPES: readonly RegistryType[] = [
  ...(['REG_NONE', 'REG_SZ', 'REG_EXPAND_SZ', 'REG_BINARY', 'REG_DWORD', 'REG_DWORD_BIG_ENDIAN', 'REG_LINK'] as const),
  ...(['REG_MULTI_SZ', 'REG_RESOURCE_LIST', 'REG_QWORD'] as const),
];

function valueOf(type: RegistryType, chance: Chance): LabValue {
  const length = chance.pick([0, 1, 7, 40, 700, 5000]);
  switch (type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
    case 'REG_LINK':
      return { type, data: chance.text(length) };
    case 'REG_DWORD':
    case 'REG_DWORD_BIG_ENDIAN':
      return { type, data: String(chance.bytes(4).readUInt32LE()) };
    case 'REG_QWORD':
      return { type, data: String(chance.bytes(8).readBigUInt64LE()) };
    case 'REG_MULTI_SZ':
      return { type, data: Array.from({ length: chance.below(9) }, () => chance.text(1 + chance.below(60))) };
    case 'REG_NONE':
    case 'REG_BINARY':
    case 'REG_RESOURCE_LIST':
      return { type, data: chance.bytes(length).toString('hex') };
  }
}

const versionOf = (chance: Chance): string => Array.from({ length: 4 }, () => chance.below(65_536)).join('.');

interface Made {
  readonly spec: MachineSpec;
  /** By a request's identity, what must be answered; of files the version alone, of services the state. */
  readonly truth: ReadonlyMap<string, unknown>;
}

function makeMachine(chance: Chance): Made {
  const registry: Record<string, Record<string, LabValue>> = {};
  const files: Record<string, LabFile> = {};
  const services: Record<string, LabService> = {};
  const truth = new Map<string, unknown>();
  const tell = (request: ObservationRequest, value: unknown) => truth.set(requestId(request), value);
  for (let key = 0; key < KEYS; key++) {
    const path = `${ROOT.slice(5)}\\Key ${key}`;
    const location = `C:\\Made\\${key} ${chance.text(4).replace(/[^\p{L}]/gu, 'x')}`;
    const service = `Made${key % SERVICES}`;
    const values: Record<string, LabValue> = { Location: location, Service: service };
    for (let index = 0; index < VALUES; index++) {
      const value = valueOf(TYPES[(key + index) % TYPES.length] ?? 'REG_NONE', chance);
      values[`Value ${index}`] = value;
      tell({ kind: 'value', hive: 'HKLM', path, name: `Value ${index}` }, toRegistryValue(value));
    }
    registry[`HKLM\\${path}`] = values;
    for (let index = 0; index < FILES; index++) {
      const file = `${location}\\${index}.dll`;
      const fileVersion = versionOf(chance);
      const arch = chance.pick(['x86', 'x64', 'arm64'] as const);
      const at = { size: 4096 + chance.below(300_000), resourceAt: chance.pick(['start', 'end'] as const) };
      files[file] = { pe: { fileVersion, productVersion: versionOf(chance), arch, ...at } };
      tell({ kind: 'version', path: file }, fileVersion);
    }
    if (key >= SERVICES) continue;
    const state = chance.pick(['running', 'stopped', 'paused', 'start-pending'] as const);
    const start = chance.pick([2, 3, 4] as const);
    services[service] = { displayName: `Made ${chance.below(1e9)}`, state, start, path: `"${location}\\0.dll" /run` };
    tell({ kind: 'service', name: service }, state);
  }
  const system = windows({
    ...{ computerName: 'made', productName: 'Windows 11 Pro', build: 26100, revision: 1 + chance.below(9999) },
    ...{ displayVersion: '24H2', releaseId: '2009', edition: 'Professional', installation: 'Client' as const },
    ...{ productType: 'WinNT' as const, smb1: false, spooler: 'running' as const, people: [] },
  });
  return { spec: { name: 'made', ...together(system, { registry, files, services }) }, truth };
}

/** What is held against the truth: a whole value, a file's version, a service's state. */
function essence({ kind }: ObservationRequest, recorded: Observation): unknown {
  if (recorded.state !== 'present') return recorded;
  if (kind === 'version') return (recorded.value as { fileVersion?: string }).fileVersion;
  return kind === 'service' ? (recorded.value as { state: string }).state : recorded.value;
}

/** Both readers' answers in one shape: impacket's reader gives a version's language as a number. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]): [string, unknown] =>
    name === 'langid' && member === 0x0409 ? ['language', 'en-US'] : [name, comparable(member)],
  );
  return Object.fromEntries(members.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

async function scanned(machine: LabMachine): Promise<SnapshotDocument> {
  let text = '';
  const onRecording = (snapshot: string) => void (text = snapshot);
  const result = await scanLab(machine, machine.target, { content: contentOf(CONTENT), onRecording });
  expect(result.steps.filter((step) => step.status === 'failed')).toEqual([]);
  expect(result.products[0]?.instances).toHaveLength(KEYS);
  return JSON.parse(text) as SnapshotDocument;
}

beforeAll(() => {
  ensurePrerequisites(['samba', 'impacket', 'gcc']);
});

describe('a machine made at random', () => {
  it('is read by the scan as impacket reads it and as it was made', async () => {
    const chance = chanceOf(seedOfRun());
    process.stderr.write(`PATCHLAB_SEED=${chance.seed}\n`);
    const { spec, truth } = makeMachine(chance);
    const machine = await startMachine(spec);
    try {
      const snapshot = await scanned(machine);
      expect(snapshot.redacted).toEqual([]);
      const readings = readingsOf(snapshot);
      const read = new Map(readings.map((reading) => [requestId(reading.request), reading]));
      const wrong = [...truth].flatMap(([id, made]) => {
        const reading = read.get(id);
        const said = reading && essence(reading.request, reading.recorded);
        return JSON.stringify(comparable(said)) === JSON.stringify(comparable(made)) ? [] : [{ id, made, said }];
      });
      expect(wrong).toEqual([]);

      const { answers } = await readWithImpacket(
        machine,
        readings.map(({ request }) => request),
      );
      const differing = readings.filter(
        ({ recorded }, index) => JSON.stringify(comparable(answers[index])) !== JSON.stringify(comparable(recorded)),
      );
      expect(differing).toEqual([]);

      const count = (kind: string) => [...truth.keys()].filter((id) => id.startsWith(`${kind}|`)).length;
      expect([count('value'), count('version'), count('service')]).toEqual([KEYS * VALUES, KEYS * FILES, SERVICES]);
    } finally {
      await machine.stop();
    }
  }, 120_000);
});

/** What a scan says it read, held against what foreign clients read of the same machine. */
import { randomBytes, randomInt } from 'node:crypto';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensurePrerequisites } from '../../scripts/prerequisites.ts';
import type { SnapshotDocument } from '../../server/src/machine/snapshot/format.ts';
import { describeRequest, requestId } from '../../server/src/model/observation.ts';
import type { RegistryValue } from '../../server/src/model/observation.ts';
import { linkContent } from '../../server/src/model/link.ts';
import { loadContent } from '../../server/src/scan/content-files.ts';
import { differences } from '../lab/differences.ts';
import { netRpc } from '../lab/foreign.ts';
import { startMachine } from '../lab/lab.ts';
import type { LabFile, LabMachine, LabService, LabValue, MachineSpec, SmbOptions } from '../lab/lab.ts';
import { together } from '../lab/machines/parts.ts';
import { contosoBackup, fabrikamVpn, firefox, notepadPlusPlus, sevenZip } from '../lab/machines/programs.ts';
import { srv01 } from '../lab/machines/srv01.ts';
import { windows, WINDOWS_10_22H2 } from '../lab/machines/windows.ts';
import { readingsOf } from '../lab/snapshot-readings.ts';
import type { Reading } from '../lab/snapshot-readings.ts';
import { scanLab } from './scan-lab.ts';

const BULK = 'HKLM\\SOFTWARE\\Patchlab Bulk';
const BULK_COUNT = 90;

/** Reads a key's values of every type, a service and a file, for each of many keys. */
const BULK_CONTENT = `
product bulk "Bulk" {
  each k in keys "${BULK}\\*" view 64
  let location = k value "Location"
  let service-name = k value "Service"
  let version = file "\${location}\\tool.dll" version
  installed when all {
    k value "Odd" exists
    file "\${location}\\tool.dll" exists
    service "\${service-name}" exists
    service "\${service-name}" is not paused
    k value "NotThere" is absent
    file "\${location}\\nothing.dll" is absent
  }
}
`;

function randomVersion(): string {
  return Array.from({ length: 4 }, () => randomInt(65_536)).join('.');
}

function oddValue(index: number): LabValue {
  const odd: readonly LabValue[] = [
    randomBytes(8).toString('hex'),
    { type: 'REG_EXPAND_SZ', data: `%windir%\\${randomInt(1e9)}` },
    randomInt(2 ** 32),
    BigInt(`0x${randomBytes(8).toString('hex')}`),
    [`first ${randomInt(1e9)}`, 'second', 'dritter ü'],
    [],
    new Uint8Array(randomBytes(randomInt(1, 2000))),
    new Uint8Array(0),
    { type: 'REG_NONE', data: randomBytes(4).toString('hex') },
    { type: 'REG_DWORD_BIG_ENDIAN', data: String(randomInt(2 ** 32)) },
    '',
    `${randomBytes(400).toString('hex')} long`,
  ];
  return odd[index % odd.length] ?? '';
}

function bulkParts(): Required<Pick<MachineSpec, 'registry' | 'files' | 'services'>> {
  const registry: Record<string, Record<string, LabValue>> = {};
  const files: Record<string, LabFile> = {};
  const services: Record<string, LabService> = {};
  for (let index = 0; index < BULK_COUNT; index++) {
    const location = `C:\\Bulk\\${index}`;
    const service = `BulkService${index % 30}`;
    registry[`${BULK}\\${index}`] = { Location: location, Service: service, Odd: oddValue(index) };
    const arch = (['x86', 'x64', 'arm64'] as const)[index % 3] ?? 'x64';
    files[`${location}\\tool.dll`] = { pe: { fileVersion: randomVersion(), productVersion: randomVersion(), arch } };
    services[service] = {
      displayName: `Bulk ${randomInt(1e9)}`,
      state: (['running', 'stopped', 'paused', 'start-pending'] as const)[randomInt(4)] ?? 'running',
      start: ([2, 3, 4] as const)[randomInt(3)] ?? 3,
      path: `"${location}\\tool.exe" /run ${randomInt(1e9)}`,
    };
  }
  return { registry, files, services };
}

/** A machine with the samples' products and the bulk; nobody has a profile on it, so nothing of it is redacted. */
function comparedMachine(smb: SmbOptions): MachineSpec {
  const parts = together(
    windows({
      computerName: 'compared',
      ...WINDOWS_10_22H2,
      revision: randomInt(1, 9999),
      smb1: true,
      spooler: 'running',
      people: [],
    }),
    sevenZip({ release: '18.01', version: '18.1.0.0', bits: 64, real: 'old' }),
    sevenZip({ release: '21.07', version: '21.7.0.0', bits: 32, real: 'new' }),
    firefox({ version: '115.9.1', fileVersion: '115.9.1.8849', channel: 'esr', bits: 64 }),
    notepadPlusPlus({ version: randomVersion(), bits: 64 }),
    contosoBackup({ version: randomVersion(), state: 'running', start: 2 }),
    fabrikamVpn({ version: randomVersion() }),
    bulkParts(),
  );
  return { name: 'compared', smb, ...parts };
}

async function scannedSnapshot(machine: LabMachine, content?: string): Promise<SnapshotDocument> {
  const samples = await loadContent([path.join(import.meta.dirname, '..', '..', 'samples')]);
  if (!samples.ok) throw new Error(samples.why);
  const bulk = content === undefined ? [] : [{ file: 'bulk.detect', text: content }];
  const linked = linkContent([...samples.files, ...bulk]);
  expect(linked.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  let text = '';
  const result = await scanLab(machine, machine.target, {
    content: linked.content,
    include: new Set(['superseded', 'effectively-installed']),
    onRecording: (snapshot) => {
      text = snapshot;
    },
  });
  expect(result.steps.filter((step) => step.status === 'failed')).toEqual([]);
  return JSON.parse(text) as SnapshotDocument;
}

/** A value as `net rpc registry getvalue` prints it; undefined for types that it cannot print. */
function asNetPrints(value: RegistryValue): string | undefined {
  switch (value.type) {
    case 'REG_SZ':
    case 'REG_EXPAND_SZ':
      return `Type       = ${value.type}\nValue      = "${value.data}"\n`;
    case 'REG_DWORD':
      return `Type       = ${value.type}\nValue      = ${value.data}\n`;
    default:
      return undefined;
  }
}

beforeAll(() => {
  ensurePrerequisites(['samba', 'impacket', 'gcc']);
});

describe.each([
  ['signed', { signing: 'mandatory' }],
  ['encrypted', { encryption: 'required' }],
] as const)('a machine whose traffic is %s', (_, smb) => {
  it('is read by the scan as impacket reads it, in everything that the scan says it read', async () => {
    const machine = await startMachine(comparedMachine(smb));
    try {
      const snapshot = await scannedSnapshot(machine, BULK_CONTENT);
      expect(snapshot.redacted).toEqual([]);
      const readings: readonly Reading[] = readingsOf(snapshot);
      expect(await differences(machine, readings)).toEqual([]);

      const presentOf = (kind: string) =>
        readings.filter(({ request, recorded }) => request.kind === kind && recorded.state === 'present').length;
      expect(readings.length).toBeGreaterThanOrEqual(300);
      expect(presentOf('value')).toBeGreaterThanOrEqual(3 * BULK_COUNT);
      expect(presentOf('version')).toBeGreaterThanOrEqual(BULK_COUNT);
      expect(presentOf('service')).toBeGreaterThanOrEqual(30);

      // What changes after the scan is seen to differ: the comparison can fail.
      await machine.setRegistryValue(`${BULK}\\7`, 'Odd', randomBytes(9).toString('hex'));
      machine.writeFile('C:\\Bulk\\8\\tool.dll', { pe: { fileVersion: '7.1' } });
      const state = machine.serviceState('BulkService9') === 'stopped' ? 'running' : 'stopped';
      machine.setServiceState('BulkService9', state);
      const again = readings.filter(
        ({ request }, index) => index < 60 || /bulk(\\|service)[789]/i.test(requestId(request)),
      );
      expect((await differences(machine, again)).map(({ request }) => describeRequest(request)).toSorted()).toEqual([
        'file C:\\Bulk\\8\\tool.dll',
        'service BulkService9',
        `value "Odd" of ${BULK}\\7`,
        'version of C:\\Bulk\\8\\tool.dll',
      ]);
    } finally {
      await machine.stop();
    }
  }, 240_000);
});

describe('a machine that speaks SMB 3.1.1 alone, which this impacket does not', () => {
  it('is read by the scan as `net rpc registry` reads it', async () => {
    const machine = await startMachine(srv01);
    try {
      const snapshot = await scannedSnapshot(machine);
      let compared = 0;
      for (const { request, recorded } of readingsOf(snapshot)) {
        if (request.kind !== 'value' || recorded.state !== 'present') continue;
        const printed = asNetPrints(recorded.value as RegistryValue);
        // A person's name is replaced in what was recorded.
        if (printed === undefined || printed.includes('person')) continue;
        const got = await netRpc(machine, ['registry', 'getvalue', `${request.hive}\\${request.path}`, request.name]);
        expect(got.output).toBe(printed);
        compared++;
      }
      expect(compared).toBeGreaterThanOrEqual(20);
    } finally {
      await machine.stop();
    }
  });
});

import { describe, expect, it } from 'vitest';
import type { SnapshotDocument } from '../../../../server/src/machine/snapshot/format.ts';
import { SnapshotMachine } from '../../../../server/src/machine/snapshot/snapshot-machine.ts';
import type { Observation, ObservationRequest } from '../../../../server/src/model/observation.ts';

const EMPTY: SnapshotDocument = {
  schema: 'patchlab-snapshot/1',
  recorded: '2026-05-01T08:00:00Z',
  machine: { name: 'WS01', address: null, port: null },
  redacted: [],
  registry: {},
  services: {},
  files: {},
};
const signal = new AbortController().signal;
const NOT_RECORDED = { state: 'unreadable', reason: 'not recorded' };
const ABSENT = { state: 'absent' };

async function ask(snapshot: Partial<SnapshotDocument>, request: ObservationRequest): Promise<Observation | undefined> {
  const [answer] = await new SnapshotMachine({ ...EMPTY, ...snapshot }).observe([request], signal);
  return answer;
}

const key = (path: string): ObservationRequest => ({ kind: 'key', hive: 'HKLM', path });
const value = (path: string, name: string): ObservationRequest => ({ kind: 'value', hive: 'HKLM', path, name });
const file = (path: string): ObservationRequest => ({ kind: 'file', path });

describe('a recorded registry', () => {
  const registry: SnapshotDocument['registry'] = {
    'HKLM\\SOFTWARE\\A': {
      subkeys: ['B'],
      values: {
        V: { type: 'REG_SZ', data: 'x' },
        None: null,
        Denied: { unreadable: 'access denied' },
        Key: { redacted: 'a product key' },
      },
    },
    'HKLM\\SOFTWARE\\Full': { values: { V: { type: 'REG_SZ', data: 'x' } }, complete: true },
    'HKLM\\SOFTWARE\\Gone': { exists: false },
    'HKLM\\SOFTWARE\\Locked': { exists: { unreadable: 'access denied', raw: '5' } },
    HKU: { subkeys: [] },
  };
  it.each<[string, ObservationRequest, Observation | object]>([
    [
      'a value, whatever the case',
      value('software\\a', 'v'),
      { state: 'present', value: { type: 'REG_SZ', data: 'x' } },
    ],
    ['an absent value', value('SOFTWARE\\A', 'None'), ABSENT],
    ['an unreadable value', value('SOFTWARE\\A', 'Denied'), { state: 'unreadable', reason: 'access denied' }],
    [
      'a value left out',
      value('SOFTWARE\\A', 'Key'),
      { state: 'unreadable', reason: 'left out of the recording: a product key' },
    ],
    ['a value nobody asked for', value('SOFTWARE\\A', 'Other'), NOT_RECORDED],
    ['a value that a complete key has not', value('SOFTWARE\\Full', 'Other'), ABSENT],
    ['a value of an absent key', value('SOFTWARE\\Gone\\Below', 'V'), ABSENT],
    ['an absent key', key('SOFTWARE\\Gone'), ABSENT],
    ['a key below an absent key', key('SOFTWARE\\Gone\\Deep\\Down'), ABSENT],
    ['subkeys of an absent key', { kind: 'subkeys', hive: 'HKLM', path: 'SOFTWARE\\Gone' }, ABSENT],
    ['a key that its parent lists', key('SOFTWARE\\A\\b'), { state: 'present', value: true }],
    ['a key that its parent does not list', key('SOFTWARE\\A\\C'), ABSENT],
    ['a value below such a key', value('SOFTWARE\\A\\C\\D', 'V'), ABSENT],
    ['a key with something below it', key('SOFTWARE'), { state: 'present', value: true }],
    ['an unreadable key', key('SOFTWARE\\Locked'), { state: 'unreadable', reason: 'access denied', raw: '5' }],
    ['a key below an unreadable key', key('SOFTWARE\\Locked\\X'), NOT_RECORDED],
    ['a key nobody asked for', key('SOFTWARE\\Other'), NOT_RECORDED],
    ['an empty hive', { kind: 'subkeys', hive: 'HKU', path: '' }, { state: 'present', value: [] }],
    [
      'all values of a complete key',
      { kind: 'values', hive: 'HKLM', path: 'SOFTWARE\\Full' },
      { state: 'present', value: { V: { type: 'REG_SZ', data: 'x' } } },
    ],
    ['all values of a key asked for one', { kind: 'values', hive: 'HKLM', path: 'SOFTWARE\\A' }, NOT_RECORDED],
    [
      'what is never read',
      key('SAM\\SAM'),
      { state: 'unreadable', reason: 'the SAM and SECURITY hives are never read' },
    ],
  ])('answers %s', async (_what, request, answer) => {
    expect(await ask({ registry }, request)).toEqual(answer);
  });
});

describe('recorded files and services', () => {
  const info = { folder: false, size: 5, modified: '2026-01-01T00:00:00Z' };
  const recorded: Partial<SnapshotDocument> = {
    files: {
      'C:\\App': {
        entries: [
          { name: 'a.exe', ...info },
          { name: 'sub', ...info, folder: true },
        ],
      },
      'C:\\App\\a.exe': { version: { fileVersion: '1.2.3.4' } },
      'C:\\Gone': { stat: null },
      'C:\\Plain': { stat: info },
    },
    serviceNames: ['Spooler', 'Other'],
    services: {
      Spooler: {
        name: 'Spooler',
        displayName: 'Print Spooler',
        state: 'running',
        start: 'automatic',
        account: null,
        path: { unreadable: 'no' },
      },
    },
  };
  it.each<[string, ObservationRequest, Observation | object]>([
    ['a version', { kind: 'version', path: 'c:\\app\\A.EXE' }, { state: 'present', value: { fileVersion: '1.2.3.4' } }],
    ['a file that its folder lists', file('C:\\App\\a.exe'), { state: 'present', value: info }],
    ['a file that its folder does not list', file('C:\\App\\b.exe'), ABSENT],
    ['a version below such a folder', { kind: 'version', path: 'C:\\App\\x\\b.exe' }, ABSENT],
    ['a file below an absent folder', file('C:\\Gone\\x\\y.dll'), ABSENT],
    ['a file below a file', file('C:\\Plain\\x'), ABSENT],
    ['entries of a file', { kind: 'entries', path: 'C:\\Plain' }, ABSENT],
    ['a version of a folder', { kind: 'version', path: 'C:\\App\\sub' }, ABSENT],
    ['a version nobody asked for', { kind: 'version', path: 'C:\\Plain' }, NOT_RECORDED],
    ['a file nobody asked for', file('C:\\Other\\x'), NOT_RECORDED],
    ['all services', { kind: 'services' }, { state: 'present', value: ['Spooler', 'Other'] }],
    ['a service that is not listed', { kind: 'service', name: 'Gone' }, ABSENT],
    ['a service that is only listed', { kind: 'service', name: 'other' }, NOT_RECORDED],
  ])('answers %s', async (_what, request, answer) => {
    expect(await ask(recorded, request)).toEqual(answer);
  });

  it('answers a service with what was not told as what it was', async () => {
    expect(await ask(recorded, { kind: 'service', name: 'SPOOLER' })).toEqual({
      state: 'present',
      value: {
        name: 'Spooler',
        displayName: 'Print Spooler',
        state: 'running',
        start: { state: 'present', value: 'automatic' },
        account: ABSENT,
        path: { state: 'unreadable', reason: 'no' },
      },
    });
  });
});

describe('a snapshot as a machine', () => {
  it('costs nothing and counts what it could answer', async () => {
    const machine = new SnapshotMachine({ ...EMPTY, registry: { 'HKLM\\SOFTWARE\\A': { exists: true } } });
    await machine.observe([key('SOFTWARE\\A'), key('SOFTWARE\\B')], signal);
    expect(machine.cost()).toEqual({ roundTrips: 0, bytes: 0, reads: 1 });
    expect(machine.time).toEqual(new Date('2026-05-01T08:00:00Z'));
  });

  it("rejects with the signal's reason when cancelled", async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(new SnapshotMachine(EMPTY).observe([], stop.signal)).rejects.toThrow('enough');
  });
});

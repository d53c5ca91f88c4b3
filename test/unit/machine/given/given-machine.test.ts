import { describe, expect, it } from 'vitest';
import { GivenMachine } from '../../../../server/src/machine/given/given-machine.ts';
import type { Statement } from '../../../../server/src/machine/given/statement.ts';
import { parseSnapshot } from '../../../../server/src/machine/snapshot/parse.ts';
import { SnapshotMachine } from '../../../../server/src/machine/snapshot/snapshot-machine.ts';
import type { Machine } from '../../../../server/src/machine/port.ts';
import type { Observation, ObservationRequest } from '../../../../server/src/model/observation.ts';

const NOW = new Date('2026-01-13T00:00:00Z');
const text = (data: string): Observation<{ type: 'REG_SZ'; data: string }> => ({
  state: 'present',
  value: { type: 'REG_SZ', data },
});

const RECORDED = {
  schema: 'patchlab-snapshot/1',
  recorded: '2025-06-01T00:00:00.000Z',
  machine: { name: 'M', address: null, port: null },
  registry: {
    'HKLM\\SOFTWARE\\Acme': {
      subkeys: ['Old', 'Both'],
      complete: true,
      values: { Seen: { type: 'REG_SZ', data: 'x' } },
    },
  },
  files: {
    'C:\\Acme': { stat: { folder: true, size: 0, modified: '2025-01-01T00:00:00.000Z' }, entries: [] },
    'C:\\Acme\\a.exe': {
      stat: { folder: false, size: 7, modified: '2025-01-01T00:00:00.000Z' },
      version: { fileVersion: '1.0.0.0', company: 'Acme' },
    },
  },
  services: {},
  redacted: [],
  serviceNames: ['Recorded'],
};

function recorded(): Machine {
  const parsed = parseSnapshot(JSON.stringify(RECORDED));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return new SnapshotMachine(parsed.snapshot);
}

async function ask(
  statements: readonly Statement[],
  request: ObservationRequest,
  beneath?: Machine,
): Promise<Observation> {
  const machine = new GivenMachine(statements, beneath, NOW);
  const [answer] = await machine.observe([request], new AbortController().signal);
  if (!answer) throw new Error('no answer');
  return answer;
}

const key = (path: string, is: 'present' | 'absent' | 'unreadable'): Statement => ({
  kind: 'key',
  hive: 'HKLM',
  path,
  is,
});
const value = (path: string, name: string, is: Observation<never> | ReturnType<typeof text>): Statement => ({
  ...{ kind: 'value', hive: 'HKLM', path, name },
  is,
});

describe('a machine of givens alone', () => {
  it('has what is stated, with all that is above it, and nothing else', async () => {
    const statements = [value('SOFTWARE\\Acme\\Editor', 'Path', text('C:\\Acme'))];
    const hklm = { hive: 'HKLM' } as const;
    expect(await ask(statements, { kind: 'value', ...hklm, path: 'software\\acme\\EDITOR', name: 'path' })).toEqual(
      text('C:\\Acme'),
    );
    expect(await ask(statements, { kind: 'subkeys', ...hklm, path: 'SOFTWARE' })).toEqual({
      state: 'present',
      value: ['Acme'],
    });
    expect(await ask(statements, { kind: 'key', ...hklm, path: 'SOFTWARE\\Other' })).toEqual({ state: 'absent' });
    expect(await ask(statements, { kind: 'services' })).toEqual({ state: 'present', value: [] });
    expect(await ask(statements, { kind: 'file', path: 'C:\\x' })).toEqual({ state: 'absent' });
  });

  it('lists stated files in their folder', async () => {
    const statements: Statement[] = [
      { kind: 'version', path: 'C:\\Acme\\a.exe', member: 'fileVersion', is: { state: 'present', value: '3.1' } },
      { kind: 'size', path: 'C:\\Acme\\a.exe', bytes: 9 },
    ];
    expect(await ask(statements, { kind: 'entries', path: 'C:\\Acme' })).toMatchObject({
      state: 'present',
      value: [{ name: 'a.exe', folder: false, size: 9 }],
    });
    expect(await ask(statements, { kind: 'version', path: 'c:\\acme\\A.EXE' })).toEqual({
      state: 'present',
      value: { fileVersion: '3.1' },
    });
  });
});

describe('a recording with givens', () => {
  const below = { hive: 'HKLM', path: 'SOFTWARE\\Acme' } as const;

  it('answers what is stated in place of what was recorded, and the rest as it was recorded', async () => {
    const statements = [
      key('SOFTWARE\\Acme\\Old', 'absent'),
      key('SOFTWARE\\Acme\\New', 'present'),
      value('SOFTWARE\\Acme', 'Stated', text('y')),
    ];
    expect(await ask(statements, { kind: 'subkeys', ...below }, recorded())).toEqual({
      state: 'present',
      value: ['Both', 'New'],
    });
    expect(await ask(statements, { kind: 'values', ...below }, recorded())).toEqual({
      state: 'present',
      value: { Seen: { type: 'REG_SZ', data: 'x' }, Stated: { type: 'REG_SZ', data: 'y' } },
    });
    expect(
      await ask(
        [{ kind: 'version', path: 'C:\\Acme\\a.exe', member: 'fileVersion', is: { state: 'present', value: '2.0' } }],
        { kind: 'version', path: 'C:\\Acme\\a.exe' },
        recorded(),
      ),
    ).toEqual({ state: 'present', value: { fileVersion: '2.0', company: 'Acme' } });
  });

  it('keeps unknown what was not recorded: a list is not known whole because one of its members is stated', async () => {
    const statements = [key('SOFTWARE\\Elsewhere\\New', 'present')];
    const answer = await ask(statements, { kind: 'subkeys', hive: 'HKLM', path: 'SOFTWARE\\Elsewhere' }, recorded());
    expect(answer.state).toBe('unreadable');
  });

  it('makes unknown all that is below an unknown key, folder or service, and absent what is below an absent one', async () => {
    const statements: Statement[] = [
      key('SOFTWARE\\Acme', 'unreadable'),
      { kind: 'file', path: 'C:\\Acme', folder: true, is: 'absent' },
      { kind: 'service', name: 'recorded', is: 'unreadable' },
    ];
    expect((await ask(statements, { kind: 'value', ...below, name: 'Seen' }, recorded())).state).toBe('unreadable');
    expect((await ask(statements, { kind: 'file', path: 'C:\\Acme\\a.exe' }, recorded())).state).toBe('absent');
    expect((await ask(statements, { kind: 'service', name: 'Recorded' }, recorded())).state).toBe('unreadable');
  });

  it('measures ages against the time of the recording', () => {
    expect(new GivenMachine([], recorded(), NOW).time.toISOString()).toBe(RECORDED.recorded);
    expect(new GivenMachine([], undefined, NOW).time).toBe(NOW);
  });
});

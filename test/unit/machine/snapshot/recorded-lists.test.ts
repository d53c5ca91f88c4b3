import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ListRequest } from '../../../../server/src/machine/listing.ts';
import { parseSnapshot } from '../../../../server/src/machine/snapshot/parse.ts';
import { SnapshotMachine } from '../../../../server/src/machine/snapshot/snapshot-machine.ts';

const WS01 = new URL('../../../../samples/machines/ws01.snapshot.json', import.meta.url);

function machineOf(text: string): SnapshotMachine {
  const parsed = parseSnapshot(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return new SnapshotMachine(parsed.snapshot);
}

const list = (machine: SnapshotMachine, request: ListRequest, range = { from: 0, count: 1000 }): Promise<unknown> =>
  machine.list(request, range, new AbortController().signal);

const recording = (parts: Record<string, unknown>): SnapshotMachine =>
  machineOf(
    JSON.stringify({
      schema: 'patchlab-snapshot/1',
      recorded: '2026-01-01T00:00:00.000Z',
      machine: { name: 'X', address: null, port: null },
      ...{ redacted: [], registry: {}, services: {}, files: {}, ...parts },
    }),
  );

describe('the lists of a recording', () => {
  it('give a recorded list whole, and say so', async () => {
    const machine = machineOf(readFileSync(WS01, 'utf8'));
    const path = 'SOFTWARE\\JavaSoft\\Java Runtime Environment';
    expect(await list(machine, { kind: 'subkeys', hive: 'HKLM', path })).toEqual({
      state: 'present',
      value: { items: ['1.8', '1.8.0_202'], complete: true },
    });
  });

  it('give what is known to be below a key that was not listed, and say that there may be more', async () => {
    const machine = machineOf(readFileSync(WS01, 'utf8'));
    const roots = await list(machine, { kind: 'subkeys', hive: 'HKLM', path: '' });
    expect(roots).toEqual({ state: 'present', value: { items: ['SOFTWARE', 'SYSTEM'], complete: false } });
    const folders = await list(machine, { kind: 'entries', path: 'c:\\program files\\' });
    expect(folders).toMatchObject({
      state: 'present',
      value: { items: [{ name: '7-Zip', folder: true }, {}, {}, {}, {}], complete: false },
    });
    const services = await list(machine, { kind: 'services' });
    expect(services).toMatchObject({ value: { items: ['ContosoBackup', 'mrxsmb10', 'Spooler'], complete: false } });
  });

  it('show a value that was left out beside those that were not', async () => {
    const machine = recording({
      registry: {
        'HKLM\\SOFTWARE\\Acme': {
          complete: true,
          values: {
            Key: { redacted: 'a product key' },
            Path: { type: 'REG_SZ', data: 'C:\\Acme' },
            Password: { type: 'REG_SZ', data: 'example-secret' },
          },
        },
      },
    });
    expect(await list(machine, { kind: 'values', hive: 'HKLM', path: 'software\\acme' })).toEqual({
      state: 'present',
      value: {
        complete: true,
        items: [
          { name: 'Key', value: { state: 'unreadable', reason: 'left out of the recording: a product key' } },
          { name: 'Password', value: { state: 'unreadable', reason: 'a value that holds a secret is never read' } },
          { name: 'Path', value: { state: 'present', value: { type: 'REG_SZ', data: 'C:\\Acme' } } },
        ],
      },
    });
  });

  it('come in parts, and say where the next one begins', async () => {
    const subkeys = Array.from({ length: 5 }, (_, index) => `k${index}`);
    const machine = recording({ registry: { 'HKLM\\SOFTWARE\\Many': { subkeys } } });
    const request: ListRequest = { kind: 'subkeys', hive: 'HKLM', path: 'SOFTWARE\\Many' };
    expect(await list(machine, request, { from: 2, count: 2 })).toMatchObject({
      value: { items: ['k2', 'k3'], next: 4 },
    });
    expect(await list(machine, request, { from: 4, count: 2 })).toEqual({
      state: 'present',
      value: { items: ['k4'], complete: true },
    });
  });

  it('are absent where the key or folder is, and refused where it is never read', async () => {
    const machine = machineOf(readFileSync(WS01, 'utf8'));
    expect(await list(machine, { kind: 'subkeys', hive: 'HKLM', path: 'SOFTWARE\\JavaSoft\\JRE' })).toEqual({
      state: 'absent',
    });
    expect(await list(machine, { kind: 'values', hive: 'HKLM', path: 'sam\\SAM' })).toMatchObject({
      state: 'unreadable',
      reason: 'the SAM and SECURITY hives are never read',
    });
  });
});

import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../server/src/results/sqlite.ts';
import { sampleResult } from './sample-result.ts';

const newFile = async () => path.join(await mkdtemp(path.join(os.tmpdir(), 'patchlab-store-')), 'store.sqlite');
const arrived = (scanId: string, more: Parameters<typeof sampleResult>[1] = {}) => ({
  result: sampleResult(scanId, more),
  digest: `sha256:${scanId}`,
});

describe('the SQLite store', () => {
  it('gives a document back as it came, after it was closed and opened again', async () => {
    const file = await newFile();
    const first = await openSqliteStore(file);
    await first.add([arrived('scan-0001')]);
    await first.close();
    const second = await openSqliteStore(file);
    expect(await second.load('scan-0001')).toEqual(sampleResult('scan-0001'));
    expect(await second.load('scan-0002')).toBeUndefined();
    await second.close();
  });

  it('lists scans newest first, by machine without case, and the last of each machine', async () => {
    const store = await openSqliteStore(await newFile());
    const other = { ...sampleResult('scan-0000').machine, name: 'SRV01' };
    await store.add([
      arrived('scan-0001'),
      arrived('scan-0002', { started: '2026-01-14T10:00:00.000Z' }),
      arrived('scan-0003', { machine: other, started: '2026-01-12T10:00:00.000Z' }),
    ]);
    const ids = async (filter: Parameters<typeof store.scans>[0]) =>
      (await store.scans(filter)).map((scan) => scan.scanId);
    expect(await ids({})).toEqual(['scan-0002', 'scan-0001', 'scan-0003']);
    expect(await ids({ machine: 'ws01' })).toEqual(['scan-0002', 'scan-0001']);
    expect(await ids({ latest: true })).toEqual(['scan-0002', 'scan-0003']);
    expect((await store.scans({ scanId: 'scan-0001' }))[0]?.counts).toEqual({ missing: 1, superseded: 1 });
    await store.close();
  });

  it('adds all results of a call or none', async () => {
    const store = await openSqliteStore(await newFile());
    const broken = { result: { ...sampleResult('scan-0002'), patches: undefined }, digest: 'x' } as unknown;
    await expect(store.add([arrived('scan-0001'), broken as ReturnType<typeof arrived>])).rejects.toThrow();
    expect(await store.scans({})).toEqual([]);
    await store.close();
  });

  it('refuses a file that is no database', async () => {
    const file = await newFile();
    await writeFile(file, 'this is no database, and long enough to be looked at '.repeat(20));
    await expect(openSqliteStore(file)).rejects.toThrow('not a database');
  });
});

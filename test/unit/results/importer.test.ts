import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrivedText, dropResult } from '../../../server/src/results/arrivals.ts';
import { importArrivals } from '../../../server/src/results/importer.ts';
import { openSqliteStore } from '../../../server/src/results/sqlite.ts';
import { samplePatch, sampleResult } from './sample-result.ts';

const WORKER = path.join(import.meta.dirname, 'importer-worker.ts');
const scanName = (index: number) => `scan-${String(index).padStart(5, '0')}`;

async function newPlace(): Promise<{ arrivals: string; file: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patchlab-importer-'));
  return { arrivals: path.join(folder, 'arrivals'), file: path.join(folder, 'store.sqlite') };
}

async function dropMany(arrivals: string, count: number): Promise<void> {
  const patches = Array.from({ length: 100 }, (_, index) => samplePatch(`P-${index}`));
  for (let index = 0; index < count; index++) await dropResult(arrivals, sampleResult(scanName(index), { patches }));
}

const startImporter = (arrivals: string, file: string): ChildProcess =>
  fork(WORKER, [arrivals, file], { execArgv: ['--no-warnings'], stdio: 'inherit' });

describe('the importer', () => {
  it('moves every document into the store, whole', async () => {
    const { arrivals, file } = await newPlace();
    await dropResult(arrivals, sampleResult('scan-0001'));
    await dropResult(arrivals, sampleResult('scan-0002'));
    const store = await openSqliteStore(file);
    expect(await importArrivals(arrivals, store)).toEqual({ added: 2, known: 0, rejected: [] });
    expect(await readdir(arrivals)).toEqual([]);
    expect(await store.load('scan-0001')).toEqual(sampleResult('scan-0001'));
    await store.close();
  });

  it('adds a document once, however often it arrives', async () => {
    const { arrivals, file } = await newPlace();
    const store = await openSqliteStore(file);
    await dropResult(arrivals, sampleResult('scan-0001'));
    await importArrivals(arrivals, store);
    await dropResult(arrivals, sampleResult('scan-0001'));
    expect(await importArrivals(arrivals, store)).toEqual({ added: 0, known: 1, rejected: [] });
    expect(await store.scans({})).toHaveLength(1);
    await store.close();
  });

  it('rejects the same scan id with another digest, and keeps the first', async () => {
    const { arrivals, file } = await newPlace();
    const store = await openSqliteStore(file);
    await dropResult(arrivals, sampleResult('scan-0001'));
    await importArrivals(arrivals, store);
    await dropResult(arrivals, sampleResult('scan-0001', { patches: [] }));
    const report = await importArrivals(arrivals, store);
    expect(report.rejected).toEqual([
      { file: 'scan-0001.json', why: 'the store already has scan scan-0001 with another digest' },
    ]);
    expect(await store.load('scan-0001')).toEqual(sampleResult('scan-0001'));
    expect(await readdir(path.join(arrivals, 'rejected'))).toEqual(['scan-0001.json', 'scan-0001.json.why.txt']);
    await store.close();
  });

  it('moves a broken document aside with the reason beside it, and imports the others', async () => {
    const { arrivals, file } = await newPlace();
    await dropResult(arrivals, sampleResult('scan-0001'));
    await writeFile(path.join(arrivals, 'broken.json'), arrivedText(sampleResult('scan-0002')).slice(0, 500));
    const store = await openSqliteStore(file);
    const report = await importArrivals(arrivals, store);
    expect(report.added).toBe(1);
    expect(report.rejected).toHaveLength(1);
    expect(await readFile(path.join(arrivals, 'rejected', 'broken.json.why.txt'), 'utf8')).toContain('no JSON');
    await store.close();
  });

  it('loses and doubles nothing when several work on one folder at once', async () => {
    const { arrivals, file } = await newPlace();
    await dropMany(arrivals, 60);
    const importers = [1, 2, 3].map(() => startImporter(arrivals, file));
    const codes = await Promise.all(importers.map(async (child) => ((await once(child, 'exit')) as [number])[0]));
    expect(codes).toEqual([0, 0, 0]);
    const store = await openSqliteStore(file);
    expect((await store.scans({})).map((scan) => scan.counts.installed)).toEqual(Array.from({ length: 60 }, () => 100));
    expect(await readdir(arrivals)).toEqual([]);
    await store.close();
  });
});

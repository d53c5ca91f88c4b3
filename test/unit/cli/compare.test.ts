import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrivedText } from '../../../server/src/results/arrivals.ts';
import { digestOf } from '../../../server/src/results/digest.ts';
import { openSqliteStore } from '../../../server/src/results/sqlite.ts';
import { samplePatch, sampleResult } from '../results/sample-result.ts';
import { runCli } from './run-cli.ts';

const LEFT = sampleResult('scan-0001', { patches: [samplePatch('SZ-2024-07', { status: 'missing' })] });
const RIGHT = sampleResult('scan-0002', {
  machine: { ...LEFT.machine, name: 'WS\u001b[31m02' },
  patches: [samplePatch('SZ-2024-07', { status: 'installed' })],
});

describe('patchlab compare', () => {
  let cwd = '';
  beforeAll(async () => {
    cwd = mkdtempSync(path.join(tmpdir(), 'patchlab-compare-'));
    writeFileSync(path.join(cwd, 'left.json'), arrivedText(LEFT));
    writeFileSync(path.join(cwd, 'right.json'), arrivedText(RIGHT));
    writeFileSync(path.join(cwd, 'broken.json'), arrivedText(LEFT).slice(0, 90));
    const store = await openSqliteStore(path.join(cwd, 'results.sqlite'));
    await store.add([LEFT, RIGHT].map((result) => ({ result, digest: digestOf(result) })));
    await store.close();
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  it('says what differs, of files and of scans in a store, with nothing that acts on a terminal', async () => {
    const files = await runCli(['compare', 'left.json', 'right.json'], { cwd });
    expect(files).toMatchObject({ code: 0, err: '' });
    expect(files.out).toContain('patch SZ-2024-07 (sevenzip): missing -> installed');
    expect(files.out).toContain('right  WS\\u001b[31m02');
    expect(files.out).not.toContain('\u001b');
    const stored = await runCli(['compare', '--store', 'results.sqlite', 'scan-0001', 'scan-0002'], { cwd });
    expect(stored.out).toBe(files.out);
  });

  it('ends with 1 for a change where that is wanted, and says that nothing differs', async () => {
    expect(await runCli(['compare', 'left.json', 'right.json', '--fail-on-change'], { cwd })).toMatchObject({
      code: 1,
    });
    const same = await runCli(['compare', 'left.json', 'left.json', '--fail-on-change'], { cwd });
    expect(same.code).toBe(0);
    expect(same.out).toContain('Nothing differs.');
  });

  it('gives all of it as JSON', async () => {
    const { out } = await runCli(['compare', 'left.json', 'right.json', '--format', 'json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({ products: [{ change: 'same' }], patches: [{ change: 'changed' }] });
  });

  it.each([
    [['left.json'], 'Which two results?'],
    [['left.json', 'broken.json'], 'cannot be read: it is no JSON'],
    [['left.json', 'scan-0002'], 'no store'],
    [['--store', 'results.sqlite', 'left.json', 'scan-0009'], 'the store has no scan of that id'],
  ])('refuses %j and says why', async (args, why) => {
    const { code, err } = await runCli(['compare', ...args], { cwd });
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  });

  it('makes and changes no store by looking for a scan', async () => {
    const before = readFileSync(path.join(cwd, 'left.json'));
    await runCli(['compare', '--store', 'none.sqlite', 'left.json', 'scan-0002'], { cwd });
    expect(() => readFileSync(path.join(cwd, 'none.sqlite'))).toThrow('ENOENT');
    expect(readFileSync(path.join(cwd, 'left.json'))).toEqual(before);
  });
});

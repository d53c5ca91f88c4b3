import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  forgetResults,
  HISTORY_LIMITS,
  keepResult,
  listHistory,
  readHistory,
} from '../../../../server/src/results/history/history.ts';
import { sampleResult } from '../sample-result.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'patchlab-history-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const result = (id: string, minute = 0) =>
  sampleResult(id, { started: new Date(Date.UTC(2026, 0, 13, 9, minute)).toISOString() });
const ids = async (): Promise<string[]> => (await listHistory(folder)).map(({ id }) => id);

it('lists what was kept, the newest first, and gives it back whole', async () => {
  await keepResult(folder, result('scan-0001', 1));
  await keepResult(folder, result('scan-0002', 2));
  expect(await ids()).toEqual(['scan-0002', 'scan-0001']);
  expect(await readHistory(folder, 'scan-0001')).toEqual({ ok: true, value: result('scan-0001', 1) });
});

it('lists from what stands beside a document, and from the document where that is gone or of another', async () => {
  await keepResult(folder, result('scan-0001'));
  const listed = await listHistory(folder);
  rmSync(path.join(folder, 'scan-0001.summary'));
  expect(await listHistory(folder)).toEqual(listed);
  writeFileSync(path.join(folder, 'scan-0001.summary'), '{"size":1,"summary":{}}');
  expect(await listHistory(folder)).toEqual(listed);
});

it('says plainly what is broken, lists the rest, and takes it out when asked to', async () => {
  await keepResult(folder, result('scan-0001'));
  await keepResult(folder, result('scan-0002'));
  const file = path.join(folder, 'scan-0002.json');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
  writeFileSync(path.join(folder, 'no scan.json'), '{}');
  const said = (await listHistory(folder)).flatMap((entry) =>
    'broken' in entry ? [`${entry.id}: ${entry.broken}`] : [],
  );
  expect(said.sort()).toEqual(['no scan: its name is no scan id', expect.stringContaining('scan-0002: it is no JSON')]);
  expect(await readHistory(folder, 'scan-0002')).toMatchObject({ ok: false });
  await forgetResults(folder, ['scan-0002', 'no scan', '../outside']);
  expect(await ids()).toEqual(['scan-0001']);
});

it('reads no file that is not named by a scan', async () => {
  expect(await readHistory(folder, '../../etc/passwd')).toEqual({ ok: false, why: 'its name is no scan id' });
  expect(await readHistory(folder, 'scan-0009')).toEqual({ ok: false, why: 'it is not there any more' });
});

it('notices a document that was changed by hand', async () => {
  await keepResult(folder, result('scan-0001'));
  const file = path.join(folder, 'scan-0001.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"missing"', '"unknown"'));
  expect(await readHistory(folder, 'scan-0001')).toEqual({ ok: false, why: 'its digest does not fit its content' });
});

it('is bounded in number and size; the newest stays', async () => {
  for (let number = 1; number <= 5; number++) {
    await keepResult(folder, result(`scan-000${number}`, number), { ...HISTORY_LIMITS, results: 3 });
    // The files' times tell which is older, and a test is faster than a clock.
    utimesSync(path.join(folder, `scan-000${number}.json`), number, number);
  }
  expect(await ids()).toEqual(['scan-0005', 'scan-0004', 'scan-0003']);
  await keepResult(folder, result('scan-0006', 6), { ...HISTORY_LIMITS, bytes: 10 });
  expect(await ids()).toEqual(['scan-0006']);
  expect(readdirSync(folder).sort()).toEqual(['scan-0006.json', 'scan-0006.summary']);
});

it('has nothing where no folder is', async () => {
  expect(await listHistory(path.join(folder, 'none'))).toEqual([]);
});

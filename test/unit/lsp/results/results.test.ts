import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Results } from '../../../../server/src/lsp/results/results.ts';
import { dropResult } from '../../../../server/src/results/arrivals.ts';
import { digestOf } from '../../../../server/src/results/digest.ts';
import { openSqliteStore } from '../../../../server/src/results/sqlite.ts';
import { sampleResult } from '../../results/sample-result.ts';

let root = '';
let changes = 0;
const said: string[] = [];
const workspace = (): string => path.join(root, 'workspace');

function make(): Results {
  const results = new Results({
    folders: () => [workspace()],
    log: (text) => said.push(text),
    onChange: () => changes++,
  });
  results.folder = path.join(root, 'history');
  return results;
}

const configure = (text: string): void => writeFileSync(path.join(workspace(), 'patchlab.json'), text);
const at = (id: string, minute: number) =>
  sampleResult(id, { started: new Date(Date.UTC(2026, 0, 13, 9, minute)).toISOString() });

async function store(...ids: string[]): Promise<void> {
  const opened = await openSqliteStore(path.join(workspace(), 'results.sqlite'));
  await opened.add(ids.map((id) => ({ result: at(id, 5), digest: digestOf(at(id, 5)) })));
  await opened.close();
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'patchlab-results-'));
  mkdirSync(workspace());
  changes = 0;
  said.length = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

it('lists its own results with those of store and arrivals, each once, the newest first', async () => {
  const results = make();
  results.keep(at('scan-0001', 1));
  results.keep(at('scan-0009', 9));
  configure('{ "store": "results.sqlite", "arrivals": "in" }');
  await store('scan-0005', 'scan-0009');
  await dropResult(path.join(workspace(), 'in'), at('scan-0007', 7));
  const { entries, problems } = await results.list(true);
  expect(entries.map(({ id, origin }) => [id, origin])).toEqual([
    ['scan-0009', 'history'],
    ['scan-0007', 'arrivals'],
    ['scan-0005', 'store'],
    ['scan-0001', 'history'],
  ]);
  expect(entries[0]).toMatchObject({ machine: 'WS01', counts: { missing: 1, superseded: 1 } });
  expect([problems, changes, said]).toEqual([[], 2, []]);
  for (const entry of entries) {
    const read = await results.read(entry, true);
    expect(read).toMatchObject({ ok: true, value: { scanId: entry.id } });
  }
});

it('looks at nothing that an untrusted workspace names', async () => {
  const results = make();
  results.keep(at('scan-0001', 1));
  configure('{ "store": "results.sqlite" }');
  await store('scan-0005');
  expect((await results.list(false)).entries.map(({ id }) => id)).toEqual(['scan-0001']);
  const name = { origin: 'store', folder: workspace(), id: 'scan-0005' } as const;
  expect(await results.read(name, false)).toEqual({ ok: false, why: 'the workspace is not trusted' });
});

it('reads from no folder but the workspace’s, and no file that no scan has named', async () => {
  const results = make();
  configure('{ "arrivals": "in" }');
  await dropResult(path.join(workspace(), 'in'), at('scan-0007', 7));
  const read = (folder: string, id: string) => results.read({ origin: 'arrivals', folder, id }, true);
  expect(await read(workspace(), 'scan-0007')).toMatchObject({ ok: true });
  expect(await read(root, 'scan-0007')).toMatchObject({ ok: false });
  expect(await read(workspace(), '../patchlab')).toMatchObject({ ok: false });
});

it('makes and changes no store by looking, and says of one that is broken what is wrong', async () => {
  const results = make();
  configure('{ "store": "results.sqlite" }');
  const file = path.join(workspace(), 'results.sqlite');
  expect(await results.list(true)).toEqual({ entries: [], problems: [] });
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, 'no database');
  const { problems } = await results.list(true);
  expect(problems).toEqual([expect.stringContaining('results.sqlite cannot be read')]);
  expect(readFileSync(file, 'utf8')).toBe('no database');
  configure('{ "store": 7 }');
  expect((await results.list(true)).problems).toEqual([expect.stringContaining('"store" must be a path')]);
});

it('reads what lies in the folder, not what it remembers', async () => {
  const results = make();
  results.keep(at('scan-0001', 1));
  await results.list(true);
  writeFileSync(path.join(root, 'history', 'scan-0001.json'), '{ "schema"');
  const name = { origin: 'history', folder: '', id: 'scan-0001' } as const;
  const read = await results.read(name, true);
  expect(read.ok ? '' : read.why).toContain('it is no JSON');
});

it('makes inert what a machine is called', async () => {
  const results = make();
  const { machine } = sampleResult('scan-0001');
  results.keep(sampleResult('scan-0001', { machine: { ...machine, name: 'WS\u001b[31m\u202e01' } }));
  const { entries } = await results.list(true);
  expect(entries[0]?.machine).toBe('WS\\u001b[31m\\u202e01');
});

it('knows the last result also where nothing can be kept, and says why it cannot', async () => {
  const results = make();
  writeFileSync(path.join(root, 'history'), 'a file where the folder should be');
  results.keep(at('scan-0001', 1));
  const name = { origin: 'history', folder: '', id: 'scan-0001' } as const;
  expect(await results.read(name, true)).toMatchObject({ ok: true });
  expect(said).toEqual([expect.stringContaining('The result is not kept')]);
});

it('takes out of the history what is to be deleted, and nothing else', async () => {
  const results = make();
  results.keep(at('scan-0001', 1));
  results.keep(at('scan-0002', 2));
  await results.forget({ ids: ['scan-0001', '../workspace/patchlab'] });
  expect((await results.list(true)).entries.map(({ id }) => id)).toEqual(['scan-0002']);
});

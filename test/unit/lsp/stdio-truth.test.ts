import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeclarationPlace } from '../../../server/src/protocol/declarations.ts';
import type { ScanParams, ScanReply } from '../../../server/src/protocol/scan.ts';
import type { TruthMachine, TruthMark, TruthReply } from '../../../server/src/protocol/truth.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');
const HOSTILE = '[x](command:y) <script>alert(1)</script>\u001b[31m\u202e';
const SCRIPT = `product hostile "Hostile" {
  installed when key "HKLM\\SOFTWARE\\Hostile" value "Name" exists
}
patch H-1 "First" fixes windows {
  installed when key "HKLM\\SOFTWARE\\Hostile" value "Name" = "plain"
}
patch H-2 "Second" fixes windows {
  supersedes H-1
  installed when key "HKLM\\SOFTWARE\\Hostile" value "Count" = 7
}
patch OTHER-1 "Other" fixes windows { installed when service "Spooler" is running }
`;

let lsp: LspFixture;
let open = 0;

beforeAll(async () => {
  const snapshot = JSON.parse(readFileSync(path.join(SAMPLES, 'machines/ws01.snapshot.json'), 'utf8')) as {
    registry: Record<string, unknown>;
  };
  const values = { Name: { type: 'REG_SZ', data: HOSTILE }, Count: { type: 'REG_DWORD', data: '5' } };
  snapshot.registry['HKLM\\SOFTWARE\\Hostile'] = { exists: true, values };
  lsp = await LspFixture.start({ 'a.detect': SCRIPT, 'm.snapshot.json': JSON.stringify(snapshot) });
  const textDocument = { uri: lsp.uri('a.detect'), languageId: 'detect', version: 1, text: SCRIPT };
  await lsp.client.connection.sendNotification('textDocument/didOpen', { textDocument });
  open = 1;
});
afterAll(() => lsp.stop());

const scan = (more: Partial<ScanParams> = {}): Promise<ScanReply> => {
  const target = { kind: 'snapshot', path: path.join(lsp.folder, 'm.snapshot.json') } as const;
  return lsp.ask('patchlab/scan', { token: 't', target, include: [], ...more } satisfies ScanParams);
};
const edit = async (text: string): Promise<void> => {
  const textDocument = { uri: lsp.uri('a.detect'), version: ++open };
  await lsp.client.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
};
const truth = (): Promise<TruthReply> => lsp.ask('patchlab/truth', { uris: [lsp.uri('a.detect')] });
const marksAt = (reply: TruthReply, line: number): readonly TruthMark[] =>
  reply.files.flatMap(({ marks }) => marks.filter((mark) => mark.line === line));

describe('truth over stdio', () => {
  it('says nothing before the first scan', async () => {
    expect(await truth()).toEqual({ machine: null, files: [] });
  });

  it('shows what a scan saw beside each check, and the status beside each patch', async () => {
    await scan();
    const reply = await truth();
    expect(reply.machine).toBe('WS01');
    expect(marksAt(reply, 8)).toMatchObject([
      { tone: 'false', text: '✗ 5', owner: 'h-2', facts: [{ expected: '= 7', observed: '5', verdict: 'false' }] },
    ]);
    expect(marksAt(reply, 3)).toMatchObject([{ tone: 'neutral', text: 'superseded (H-2)' }]);
    expect(marksAt(reply, 6)).toMatchObject([{ tone: 'false', text: 'missing' }]);
    expect(marksAt(reply, 0)).toMatchObject([{ text: 'WS01: no version' }]);
  });

  it('judges an edit anew from what was observed', async () => {
    await edit(SCRIPT.replace('= 7', '= 5'));
    const reply = await truth();
    expect(reply.files[0]?.version).toBe(open);
    expect(marksAt(reply, 8)).toMatchObject([{ tone: 'true', text: '✓ 5' }]);
    expect(marksAt(reply, 3)).toMatchObject([{ tone: 'true', text: 'effectively installed (H-2)' }]);
  });

  it('says which declaration has a mistake now, and what depends on what', async () => {
    await edit(SCRIPT.replace('= 7', '='));
    const { files } = await truth();
    const owners = new Map(files[0]?.owners.map((one) => [one.id, one]));
    expect(owners.get('h-2')?.broken).toBe(true);
    expect(owners.get('h-1')).toMatchObject({ broken: false, line: 3, endLine: 5 });
    await edit(SCRIPT);
    const again = (await truth()).files[0]?.owners.find(({ id }) => id === 'h-1');
    expect(again?.dependsOn).toContain('h-2');
  });

  it('holds nothing that could act, whatever the machine says', async () => {
    const removed = SCRIPT.replace('  supersedes H-1\n', '');
    await edit(removed);
    const [mark] = marksAt(await truth(), 4);
    expect(mark?.text).toContain('[x](command:y)');
    expect(JSON.stringify(mark)).toContain('\\\\u001b[31m\\\\u202e');
    expect(mark?.text).not.toMatch(/[\u0000-\u001f\u202e]/);
    await edit(SCRIPT);
  });
});

describe('a scan of some declarations', () => {
  it('judges them and what they depend on, and says nothing of others', async () => {
    const { result } = await scan({ only: ['H-1'] });
    const { patches, products } = result as { patches: { id: string }[]; products: unknown[] };
    expect(patches.map(({ id }) => id).toSorted()).toEqual(['H-1', 'H-2']);
    expect(products).toEqual([]);
    expect(marksAt(await truth(), 10)).toEqual([]);
  });

  it('gives a recording of what they read, where it is asked for', async () => {
    const { snapshot = '' } = await scan({ only: ['OTHER-1'], record: true });
    const recorded = JSON.parse(snapshot) as { schema: string; services: object; registry: object };
    expect(recorded.schema).toBe('patchlab-snapshot/1');
    expect(Object.keys(recorded.services)).toEqual(['Spooler']);
    expect(Object.keys(recorded.registry)).not.toContain('HKLM\\SOFTWARE\\Hostile');
  });
});

describe('what surrounds a scan', () => {
  it('names the products and patches of a file with their lines', async () => {
    const places = await lsp.ask<DeclarationPlace[]>('patchlab/declarations', { uri: lsp.uri('a.detect') });
    expect(places.map(({ id, kind, line }) => `${kind} ${id} ${line}`)).toEqual([
      'product hostile 0',
      'patch H-1 3',
      'patch H-2 6',
      'patch OTHER-1 10',
    ]);
  });

  it('leads from the report to the script by numbers alone', async () => {
    const { html: head, patches, sources } = await scan();
    const html = [head, ...patches.map((patch) => patch.html)].join('');
    const numbers = [...html.matchAll(/data-source="(\d+)"[^>]*>([^<]*)</g)];
    expect(numbers.length).toBeGreaterThan(3);
    for (const [, number, label] of numbers) {
      const place = sources[Number(number)];
      expect(place?.uri).toBe(lsp.uri('a.detect'));
      expect(label).toBe(`a.detect:${(place?.line ?? 0) + 1}`);
    }
    expect(html).not.toContain(lsp.folder);
  });

  it('keeps what was seen when the scan of another machine fails, and says which one failed', async () => {
    const nothing = path.join(lsp.folder, 'nothing.json');
    const { summary } = await scan({ target: { kind: 'snapshot', path: nothing } });
    const before = await truth();
    expect(before.machine).toBe('WS01');
    expect(before.earlier).toBeUndefined();
    expect(marksAt(before, 6)).toMatchObject([{ text: 'missing' }]);
    const [shown] = await lsp.ask<TruthMachine[]>('patchlab/truthMachines', {});
    expect(shown).toMatchObject({ name: 'WS01', shown: true, after: { target: nothing, code: summary.failed?.code } });
    expect(shown?.failed).toBeUndefined();
  });

  it('says of what was seen that it is of the earlier scan when the same machine cannot be scanned any more', async () => {
    const file = path.join(lsp.folder, 'm.snapshot.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, '{');
    const { summary, result } = await scan();
    writeFileSync(file, text);
    const reply = await truth();
    expect(reply).toMatchObject({ machine: 'WS01', earlier: { failed: { target: file, code: summary.failed?.code } } });
    expect(reply.earlier?.scanned).not.toBe((result as { started: string }).started);
    expect(marksAt(reply, 6)).toMatchObject([{ text: 'missing' }]);
    await scan();
    expect((await truth()).earlier).toBeUndefined();
  });
});

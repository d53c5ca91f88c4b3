import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeclarationPlace } from '../../../server/src/protocol/declarations.ts';
import type { ScanParams, ScanReply } from '../../../server/src/protocol/scan.ts';
import {
  targetKey,
  type EvaluateReply,
  type ExplainReply,
  type TruthMachine,
  type TruthReply,
} from '../../../server/src/protocol/truth.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');
const SCRIPT = readFileSync(path.join(SAMPLES, '7-zip.detect'), 'utf8');
const XML = `<?xml version="1.0" encoding="utf-8"?>
<patches xmlns="urn:patchlab:patches:1">
  <patch id="SZ-X" title="From XML" severity="low">
    <fixes><product ref="sevenzip"/></fixes>
    <installed-when><name of="version" at-least="24.7"/></installed-when>
  </patch>
</patches>
`;
const MACHINES = 7;

let lsp: LspFixture;

beforeAll(async () => {
  const recorded = readFileSync(path.join(SAMPLES, 'machines/ws01.snapshot.json'), 'utf8');
  const names = Array.from({ length: MACHINES }, (_, number) => `m${number}.snapshot.json`);
  const machines = Object.fromEntries(
    names.map((name, number) => [name, recorded.replaceAll('18.1.0.0', `18.1.0.${number}`)] as const),
  );
  const shared = readFileSync(path.join(SAMPLES, 'common.detect'), 'utf8');
  lsp = await LspFixture.start({ ...machines, 'a.detect': SCRIPT, 'b.patches.xml': XML, 'shared.detect': shared });
});
afterAll(() => lsp.stop());

const target = (number: number) => {
  return { kind: 'snapshot', path: path.join(lsp.folder, `m${number}.snapshot.json`) } as const;
};
const keyOf = (number: number): string => targetKey(target(number));
const scan = (number: number, only?: readonly string[]): Promise<ScanReply> =>
  lsp.ask('patchlab/scan', {
    ...{ token: 't', target: target(number), include: [] },
    ...(only && { only }),
  } satisfies ScanParams);
const machines = (): Promise<readonly TruthMachine[]> => lsp.ask('patchlab/truthMachines', {});
const besidePatch = async (): Promise<string | undefined> => {
  const { files } = await lsp.ask<TruthReply>('patchlab/truth', { uris: [lsp.uri('a.detect')] });
  return files[0]?.marks.find(({ title }) => title.startsWith('version >= 24.7'))?.text;
};

describe('the last machines', () => {
  it('are kept up to five, the latest first, and the latest is shown', async () => {
    expect(await machines()).toEqual([]);
    for (let number = 0; number < MACHINES; number++) await scan(number);
    const kept = await machines();
    expect(kept.map(({ key }) => key)).toEqual([6, 5, 4, 3, 2].map(keyOf));
    expect(kept.filter(({ shown }) => shown).map(({ key }) => key)).toEqual([keyOf(6)]);
    expect(kept[0]).toMatchObject({ name: 'WS01', target: target(6).path, kind: 'snapshot', whole: true });
    expect(await besidePatch()).toBe('✗ 18.1.0.6');
  });

  it('can be shown again without a scan; one that was forgotten cannot', async () => {
    expect(await lsp.ask('patchlab/showTruth', { key: keyOf(3) })).toBe(true);
    expect(await besidePatch()).toBe('✗ 18.1.0.3');
    expect(await lsp.ask('patchlab/showTruth', { key: keyOf(0) })).toBe(false);
    expect(await besidePatch()).toBe('✗ 18.1.0.3');
  });
});

describe('an explanation', () => {
  const explain = (number: number, only: readonly string[]): Promise<ExplainReply> =>
    lsp.ask('patchlab/explain', { key: keyOf(number), only });

  it('is the report of some declarations alone, with their traces', async () => {
    const reply = await explain(5, ['SZ-2024-07']);
    expect(reply?.patches).toHaveLength(1);
    expect(reply?.patches[0]?.html).toContain('18.1.0.5');
    expect(reply?.patches[0]?.html).toContain('&#62;= 24.7');
    expect(reply?.html).toContain('7-Zip');
    expect(reply?.html).not.toContain('Firefox');
  });

  it('is not given of what a scan was not for, or where there was none', async () => {
    await scan(1, ['sevenzip']);
    expect(await explain(1, ['sevenzip'])).not.toBeNull();
    expect(await explain(1, ['SZ-2024-07'])).toBeNull();
    expect(await explain(0, ['SZ-2024-07'])).toBeNull();
  });
});

describe('what stands above declarations', () => {
  it('knows tests by what they expect something of, and the patches of XML', async () => {
    const places = await lsp.ask<DeclarationPlace[]>('patchlab/declarations', { uri: lsp.uri('a.detect') });
    const test = places.find(({ kind }) => kind === 'test');
    expect(test).toMatchObject({ id: 'an old 7-Zip lacks 24.07', only: ['sevenzip', 'SZ-2024-07', 'SZ-2018-05'] });
    expect(test && test.lastLine - test.firstLine).toBeGreaterThan(5);
    const inXml = await lsp.ask<DeclarationPlace[]>('patchlab/declarations', { uri: lsp.uri('b.patches.xml') });
    expect(inXml).toMatchObject([{ id: 'SZ-X', kind: 'patch', line: 2, firstLine: 2, lastLine: 5, only: ['SZ-X'] }]);
  });
});

describe('a check by itself', () => {
  const evaluate = (
    text: string,
    more: { number?: number; file?: string; cursor?: true } = {},
  ): Promise<EvaluateReply> => {
    const file = more.file ?? 'a.detect';
    const document = lsp.document(file);
    const start = document.getText().indexOf(text);
    const end = more.cursor ? start : start + text.length;
    return lsp.ask('patchlab/evaluate', {
      ...{ uri: lsp.uri(file), key: keyOf(more.number ?? 6) },
      ...{ start: document.positionAt(start), end: document.positionAt(end) },
    });
  };

  it('is a part that the whole had no reason to ask for', async () => {
    const reply = await evaluate('check file-at-least("${location}\\7z.dll", 24.7)');
    expect(reply).toMatchObject({ kind: 'seen', machine: 'WS01', mark: { tone: 'false' } });
    expect(JSON.stringify(reply)).toContain('7z.dll');
  });

  it('is the whole statement under a cursor, and the whitespace around a selection counts for nothing', async () => {
    expect(await evaluate('installed when version >= 18.5', { cursor: true })).toMatchObject({ kind: 'seen' });
    expect(await evaluate('version >= 18.5', { cursor: true })).toMatchObject({
      kind: 'seen',
      mark: { text: '✗ 18.1.0.6' },
    });
    expect(await evaluate(' version >= 18.5\n')).toMatchObject({ kind: 'seen', mark: { text: '✗ 18.1.0.6' } });
  });

  it('shows what a name stands for', async () => {
    expect(await evaluate('let version  = file')).toMatchObject({ kind: 'seen', mark: { text: '✓ 18.1.0.6' } });
  });

  it('says why entries of a product were not taken', async () => {
    const reply = await evaluate('app.name matches /^7-Zip (?<release>[\\d.]+)/');
    expect(reply).toMatchObject({ kind: 'seen', mark: { tone: 'mixed' } });
    expect(JSON.stringify(reply)).toContain('7-Zip 18.01 (x64)');
  });

  it('is found in XML as well', async () => {
    const reply = await evaluate('<name of="version" at-least="24.7"/>', { file: 'b.patches.xml' });
    expect(reply).toMatchObject({ kind: 'seen', line: 4, mark: { text: '✗ 18.1.0.6' } });
  });

  it('is not guessed where no machine was scanned', async () => {
    expect(await evaluate('version >= 24.7', { number: 0 })).toEqual({ kind: 'unseen' });
    expect(await evaluate('vendor "Igor Pavlov"')).toEqual({ kind: 'nothing' });
  });
});

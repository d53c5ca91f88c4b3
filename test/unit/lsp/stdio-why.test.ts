import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WhyParams, WhyReply } from '../../../server/src/protocol/why.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');
const WS01 = readFileSync(path.join(SAMPLES, 'machines/ws01.snapshot.json'), 'utf8');
const HOSTILE = '<script>alert(1)</script>\\u001b[31m';

let lsp: LspFixture;
beforeAll(async () => {
  const names = ['7-zip.detect', 'common.detect', 'windows.detect'];
  const files = names.map((name) => [name, readFileSync(path.join(SAMPLES, name), 'utf8')] as const);
  lsp = await LspFixture.start({
    ...Object.fromEntries(files),
    'a.snapshot.json': WS01,
    'b.snapshot.json': WS01.replaceAll('18.1.0.0', '24.7.0.0'),
    'gone.snapshot.json': WS01.replaceAll('7-Zip 18.01 (x64)', `Seven ${HOSTILE}`),
    'broken.snapshot.json': '{',
  });
});
afterAll(() => lsp.stop());

const why = (id: string, left: string, right: string): Promise<WhyReply> => {
  const target = (name: string) =>
    ({ kind: 'snapshot', path: path.join(lsp.folder, `${name}.snapshot.json`) }) as const;
  return lsp.ask('patchlab/why', { token: 't', id, targets: [target(left), target(right)] } satisfies WhyParams);
};

describe('why over stdio', () => {
  it('names the first check that diverges, with both observations and its line', async () => {
    const { kind, sides, rows, first } = await why('SZ-2024-07', 'a', 'b');
    expect(kind).toBe('patch');
    expect(sides.map(({ machine, failed }) => [machine, failed])).toEqual([
      ['WS01', null],
      ['WS01', null],
    ]);
    expect(rows[0]).toMatchObject({ left: { outcome: 'missing' }, right: { outcome: 'installed' } });
    expect(rows[first ?? -1]).toMatchObject({
      check: 'version >= 24.7',
      expected: '>= 24.7',
      left: { outcome: 'false', observed: '18.1.0.0' },
      right: { outcome: 'true', observed: '24.7.0.0' },
      place: { uri: lsp.uri('7-zip.detect') },
    });
  });

  it('says why a product is not detected, and shows what a machine said as inert text', async () => {
    const { rows, first } = await why('sevenzip', 'a', 'gone');
    expect(rows[0]).toMatchObject({ left: { outcome: 'installed' }, right: { outcome: 'not detected' } });
    const found = rows[first ?? -1];
    expect(found?.check).toMatch(/^app\.name matches/);
    expect(found?.right?.observed).toContain('<script>alert(1)</script>\\u001b[31m');
    expect(JSON.stringify(rows)).not.toContain('\u001b');
  });

  it('says that nothing diverges', async () => {
    const { rows, first } = await why('sevenzip', 'a', 'a');
    expect(first).toBeNull();
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every(({ differs }) => differs === 'no')).toBe(true);
  });

  it('says which scan failed, with its remedy, and compares nothing then', async () => {
    const { sides, rows, first } = await why('sevenzip', 'a', 'broken');
    expect(sides[0].failed).toBeNull();
    expect(sides[1].failed).toMatchObject({ code: 'PL410' });
    expect(sides[1].failed?.remedy).not.toBe('');
    expect({ rows, first }).toEqual({ rows: [], first: null });
  });

  it('has no rows for what content does not declare', async () => {
    expect(await why('nobody', 'a', 'b')).toMatchObject({ kind: null, rows: [], first: null });
  });

  it('says that a recording is not there', async () => {
    expect((await why('sevenzip', 'a', 'nowhere')).sides[1].failed?.meaning).not.toBe('');
  });
});

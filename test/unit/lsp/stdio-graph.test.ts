import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GraphPatchReply, GraphReply } from '../../../server/src/protocol/graph.ts';
import type { ScanParams } from '../../../server/src/protocol/scan.ts';
import { LspFixture } from '../../support/lsp-fixture.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');
const SCRIPT = `
patch C-1 "One" fixes sevenzip { supersedes C-2  installed when version >= 1 }
patch C-2 "Two" fixes sevenzip { supersedes C-1  installed when version >= 1 }
patch GAP-2 "Does not cover" fixes sevenzip { supersedes GAP-1  missing always "gap" }
patch GAP-1 "Is for more" fixes notepadpp { missing always "gap" }
`;

let lsp: LspFixture;
beforeAll(async () => {
  const names = ['7-zip.detect', 'notepad-plus-plus.detect', 'common.detect', 'machines/ws01.snapshot.json'];
  const files = names.map((name) => [path.basename(name), readFileSync(path.join(SAMPLES, name), 'utf8')] as const);
  lsp = await LspFixture.start({ ...Object.fromEntries(files), 'more.detect': SCRIPT });
});
afterAll(() => lsp.stop());

const graph = (product?: string, excluded: readonly string[] = []): Promise<GraphReply> =>
  lsp.ask('patchlab/graph', { excluded, ...(product === undefined ? {} : { product }) });
const patch = (id: string, excluded: readonly string[] = []): Promise<GraphPatchReply | null> =>
  lsp.ask('patchlab/graphPatch', { id, excluded });
const scan = (): Promise<unknown> => {
  const target = { kind: 'snapshot', path: path.join(lsp.folder, 'ws01.snapshot.json') } as const;
  return lsp.ask('patchlab/scan', { token: 't', target, include: [] } satisfies ScanParams);
};

describe('the graph over stdio', () => {
  it('draws every patch, newer ones above older ones, and no status before a scan', async () => {
    const { machine, patches, edges } = await graph('sevenzip');
    expect(machine).toBeNull();
    const y = new Map(patches.map((one) => [one.id, one.y]));
    expect(y.get('SZ-2024-07')).toBeLessThan(y.get('SZ-2023-01') ?? 0);
    expect(y.get('SZ-2023-01')).toBeLessThan(y.get('SZ-2018-05') ?? 0);
    const named = edges.map(({ newer, older, kind }) => `${patches[newer]?.id} ${patches[older]?.id} ${kind}`);
    expect(named).toContain('SZ-2024-07 SZ-2023-01 whole');
    expect(patches.every(({ status }) => status === undefined)).toBe(true);
  });

  it('marks circles, and edges that do not cover what the older patch is for', async () => {
    const { patches, edges } = await graph();
    expect(patches.filter(({ inCircle }) => inCircle).map(({ id }) => id)).toEqual(['C-1', 'C-2']);
    expect(patches.filter(({ hasGap }) => hasGap).map(({ id }) => id)).toEqual(['GAP-2', 'GAP-1']);
    expect(edges.filter(({ kind }) => kind === 'circle')).toHaveLength(2);
    expect((await patch('GAP-2'))?.older).toEqual([{ id: 'GAP-1', marks: ['does not cover notepadpp'] }]);
    expect((await patch('c-1'))?.newer).toEqual([{ id: 'C-2', marks: ['in a circle: prunes nothing'] }]);
  });

  it('narrows to a product, and says what else there is', async () => {
    const { patches, products, all } = await graph('notepadpp');
    expect(patches.map(({ id }) => id)).toContain('GAP-1');
    expect(patches.map(({ id }) => id)).not.toContain('SZ-2024-07');
    expect(products).toContain('sevenzip');
    expect(all).toBeGreaterThan(patches.length);
  });

  it('shows what the last scan pruned and why', async () => {
    await scan();
    const { machine, patches } = await graph();
    expect(machine).toBe('WS01');
    expect(new Map(patches.map(({ id, status }) => [id, status])).get('SZ-2023-01')).toBe('superseded');
    expect((await patch('SZ-2023-01'))?.statuses).toEqual([
      {
        of: 'sevenzip 18.1.0.0 in C:\\Program Files\\7-Zip',
        status: 'superseded',
        why: 'superseded by SZ-2024-07, which is missing',
      },
    ]);
  });

  it('tells what comes back when a patch is excluded, and only that', async () => {
    const { patches } = await graph(undefined, ['SZ-2024-07']);
    expect(patches.filter(({ back }) => back !== undefined)).toMatchObject([{ id: 'SZ-2023-01', back: 'missing' }]);
    const told = await patch('sz-2024-07', ['sz-2024-07']);
    expect(told?.back).toMatchObject([{ id: 'SZ-2023-01', before: 'superseded', now: 'missing' }]);
    expect((await graph()).patches.some(({ back }) => back !== undefined)).toBe(false);
  });

  it('leads to the source, and has no answer for a patch that is not there', async () => {
    const source = (await patch('SZ-2024-07'))?.source;
    expect(source?.uri).toBe(lsp.uri('7-zip.detect'));
    expect(source?.line).toBeGreaterThan(10);
    expect(await patch('NOBODY-1')).toBeNull();
  });
});

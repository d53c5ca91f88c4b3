import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../server/src/evaluate/account.ts';
import { firstDivergence, paired, type Pair } from '../../../server/src/evaluate/divergence.ts';
import { parseSnapshot } from '../../../server/src/machine/snapshot/parse.ts';
import { SnapshotMachine } from '../../../server/src/machine/snapshot/snapshot-machine.ts';
import { linkContent } from '../../../server/src/model/link.ts';
import { accountOn } from '../../../server/src/scan/account.ts';

const SAMPLES = path.resolve(import.meta.dirname, '../../../samples');
const NAMES = ['7-zip.detect', 'common.detect', 'fabrikam-vpn.detect', 'windows.detect', 'notepad-plus-plus.detect'];
const { content } = linkContent(NAMES.map((file) => ({ file, text: readFileSync(path.join(SAMPLES, file), 'utf8') })));
const TEXT = readFileSync(path.join(SAMPLES, 'machines/ws01.snapshot.json'), 'utf8');

/** The sample machine, changed as a text. */
async function account(id: string, change: (text: string) => string = (text) => text): Promise<Account> {
  const parsed = parseSnapshot(change(TEXT));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  const signal = new AbortController().signal;
  const told = await accountOn(new SnapshotMachine(parsed.snapshot), { content, id, signal });
  if (!told) throw new Error(`there is no account of ${id}`);
  return told;
}

async function first(id: string, change: (text: string) => string): Promise<readonly Pair[] | undefined> {
  return firstDivergence(paired(await account(id), await account(id, change)));
}

const last = (way: readonly Pair[] | undefined): Pair | undefined => way?.at(-1);

/** The same machine with a file that is proven not to be there. */
function without(file: string): (text: string) => string {
  return (text) => {
    const snapshot = JSON.parse(text) as { files: Record<string, unknown> };
    snapshot.files[file] = { stat: null, version: null };
    return JSON.stringify(snapshot);
  };
}

describe('two accounts of a product', () => {
  it('do not come apart on the same machine', async () => {
    for (const id of ['sevenzip', 'SZ-2024-07', 'KB5033372', 'fabrikam.vpn', 'notepadpp']) {
      expect(await first(id, (text) => text)).toBeUndefined();
    }
  });

  it('come apart where no entry fits any more, with both observations', async () => {
    const way = await first('sevenzip', (text) => text.replaceAll('7-Zip 18.01 (x64)', 'Seven 18.01'));
    expect(way?.[0]).toMatchObject({ left: { outcome: 'installed' }, right: { outcome: 'not detected' } });
    expect(last(way)).toMatchObject({
      check: 'app.name matches /^7-Zip (?<release>[\\d.]+)/',
      left: { outcome: 'true', observed: '"7-Zip 18.01 (x64)"' },
      right: { outcome: 'false', observed: '"Seven 18.01"' },
    });
  });

  it('come apart at the file that is gone, though the entry is still there', async () => {
    const way = await first('sevenzip', without('C:\\Program Files\\7-Zip\\7z.exe'));
    expect(way?.[0]).toMatchObject({ right: { outcome: 'not detected' } });
    expect(last(way)?.check).toMatch(/7z\.exe/);
    expect(last(way)?.right).not.toEqual(last(way)?.left);
  });

  it('tell a Windows that a product is not for', async () => {
    const told = await account('sevenzip');
    expect(told.children[0]).toMatchObject({ check: 'on     windows >= 6.1'.replace(/ +/g, ' '), outcome: 'true' });
  });
});

describe('two accounts of a patch', () => {
  it('come apart at the check that the fixed version meets', async () => {
    const way = await first('SZ-2018-05', (text) => text.replaceAll('18.1.0.0', '24.7.0.0'));
    expect(way?.[0]).toMatchObject({ left: { outcome: 'superseded' }, right: { outcome: 'effectively installed' } });
    const head = await first('SZ-2024-07', (text) => text.replaceAll('18.1.0.0', '24.7.0.0'));
    expect(head?.[0]).toMatchObject({ left: { outcome: 'missing' }, right: { outcome: 'installed' } });
    expect(last(head)).toMatchObject({
      check: 'version >= 24.7',
      expected: '>= 24.7',
      left: { outcome: 'false', observed: '18.1.0.0' },
      right: { outcome: 'true', observed: '24.7.0.0' },
    });
  });

  it('say that the product is what is not there', async () => {
    const way = await first('SZ-2024-07', (text) => text.replaceAll('7-Zip 18.01 (x64)', 'Seven 18.01'));
    expect(way?.[0]).toMatchObject({ left: { outcome: 'missing' }, right: { outcome: 'not judged' } });
    expect(way?.map(({ check }) => check)).toContain('product sevenzip');
    expect(last(way)?.check).toMatch(/^app\.name matches/);
  });

  it('tell which checks agree but saw something else', async () => {
    const pair = paired(
      await account('SZ-2024-07'),
      await account('SZ-2024-07', (text) => text.replaceAll('18.1.0.0', '19.0.0.0')),
    );
    expect(firstDivergence(pair)).toBeUndefined();
    expect(JSON.stringify(pair)).toContain('"differs":"seen"');
  });
});

// ---------- any accounts

const outcome = fc.constantFrom('true', 'false', 'unknown');
const nodes = (depth: number): fc.Arbitrary<Account> =>
  fc.record(
    {
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      check: fc.constantFrom('one', 'two'),
      outcome,
      observed: fc.constantFrom('1', '2'),
      element: fc.constantFrom('taken' as const, 'left out' as const),
      children: depth === 0 ? fc.constant([]) : fc.array(nodes(depth - 1), { maxLength: 4 }),
    },
    { requiredKeys: ['key', 'check', 'outcome', 'children'] },
  );
const tree = nodes(3);

const all = (pair: Pair): readonly Pair[] => [pair, ...pair.children.flatMap(all)];

describe('any two accounts', () => {
  it('never come apart from themselves', () => {
    fc.assert(
      fc.property(tree, (one) => {
        expect(firstDivergence(paired(one, one))).toBeUndefined();
        expect(all(paired(one, one)).every(({ differs }) => differs === 'no')).toBe(true);
      }),
    );
  });

  it('come apart from each other or not, whichever is looked at first', () => {
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const there = firstDivergence(paired(one, other));
        const back = firstDivergence(paired(other, one));
        expect(back === undefined).toBe(there === undefined);
      }),
    );
  });

  it('come apart first where nothing before and beneath does', () => {
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const pair = paired(one, other);
        const way = firstDivergence(pair);
        const differing = all(pair).filter(({ differs }) => differs === 'outcome');
        expect(way === undefined).toBe(differing.length === 0);
        if (!way) return;
        const found = way.at(-1);
        expect(found?.differs).toBe('outcome');
        const order = all(pair);
        const at = order.indexOf(found ?? pair);
        // Before it only what it lies in may differ.
        for (const earlier of order.slice(0, at)) if (earlier.differs === 'outcome') expect(way).toContain(earlier);
      }),
    );
  });
});

import { expect, it } from 'vitest';
import type { CompareRow } from '../../../../../server/src/protocol/results.ts';
import { Rows, type Filter } from '../../../../../client/src/webviews/compare/items.ts';

const ALL: Filter = { text: '', kind: '', change: '', onlyDifferences: false };
const row = (kind: CompareRow['kind'], change: CompareRow['change'], html: string): CompareRow => ({
  ...{ kind, change, html },
  differs: change !== 'same',
});
const ROWS = new Rows([
  row('product', 'same', '<b>7-Zip</b>'),
  row('product', 'appeared', '<b>Java</b>'),
  row('patch', 'changed', '<b>SZ-1</b>'),
  row('patch', 'same', '<b>SZ-2</b>'),
]);
const said = (filter: Filter): string[] =>
  ROWS.items(filter).items.map((item) =>
    item.kind === 'head' ? `${item.title} ${item.fitting}/${item.total}` : item.row.html,
  );

it('shows products, then patches, each with how many there are', () => {
  expect(said(ALL)).toEqual(['product 2/2', '<b>7-Zip</b>', '<b>Java</b>', 'patch 2/2', '<b>SZ-1</b>', '<b>SZ-2</b>']);
});

it('shows only what differs where that is wanted', () => {
  expect(said({ ...ALL, onlyDifferences: true })).toEqual(['product 1/2', '<b>Java</b>', 'patch 1/2', '<b>SZ-1</b>']);
});

it('takes kind, change and text together', () => {
  expect(said({ ...ALL, kind: 'patch', change: 'same', text: 'sz-' })).toEqual(['patch 1/2', '<b>SZ-2</b>']);
  expect(ROWS.items({ ...ALL, text: 'nothing' })).toEqual({ items: [], fitting: 0 });
});

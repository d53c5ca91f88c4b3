import { expect, it } from 'vitest';
import type { ReportPatch } from '../../../../../server/src/protocol/scan.ts';
import { Patches, type Filter } from '../../../../../client/src/webviews/report/items.ts';

const NO_FILTER: Filter = { text: '', status: '', severity: '' };
const patch = (id: string, status: string, severity = 'low'): ReportPatch => ({
  ...{ status, severity },
  html: `<b>${id}</b> it&#39;s`,
});
const PATCHES = new Patches([patch('A-1', 'missing', 'critical'), patch('A-2', 'missing'), patch('B-1', 'superseded')]);
const said = (filter: Filter, folded = new Map<string, boolean>()): string[] =>
  PATCHES.items(filter, folded).items.map((item) =>
    item.kind === 'head' ? `${item.status} ${item.fitting}/${item.total}` : item.key,
  );

it('folds what calls for nothing, until it is opened or looked for', () => {
  expect(said(NO_FILTER)).toEqual(['missing 2/2', 'p0', 'p1', 'superseded 1/1']);
  expect(said(NO_FILTER, new Map([['superseded', false]]))).toContain('p2');
  expect(said({ ...NO_FILTER, text: 'b-1' })).toEqual(['superseded 1/1', 'p2']);
  expect(said({ ...NO_FILTER, status: 'superseded' })).toEqual(['superseded 1/1', 'p2']);
});

it('finds by what markup says, never by what it is made of', () => {
  expect(PATCHES.items({ ...NO_FILTER, text: "IT'S" }, new Map()).fitting).toBe(3);
  expect(PATCHES.items({ ...NO_FILTER, text: '<b>' }, new Map()).fitting).toBe(0);
});

it('takes text, status and severity together', () => {
  expect(said({ text: 'a-', status: 'missing', severity: 'critical' })).toEqual(['missing 1/2', 'p0']);
});

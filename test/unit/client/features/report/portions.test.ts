import { expect, it } from 'vitest';
import { portionsOf } from '../../../../../client/src/features/report/portions.ts';
import { Patches } from '../../../../../client/src/webviews/report/items.ts';

const patches = (count: number): { status: string; severity: string; html: string }[] =>
  Array.from({ length: count }, (_, index) => ({ status: 'missing', severity: 'low', html: `<b>P-${index}</b>` }));

it('brings a small report in one message', () => {
  expect([...portionsOf(7, patches(100))]).toEqual([{ report: 7, patches: patches(100), isWhole: true }]);
  expect([...portionsOf(7, [])]).toEqual([{ report: 7, patches: [], isWhole: true }]);
});

it.each([101, 1100, 1101, 5000])('brings all of %i patches, what is seen first in the first message', (count) => {
  const [first, ...others] = [...portionsOf(1, patches(count))];
  if (!first || !('patches' in first)) throw new Error('the first message has no patches');
  expect(first.patches).toHaveLength(count);
  expect(first.patches[99]?.html).toBe('<b>P-99</b>');
  const shown = new Patches(first.patches);
  for (const one of others) if ('markup' in one) shown.take(one.from, one.markup);
  expect(shown.all).toEqual(patches(count));
  expect([first, ...others].map(({ isWhole }) => isWhole)).toEqual([...others.map(() => false), true]);
});

it('keeps each message small: none brings the markup of more than a thousand patches', () => {
  for (const one of portionsOf(1, patches(5000))) {
    const markup = 'markup' in one ? one.markup : one.patches.map(({ html }) => html);
    expect(markup.filter((html) => html !== '').length).toBeLessThanOrEqual(1000);
  }
});

it('finds a patch by its text as soon as that has come', () => {
  const shown = new Patches(patches(3).map((patch) => ({ ...patch, html: '' })));
  const found = (): number => shown.items({ text: 'p-2', status: '', severity: '' }, new Map()).fitting;
  expect(found()).toBe(0);
  shown.take(1, ['<b>P-1</b>', '<b>P-2</b>']);
  expect(found()).toBe(1);
});

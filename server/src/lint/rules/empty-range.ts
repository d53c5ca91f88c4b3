/** A range that nothing is in: its bounds are the wrong way round, or leave nothing between them. */
import type { Bound } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { ValueKind } from '../reason/kinds.ts';
import { comparesEmptyRange, isEmptyRange } from '../reason/ranges.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const VERSION: ReadonlySet<ValueKind> = new Set(['version']);

export const emptyRange: Rule = {
  code: 'empty-range',
  severity: 'warning',
  summary: 'A range has nothing in it.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => {
      const ofVersions = (bounds: readonly Bound[]): void => {
        if (isEmptyRange(bounds, VERSION)) add(finding(bounds));
      };
      return {
        scopes: (scopes) => scopes.forEach(({ bounds }) => ofVersions(bounds)),
        condition(condition) {
          if (condition.kind === 'use-product' && condition.test.kind === 'range') ofVersions(condition.test.bounds);
          if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return;
          const { test } = condition.predicate;
          if (test.kind === 'range' && comparesEmptyRange(condition)) add(finding(test.bounds));
        },
      };
    }),
};

function finding(bounds: readonly Bound[]): RuleFinding {
  const places = bounds.map(({ value }) => value.at);
  const file = places[0]?.file ?? '';
  const at = { file, start: places[0]?.start ?? 0, end: places.at(-1)?.end ?? 0 };
  const [first, second] = bounds;
  if (first === undefined || second === undefined || bounds.length > 2 || !areOpposite(first, second))
    return { message: 'Nothing is in this range: its bounds exclude each other.', at };
  return { message: 'Nothing is in this range: nothing lies between its lower and its upper bound.', at };
}

const areOpposite = (first: Bound, second: Bound): boolean =>
  [first, second].some(({ operator }) => operator.startsWith('>')) &&
  [first, second].some(({ operator }) => operator.startsWith('<'));

/** Ranges that nothing is in, whatever stands beside them. */
import type { Bound, Condition } from '../../model/content.ts';
import type { Atom } from './atom.ts';
import { NO_NAMES } from './bindings.ts';
import { valueOf } from './canonical.ts';
import { candidatesOf } from './candidates.ts';
import { kindsOf, type ValueKind } from './kinds.ts';
import { ANY, TRUE } from './masks.ts';
import { regionsOfReading } from './regions.ts';

/** Whether a value of these kinds can fulfil an expectation. */
export function canHold(atom: Atom, kinds: ReadonlySet<ValueKind>): boolean {
  const regions = regionsOfReading([atom], candidatesOf(kinds, [atom], undefined));
  return regions.some(([mask = ANY]) => (mask & TRUE) !== 0);
}

/** Whether nothing is between two bounds, though each by itself can be fulfilled. */
export function isEmptyRange(bounds: readonly Bound[], kinds: ReadonlySet<ValueKind>): boolean {
  if (bounds.length < 2) return false;
  const atom = (some: readonly Bound[]): Atom => ({
    test: {
      kind: 'range',
      bounds: some.map(({ operator, value }) => ({ operator, value: valueOf(value, NO_NAMES) })),
    },
    ifPresent: false,
    quantified: false,
  });
  return bounds.every((one) => canHold(atom([one]), kinds)) && !canHold(atom(bounds), kinds);
}

/** Whether a condition is a comparison with such a range. */
export function comparesEmptyRange(condition: Condition): boolean {
  if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return false;
  const { subject, steps, ifPresent, predicate } = condition;
  const { test, quantifier } = predicate;
  // One item of a list may be above a bound and another below the other.
  if (test.kind !== 'range' || ifPresent || quantifier === 'any') return false;
  return isEmptyRange(test.bounds, kindsOf(subject, steps));
}

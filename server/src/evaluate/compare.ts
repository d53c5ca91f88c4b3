/** Comparing what was observed with what is expected: the kind is fixed by either side, texts convert to it (language.md 4.5). */
import type { CompareOperator } from '../model/content.ts';
import { fold, sameText } from './text.ts';
import { mapRead, present, textOf, toDate, toNumber, toVersion, type Moment, type Read, type Value } from './values.ts';
import { compareVersions, parseVersion } from './versions.ts';

const DAY_MS = 86_400_000;

/** Whether `observed OPERATOR expected` holds; unreadable where one side cannot be converted to the kind. */
export function compareValues(observed: Value, operator: CompareOperator, expected: Value): Read<boolean> {
  return mapRead(order(observed, operator, expected), (sign) => present(holds(sign, operator)));
}

function holds(sign: number, operator: CompareOperator): boolean {
  switch (operator) {
    case '=':
      return sign === 0;
    case '!=':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

function order(observed: Value, operator: CompareOperator, expected: Value): Read<number> {
  switch (kindOf(observed, operator, expected)) {
    case 'version':
      return both(toVersion(observed), toVersion(expected), compareVersions);
    case 'number':
      return both(toNumber(observed), toNumber(expected), (left, right) => (left < right ? -1 : left > right ? 1 : 0));
    case 'date':
      return both(toDate(observed), toDate(expected), compareMoments);
    case 'text':
      return present(compareTexts(textOf(observed), textOf(expected)));
  }
}

/** A text that is meant as a version has an order only among versions; whether two texts are the same can be said of any. */
function kindOf(observed: Value, operator: CompareOperator, expected: Value): 'version' | 'number' | 'date' | 'text' {
  const sides = [observed, expected];
  if (sides.some((side) => side.kind === 'version')) return 'version';
  if (sides.some((side) => side.kind === 'date')) return 'date';
  const soft = sides.some((side) => side.kind === 'text' && side.soft === 'version');
  const same = operator === '=' || operator === '!=';
  if (soft && !same) return 'version';
  if (soft && sides.every((side) => parseVersion(textOf(side)) !== undefined)) return 'version';
  if (sides.some((side) => side.kind === 'number')) return soft ? 'version' : 'number';
  return 'text';
}

function both<T>(left: Read<T>, right: Read<T>, compare: (left: T, right: T) => number): Read<number> {
  return mapRead(left, (one) => mapRead(right, (other) => present(compare(one, other))));
}

/** Where one side names a day, the other's time of day does not count. */
function compareMoments(left: Moment, right: Moment): number {
  if (!left.day && !right.day) return left.ms - right.ms;
  return Math.floor(left.ms / DAY_MS) - Math.floor(right.ms / DAY_MS);
}

function compareTexts(left: string, right: string): number {
  if (sameText(left, right)) return 0;
  return fold(left) < fold(right) ? -1 : 1;
}

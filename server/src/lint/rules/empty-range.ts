/** A range that nothing is in: its bounds are the wrong way round. */
import type { Bound } from '../../model/content.ts';
import { everywhere } from '../everywhere.ts';
import type { Rule } from '../rule.ts';

export const emptyRange: Rule = {
  code: 'empty-range',
  severity: 'warning',
  summary: 'A range has nothing in it.',
  alone: true,
  find: (content) =>
    everywhere(content, (add) => ({
      bounds(bounds) {
        const [first, second] = bounds;
        if (first === undefined || second === undefined || !isEmpty(first, second)) return;
        const { file, start } = first.value.at;
        const message = 'Nothing is in this range: its lower bound is not below its upper bound.';
        add({ message, at: { file, start, end: second.value.at.end } });
      },
    })),
};

function isEmpty(first: Bound, second: Bound): boolean {
  const lower = [first, second].find(({ operator }) => operator.startsWith('>'));
  const upper = [first, second].find(({ operator }) => operator.startsWith('<'));
  if (lower === undefined || upper === undefined) return false;
  const [from, to] = [partsOf(lower), partsOf(upper)];
  if (from === undefined || to === undefined) return false;
  const order = compare(from, to);
  return order > 0 || (order === 0 && !(lower.operator === '>=' && upper.operator === '<='));
}

/** The numbers of a version or number literal. */
function partsOf({ value }: Bound): readonly number[] | undefined {
  const { source } = value;
  if (source.kind !== 'literal' || value.steps.length > 0) return undefined;
  if (source.literal.kind === 'number') return [Number(source.literal.digits)];
  if (source.literal.kind !== 'version' || !/^[\d.]+$/.test(source.literal.text)) return undefined;
  return source.literal.text.split('.').map(Number);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

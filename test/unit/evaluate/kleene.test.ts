import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { and, not, or, type Tri } from '../../../server/src/evaluate/kleene.ts';

const tri = fc.constantFrom<Tri>('true', 'false', 'unknown');
const any = fc.constantFrom<Tri>('true', 'false', 'unknown', 'pending');
const law = (property: (a: Tri, b: Tri, c: Tri) => boolean): void => {
  fc.assert(fc.property(any, any, any, (a, b, c) => property(a, b, c)));
};

describe('the tables of language.md 4.6', () => {
  it.each([
    ['true', 'true', 'true', 'true'],
    ['true', 'false', 'false', 'true'],
    ['true', 'unknown', 'unknown', 'true'],
    ['false', 'false', 'false', 'false'],
    ['false', 'unknown', 'false', 'unknown'],
    ['unknown', 'unknown', 'unknown', 'unknown'],
  ] as const)('%s with %s: and gives %s, or gives %s', (left, right, both, either) => {
    expect([and(left, right), and(right, left)]).toEqual([both, both]);
    expect([or(left, right), or(right, left)]).toEqual([either, either]);
  });

  it('not turns true and false round and leaves unknown and pending', () => {
    expect((['true', 'false', 'unknown', 'pending'] as const).map(not)).toEqual([
      'false',
      'true',
      'unknown',
      'pending',
    ]);
  });
});

describe("Kleene's laws, pending included", () => {
  it('and, or are commutative, associative and idempotent', () => {
    law((a, b) => and(a, b) === and(b, a) && or(a, b) === or(b, a));
    law((a, b, c) => and(and(a, b), c) === and(a, and(b, c)) && or(or(a, b), c) === or(a, or(b, c)));
    law((a) => and(a, a) === a && or(a, a) === a);
  });

  it('they absorb and distribute over each other', () => {
    fc.assert(fc.property(tri, tri, tri, (a, b, c) => and(a, or(b, c)) === or(and(a, b), and(a, c))));
    law((a, b) => and(a, or(a, b)) === a || [a, b].includes('pending'));
  });

  it('not is its own inverse and carries and over into or', () => {
    law((a, b) => not(not(a)) === a && not(and(a, b)) === or(not(a), not(b)));
  });

  it('what is pending can only be decided by what decides anyway', () => {
    fc.assert(
      fc.property(any, tri, (other, later) => {
        const now = and('pending', other);
        return now === 'pending' || now === and(later, other);
      }),
    );
  });
});

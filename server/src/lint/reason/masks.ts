/** Sets of verdicts as bits: what a part of a condition can still become. Kleene's tables, lifted to sets. */
import type { Verdict } from '../../evaluate/verdict.ts';

/** A set of verdicts: `TRUE | UNKNOWN` can become either. */
export type Mask = number;

export const TRUE = 1;
export const FALSE = 2;
export const UNKNOWN = 4;
export const ANY = TRUE | FALSE | UNKNOWN;

/** The set of one verdict. */
export const maskOf = (verdict: Verdict): Mask => (verdict === 'true' ? TRUE : verdict === 'false' ? FALSE : UNKNOWN);

/** A proven verdict. */
export const decided = (holds: boolean): Mask => (holds ? TRUE : FALSE);

export const not = (mask: Mask): Mask => (mask & UNKNOWN) | ((mask & TRUE) << 1) | ((mask & FALSE) >> 1);

/** What two parts that must both hold can become. */
export function and(left: Mask, right: Mask): Mask {
  const unknown =
    ((left & UNKNOWN) !== 0 && (right & (UNKNOWN | TRUE)) !== 0) ||
    ((right & UNKNOWN) !== 0 && (left & (UNKNOWN | TRUE)) !== 0);
  return (left & right & TRUE) | ((left | right) & FALSE) | (unknown ? UNKNOWN : 0);
}

export const or = (left: Mask, right: Mask): Mask => not(and(not(left), not(right)));

/** Whether a set has one member. */
export const isSingle = (mask: Mask): boolean => mask === TRUE || mask === FALSE || mask === UNKNOWN;

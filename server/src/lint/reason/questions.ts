/** What the rules ask: can this ever be true, can it ever be false, does leaving this out change anything? */
import { regionsIn, type Formula, type Space } from './formula.ts';
import { FALSE, TRUE, type Mask } from './masks.ts';
import { becomes, differ, search, type Budget } from './search.ts';

/** Steps for one declaration: some milliseconds. */
const STEPS = 20_000;

/** A space with what may be spent in it. */
export interface Inquiry {
  readonly space: Space;
  readonly budget: Budget;
}

/** Begins with a fresh budget. */
export const inquire = (space: Space, steps = STEPS): Inquiry => ({ space, budget: { left: steps } });

/** Whether a formula is proven never to come out so while the given ones are true. No proof is no. */
export function never(inquiry: Inquiry, verdict: Mask, formula: Formula, given: readonly Formula[] = []): boolean {
  const goal = becomes(verdict);
  return search([formula, ...given], regionsIn(inquiry.space), { goal, budget: inquiry.budget }) === 'none';
}

export const neverTrue = (inquiry: Inquiry, formula: Formula, given: readonly Formula[] = []): boolean =>
  never(inquiry, TRUE, formula, given);

/** Also where it cannot become true, being unknown whenever it is not. */
export const neverFalse = (inquiry: Inquiry, formula: Formula, given: readonly Formula[] = []): boolean =>
  never(inquiry, FALSE, formula, given);

/** Whether two formulas are proven to have the same verdict on every machine. */
export function alike(inquiry: Inquiry, one: Formula, other: Formula, given: readonly Formula[] = []): boolean {
  return search([one, other, ...given], regionsIn(inquiry.space), { goal: differ, budget: inquiry.budget }) === 'none';
}

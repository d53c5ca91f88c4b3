/** Kleene's three values, and a fourth that never leaves evaluation: `pending`, an observation is still needed. */
import type { Trace, Verdict } from './verdict.ts';

/** A verdict, or that it needs observations not made yet. */
export type Tri = Verdict | 'pending';

/** A verdict with why it is unknown and, where traces are wanted, what explains it. */
export interface Judged {
  readonly verdict: Tri;
  readonly reason?: string;
  readonly trace?: Trace;
}

export const TRUE: Judged = { verdict: 'true' };
export const FALSE: Judged = { verdict: 'false' };
export const PENDING: Judged = { verdict: 'pending' };

/** An unknown with its reason. */
export function unknown(reason: string): Judged {
  return { verdict: 'unknown', reason };
}

/** A proven verdict. */
export function proven(holds: boolean): Judged {
  return holds ? TRUE : FALSE;
}

/** `not`: unknown stays unknown, pending stays pending. */
export function not(of: Tri): Tri {
  if (of === 'true') return 'false';
  return of === 'false' ? 'true' : of;
}

/** `and`: false decides whatever is still pending; pending outweighs unknown, for it may yet become false. */
export function and(left: Tri, right: Tri): Tri {
  return strongest(left, right, ['false', 'pending', 'unknown', 'true']);
}

/** `or`: true decides whatever is still pending; pending outweighs unknown, for it may yet become true. */
export function or(left: Tri, right: Tri): Tri {
  return strongest(left, right, ['true', 'pending', 'unknown', 'false']);
}

function strongest(left: Tri, right: Tri, order: readonly Tri[]): Tri {
  return order.indexOf(left) < order.indexOf(right) ? left : right;
}

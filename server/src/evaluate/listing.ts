/** Listings: what is known of a collection's members so far, joined from parts. */
import type { Context, Element, Gap, Listing } from './context.ts';

/** More than this many members are not looked at: the rest is unknown. */
export const MOST_ELEMENTS = 10_000;

export const EMPTY: Listing = { elements: [], gaps: [], pending: false };
export const PENDING_LISTING: Listing = { elements: [], gaps: [], pending: true };

/** A listing of elements alone. */
export function listed(elements: readonly Element[]): Listing {
  return { elements, gaps: [], pending: false };
}

/** A listing that could not be made. */
export function gap(reason: string): Listing {
  return { elements: [], gaps: [{ reason }], pending: false };
}

/** The union in order, each physical thing once, capped. */
export function joinListings(parts: readonly Listing[]): Listing {
  const elements = new Map<string, Element>();
  const gaps: Gap[] = [];
  let more = false;
  for (const part of parts) {
    for (const element of part.elements) {
      if (elements.has(element.identity)) continue;
      if (elements.size >= MOST_ELEMENTS) more = true;
      else elements.set(element.identity, element);
    }
    gaps.push(...part.gaps);
  }
  if (more) gaps.push({ reason: `more than ${MOST_ELEMENTS} elements` });
  return { elements: [...elements.values()], gaps, pending: parts.some((part) => part.pending) };
}

/** One object for one physical thing throughout an evaluation, so that what it remembers serves everyone. */
export function intern(context: Context, element: Element): Element {
  const known = context.memo.elements.get(element.identity);
  if (known !== undefined) return known;
  context.memo.elements.set(element.identity, element);
  return element;
}

/** What comes first where two members are one: 64-bit before 32-bit, the machine before users. */
export function precedence(of: { readonly view?: '32' | '64'; readonly user?: string }): number {
  return (of.user === undefined ? 0 : 2) + (of.view === '32' ? 1 : 0);
}

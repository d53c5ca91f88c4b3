/** What the rules of the grammar share for recovery. */

/** For rules whose errors belong to the statement around them: they never return a half of themselves. */
export const INNER = { resyncEnabled: false } as const;

/** Adds what a rule returned, unless recovery gave it up. */
export function add<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

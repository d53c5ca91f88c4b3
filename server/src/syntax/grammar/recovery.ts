/** What the rules of the grammar share for recovery. */

/** For rules whose errors belong to the statement around them: they never return a half of themselves. */
export const INNER = { resyncEnabled: false } as const;

/** Adds what a rule returned, unless recovery gave it up. */
export function add<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

/** Nodes are filled while their rule runs, so that recovery can return what there is already. */
export type Draft<T> = { -readonly [P in keyof T]: T[P] extends readonly (infer E)[] ? E[] : T[P] };

/** With so many errors a declaration is no text of ours: reading on would take time and help nobody. */
export const MOST_ERRORS = 1000;

/** Thrown out of the parser at an error too many; `parse` turns it into one more error, and gives the declaration up. */
export class TooManyErrors extends Error {
  readonly offset: number;
  constructor(offset: number) {
    super('too many errors');
    this.offset = offset;
  }
}

/** What the page of a comparison is told. */
import type { CompareRow } from '../../../../server/src/protocol/results.ts';

export interface ToCompare {
  readonly rows: readonly CompareRow[];
}

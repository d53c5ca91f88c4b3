/** What the page of a comparison and the extension tell each other. */
import type { CompareRow } from '../../../../server/src/protocol/results.ts';

export interface FromCompare {
  /** It has just begun, also after it was hidden. */
  readonly ready?: true;
  /** The number of a place that the server has named. */
  readonly source?: number;
}

export interface ToCompare {
  readonly rows: readonly CompareRow[];
}

/** What the report's page and the extension tell each other. */
import type { ExportFormat } from '../../../../server/src/protocol/results.ts';
import type { ReportPatch } from '../../../../server/src/protocol/scan.ts';

/** What the page wants. */
export interface FromReport {
  /** It has just begun, also after it was hidden. */
  readonly ready?: true;
  /** The number of a place that the server has named. */
  readonly source?: number;
  /** A text for the clipboard. */
  readonly copy?: string;
  /** The format of a file. */
  readonly export?: ExportFormat;
  /** The result beside another one. */
  readonly compare?: true;
}

export interface ToReport {
  readonly patches: readonly ReportPatch[];
}

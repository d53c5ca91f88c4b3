/** What the report's page and the extension tell each other. */
import type { ExportFormat } from '../../../../server/src/protocol/results.ts';
import type { ReportPatch } from '../../../../server/src/protocol/scan.ts';
import type { FromPage } from '../../page-messages.ts';

/** What the page wants. */
export interface FromReport extends FromPage {
  /** The format of a file. */
  readonly export?: ExportFormat;
  /** The result beside another one. */
  readonly compare?: true;
}

export interface ToReport {
  readonly patches: readonly ReportPatch[];
}

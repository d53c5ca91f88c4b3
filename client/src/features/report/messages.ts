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

/** A report comes in several messages: see portions.ts. */
export type ToReport = {
  /** Which report it belongs to: what is still on its way when another one is shown is none of that. */
  readonly report: number;
  /** No message of this report follows. */
  readonly isWhole: boolean;
} & (
  | { readonly patches: readonly ReportPatch[] }
  /** Of so many patches, in their order, beginning with one. */
  | { readonly from: number; readonly markup: readonly string[] }
);

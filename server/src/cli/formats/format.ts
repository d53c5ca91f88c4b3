/** What `patchlab check` found, and what a format makes of it. */
import type { Content } from '../../model/content.ts';
import type { Style } from '../../results/report/style.ts';
import type { FindingList } from '../findings.ts';

export interface CheckReport {
  readonly list: FindingList;
  /** All files that were checked, in their order. */
  readonly files: readonly string[];
  /** What was checked: the workspace, and each catalogue. */
  readonly contents: readonly Content[];
  readonly style: Style;
}

/** Everything that is written to standard output, with the line end behind the last line. */
export type Format = (report: CheckReport) => string;

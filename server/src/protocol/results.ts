/** Results that were kept: their list, their reports, what two of them say differently, and their export. */
import type { ReportPatch, Place, ScanReply } from './scan.ts';

/** `history` is the editor's own; the others are those of the workspace's patchlab.json. */
export type ResultOrigin = 'history' | 'store' | 'arrivals';

/** Names a result; `folder` is the workspace folder whose patchlab.json says where it lies, and empty for the history. */
export interface ResultName {
  readonly origin: ResultOrigin;
  readonly folder: string;
  readonly id: string;
}

/** Says whether what a workspace names may be looked at. */
export interface Trusted {
  readonly trusted: boolean;
}

export interface ResultEntry extends ResultName {
  readonly machine: string;
  readonly os: string | null;
  /** ISO 8601; of one that is broken, when its file was last written. */
  readonly started: string;
  /** The code of the step that failed. */
  readonly error: string | null;
  /** How many patches have each status. */
  readonly counts: Readonly<Record<string, number>>;
  /** Why it cannot be read. */
  readonly broken?: string;
}

export type ResultsParams = Trusted;

export interface ResultsReply {
  /** The newest first; a result that lies in several places once. */
  readonly entries: readonly ResultEntry[];
  /** What could not be looked at, and why: sentences for the user. */
  readonly problems: readonly string[];
}

export interface ResultParams extends Trusted {
  readonly name: ResultName;
}

/** A value, or a sentence that says why there is none. */
export type Answer<T> = { readonly value: T } | { readonly why: string };

/** What a report shows, of a scan that has just ended or of a result that was kept. */
export type Report = Pick<ScanReply, 'html' | 'patches' | 'sources' | 'summary'> & { readonly name: ResultName };

export type ReportReply = Answer<Report>;

export interface DeleteParams {
  /** Results of the history. */
  readonly ids: readonly string[];
}

export interface CompareParams extends Trusted {
  readonly left: ResultName;
  readonly right: ResultName;
}

/** A product or a patch of both sides, as markup whose every text is escaped. */
export interface CompareRow extends Pick<ReportPatch, 'html'> {
  readonly kind: 'product' | 'patch';
  readonly change: 'appeared' | 'gone' | 'changed' | 'same' | 'unknown';
  readonly differs: boolean;
}

export interface CompareReport {
  readonly title: string;
  readonly html: string;
  readonly rows: readonly CompareRow[];
  readonly sources: readonly Place[];
}

export type CompareReply = Answer<CompareReport>;

export type ExportFormat = 'json' | 'csv' | 'html';

export interface ExportParams extends ResultParams {
  readonly format: ExportFormat;
}

export type ExportReply = Answer<string>;

export const RESULTS_REQUEST = 'patchlab/results';
export const RESULT_REPORT_REQUEST = 'patchlab/resultReport';
export const RESULTS_DELETE_REQUEST = 'patchlab/resultsDelete';
export const RESULTS_COMPARE_REQUEST = 'patchlab/resultsCompare';
export const RESULT_EXPORT_REQUEST = 'patchlab/resultExport';

/** What each asks, and what it is answered. */
export interface ResultRequests {
  readonly [RESULTS_REQUEST]: { readonly params: ResultsParams; readonly reply: ResultsReply };
  readonly [RESULT_REPORT_REQUEST]: { readonly params: ResultParams; readonly reply: ReportReply };
  readonly [RESULTS_DELETE_REQUEST]: { readonly params: DeleteParams; readonly reply: true };
  readonly [RESULTS_COMPARE_REQUEST]: { readonly params: CompareParams; readonly reply: CompareReply };
  readonly [RESULT_EXPORT_REQUEST]: { readonly params: ExportParams; readonly reply: ExportReply };
}

/** A notification: there is another list. */
export const RESULTS_CHANGED = 'patchlab/resultsChanged';

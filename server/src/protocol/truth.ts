/** What the last scans saw, beside the text. */
import type { ScanParams, ScanReply } from './scan.ts';

export interface TruthParams {
  readonly uris: readonly string[];
}

/** What was observed once for a check: several instances of a product give several. */
export interface TruthFact {
  readonly verdict: 'true' | 'false' | 'unknown';
  /** For whom: the product's instance or the patch. */
  readonly of: string;
  readonly expected?: string;
  readonly observed?: string;
  readonly source?: string;
  readonly why?: string;
}

/** One line's truth. Every text of it is inert: without control characters, and never Markdown. */
export interface TruthMark {
  readonly line: number;
  /** What it is coloured by. A product or patch that calls for nothing is `neutral`. */
  readonly tone: 'true' | 'false' | 'unknown' | 'mixed' | 'neutral';
  readonly text: string;
  /** What is marked: the check as it is written, or the declaration. */
  readonly title: string;
  readonly facts: readonly TruthFact[];
  /** The declaration that it stands in. */
  readonly owner: string;
}

/** A declaration of a file, with the lines that it takes. */
export interface TruthOwner {
  readonly id: string;
  readonly line: number;
  readonly endLine: number;
  /** What it depends on, directly or not: an edit there makes its marks stale. */
  readonly dependsOn: readonly string[];
  /** It has a mistake, so nothing can be said of it now. */
  readonly broken: boolean;
}

export interface TruthFile {
  readonly uri: string;
  /** The document's version that this is said of. */
  readonly version: number;
  readonly owners: readonly TruthOwner[];
  readonly marks: readonly TruthMark[];
}

/** A scan that failed: what was seen before it stays. */
export interface FailedScan {
  /** Whom it asked, as it was asked for: a text from elsewhere. */
  readonly target: string;
  readonly code: string;
}

export interface TruthReply {
  /** The machine that is shown: of the last scan that could be judged unless another was chosen; `null` while there is none. */
  readonly machine: string | null;
  /** The machine's latest scan failed: what is said was seen by the one before it. */
  readonly earlier?: EarlierScan;
  readonly files: readonly TruthFile[];
}

export const TRUTH_REQUEST = 'patchlab/truth';

/** The scan that what is shown was seen by, where a later one of the same machine failed. */
export interface EarlierScan {
  /** When it was, in ISO 8601. */
  readonly scanned: string;
  readonly failed: FailedScan;
}

/** A target of a scan without its credential. */
export type TargetName =
  { readonly kind: 'machine'; readonly host: string } | { readonly kind: 'snapshot'; readonly path: string };

/** Tells targets apart: host names do not distinguish case. */
export function targetKey(target: TargetName): string {
  return target.kind === 'machine' ? `machine ${target.host.toLowerCase()}` : `snapshot ${target.path}`;
}

/** A scan whose observations are kept. */
export interface TruthMachine {
  readonly key: string;
  /** As the machine calls itself, and as it was asked for: texts from elsewhere. */
  readonly name: string;
  readonly target: string;
  readonly kind: TargetName['kind'];
  /** When, in ISO 8601. */
  readonly scanned: string;
  /** Whether it was for all content. */
  readonly whole: boolean;
  readonly shown: boolean;
  /** Its latest scan, where that failed. */
  readonly failed?: FailedScan;
  /** Of the one that is shown: the latest scan of all, where that failed. */
  readonly after?: FailedScan;
}

/** Machines whose observations are kept, the latest scan first; answers with `readonly TruthMachine[]`. */
export const TRUTH_MACHINES_REQUEST = 'patchlab/truthMachines';

export interface ShowTruthParams {
  readonly key: string;
}

/** Shows the truth of another machine whose observations are kept; answers whether they still are. */
export const SHOW_TRUTH_REQUEST = 'patchlab/showTruth';

export interface ExplainParams {
  /** The target's `targetKey`. */
  readonly key: string;
  /** Declarations by their ids. */
  readonly only: readonly string[];
}

/** The report of some declarations from kept observations; `null` where the target's last scan was not for them, or there was none. */
export type ExplainReply = ScanReply | null;

export const EXPLAIN_REQUEST = 'patchlab/explain';

export interface EvaluateParams {
  readonly uri: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  /** The target's `targetKey`. */
  readonly key: string;
  /** The machine to ask what was not observed yet; without it nobody is asked. */
  readonly ask?: ScanParams['target'];
}

export type EvaluateReply =
  /** No condition and no value stands there, or none that has a meaning without what is around it. */
  | { readonly kind: 'nothing' }
  /** It stands in a declaration that has nothing to do with the machine: no instance of its product, another Windows. */
  | { readonly kind: 'elsewhere'; readonly machine: string }
  /** The machine was not asked for what it needs. */
  | { readonly kind: 'unseen' }
  /** The machine could not be asked. */
  | { readonly kind: 'failed'; readonly summary: ScanReply['summary'] }
  | {
      readonly kind: 'seen';
      readonly machine: string;
      /** Where what was evaluated ends. */
      readonly line: number;
      readonly mark: Omit<TruthMark, 'line' | 'owner'>;
    };

export const EVALUATE_REQUEST = 'patchlab/evaluate';

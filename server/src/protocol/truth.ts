/** What the last scan saw, beside the text. */

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

export interface TruthReply {
  /** The machine of the last scan; `null` while there is none, and after one that failed. */
  readonly machine: string | null;
  readonly files: readonly TruthFile[];
}

export const TRUTH_REQUEST = 'patchlab/truth';

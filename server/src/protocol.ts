/** What client and server say to each other beyond LSP. The only file of the server that the client may import. */

export interface ScanParams {
  /** Ties progress notifications to this scan. */
  readonly token: string;
  /** A live machine as `HOST` or `HOST:PORT`, or a snapshot's file path. */
  readonly target:
    | { readonly kind: 'machine'; readonly host: string; readonly user: string; readonly password: string }
    | { readonly kind: 'snapshot'; readonly path: string };
  readonly include: readonly ('superseded' | 'effectively-installed')[];
  /** What is scanned for: declarations by their ids, with all that they depend on. Without it all content. */
  readonly only?: readonly string[];
  /** Gives the recording of what the scan observed. */
  readonly record?: boolean;
}

/** A place in a file: lines and characters count from 0, characters in UTF-16 code units. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

export interface ScanProgress {
  readonly token: string;
  readonly step: number;
  readonly steps: number;
  readonly message: string;
}

/** The step that failed, with its error as the result document has it. */
export interface FailedStep {
  readonly step: number;
  readonly name: string;
  readonly code: string;
  readonly meaning: string;
  /** The code beneath it: `STATUS_BAD_NETWORK_NAME (0xC00000CC)`, `ECONNREFUSED`. */
  readonly raw: string;
  readonly remedy: string;
  /** A command or a way to see the same without Patchlab. */
  readonly validate: string;
}

/** A patch of a report: what it is filtered by, and its markup, every text of it escaped. */
export interface ReportPatch {
  readonly status: string;
  readonly severity: string;
  readonly html: string;
}

export interface ScanReply {
  /** The result document, as JSON (`patchlab-result/1`). */
  readonly result: unknown;
  /** The same as an HTML fragment, every text of it escaped; the patches belong into its `.rows`. */
  readonly html: string;
  /** The patches, in the report's order: a report of thousands draws only those that can be seen. */
  readonly patches: readonly ReportPatch[];
  /** Where in the scripts the report's texts stand; its buttons with `data-source` name them by their index. */
  readonly sources: readonly Place[];
  /** Where it was asked for: the snapshot's text, redacted. */
  readonly snapshot?: string;
  /** What a message says of the result without opening it. */
  readonly summary: {
    readonly machine: string;
    readonly products: number;
    readonly missing: number;
    readonly unknown: number;
    /** The first step that failed; `null` when all is well. */
    readonly failed: FailedStep | null;
    /** Whether the machine accepted the credential: only then is it worth keeping. */
    readonly loggedOn: boolean;
  };
}

export const SCAN_REQUEST = 'patchlab/scan';
export const SCAN_PROGRESS = 'patchlab/scanProgress';

// ---------- declarations of a file, for what stands above them

export interface DeclarationsParams {
  readonly uri: string;
}

/** A product or a patch of a file. */
export interface DeclarationPlace {
  readonly id: string;
  readonly kind: 'product' | 'patch';
  /** The line that it begins on. */
  readonly line: number;
}

export const DECLARATIONS_REQUEST = 'patchlab/declarations';

// ---------- what the last scan saw, beside the text

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

/**
 * The command of a lens that counts references, for an editor that says `experimental: { commands: ["patchlab.showReferences"] }`;
 * its one argument is `{ uri, position }` of the declaration.
 */
export const SHOW_REFERENCES_COMMAND = 'patchlab.showReferences';

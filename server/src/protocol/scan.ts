/** A scan from the editor, its progress and its report. */

export interface ScanParams {
  /** Ties progress notifications to this scan. */
  readonly token: string;
  /** A live machine as `HOST` or `HOST:PORT`, or a snapshot's file path. */
  readonly target:
    | {
        readonly kind: 'machine';
        readonly host: string;
        readonly user: string;
        readonly password: string;
        /** Where it was found, when the user allowed it: nobody is asked again, and nobody else is connected to. */
        readonly found?: FoundMachine;
      }
    | { readonly kind: 'snapshot'; readonly path: string };
  readonly include: readonly ('superseded' | 'effectively-installed')[];
  /** What is scanned for: declarations by their ids, with all that they depend on. Without it all content. */
  readonly only?: readonly string[];
  /** Gives the recording of what the scan observed. */
  readonly record?: boolean;
  /** A scan template of a patchlab.json. */
  readonly template?: { readonly uri: string; readonly name: string };
}

/** Where a machine is, and how that was found out. */
export interface FoundMachine {
  readonly addresses: readonly string[];
  readonly foundBy: 'address' | 'range' | 'dns' | 'domain-dns' | 'netbios';
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
  /** What the result is called. */
  readonly scanId: string;
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

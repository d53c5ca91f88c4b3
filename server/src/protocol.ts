/** What client and server say to each other beyond LSP. The only file of the server that the client may import. */

export interface ScanParams {
  /** Ties progress notifications to this scan. */
  readonly token: string;
  /** A live machine as `HOST` or `HOST:PORT`, or a snapshot's file path. */
  readonly target:
    | { readonly kind: 'machine'; readonly host: string; readonly user: string; readonly password: string }
    | { readonly kind: 'snapshot'; readonly path: string };
  readonly include: readonly ('superseded' | 'effectively-installed')[];
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

export interface ScanReply {
  /** The result document, as JSON (`patchlab-result/1`). */
  readonly result: unknown;
  /** The same as a standalone HTML fragment, every text of it escaped. */
  readonly html: string;
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

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

export interface ScanReply {
  /** The result document, as JSON (`patchlab-result/1`). */
  readonly result: unknown;
  /** The same as a standalone HTML fragment, every text of it escaped. */
  readonly html: string;
}

export const SCAN_REQUEST = 'patchlab/scan';
export const SCAN_PROGRESS = 'patchlab/scanProgress';

/** The declarations of a file, for what stands above them. */

export interface DeclarationsParams {
  readonly uri: string;
}

/** A product, patch or test of a file. */
export interface DeclarationPlace {
  /** A test's is its title. */
  readonly id: string;
  readonly kind: 'product' | 'patch' | 'test';
  /** The line that its name stands on. */
  readonly line: number;
  /** The lines that all of it takes. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** What it is scanned for: itself, or what a test expects something of. */
  readonly only: readonly string[];
}

export const DECLARATIONS_REQUEST = 'patchlab/declarations';

/** The declarations of a file, for what stands above them. */

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

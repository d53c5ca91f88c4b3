/** Where something stands in a workspace, and what is said about it. Offsets are UTF-16 code units from the file's start. */

export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Location extends Span {
  /** The file's name as it was given: a path or URI, never interpreted here. */
  readonly file: string;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** One thing to say about a place: a syntax error, an unknown name, a lint rule's finding. */
export interface Finding {
  /** A code of the diagnostics catalogue, such as `unknown-name`. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location;
  readonly related?: readonly { readonly at: Location; readonly message: string }[];
  /** A replacement that is safe to apply without asking. */
  readonly fix?: { readonly title: string; readonly at: Location; readonly text: string };
}

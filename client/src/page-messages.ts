/** What every page may ask of the editor. It comes from a page, so it may be anything, and is looked at. */
export interface FromPage {
  /** It has just begun, also after it was hidden. */
  readonly ready?: true;
  /** The number of a place that the server has named. */
  readonly source?: number;
  /** A text for the clipboard. */
  readonly copy?: string;
}

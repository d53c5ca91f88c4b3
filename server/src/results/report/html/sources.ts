/** Buttons that lead to the source, where a report is shown beside it. A standalone page has none. */
import type { Location } from '../../../model/source.ts';
import { html, when, type Html } from './template.ts';

export interface SourceButton {
  /** What the page around the report knows the place by. */
  readonly number: number;
  /** `7-zip.detect:24` */
  readonly label: string;
}

export interface Sources {
  /** `check` is what is written there, on one line. */
  readonly at: (location: Location, check: string) => SourceButton | undefined;
  /** Where a product or patch is declared. */
  readonly declared: (id: string) => SourceButton | undefined;
}

/** A report without a way to its source. */
export const NO_SOURCES: Sources = { at: () => undefined, declared: () => undefined };

export function renderButton(button: SourceButton | undefined): Html {
  return when(
    button,
    ({ number, label }) =>
      html`<button type="button" class="source-link" data-source="${number}" title="Go to source">${label}</button>`,
  );
}

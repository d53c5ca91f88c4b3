/** HTML that is safe by construction: every text is escaped where it is inserted, and only `Html` is not. */
import { escapeHtml } from '../inert.ts';

export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Insertion = string | number | Html | readonly Html[];

/** A template whose insertions are escaped, except for HTML made by this function. */
export function html(strings: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  const parts = strings.map((text, index) => text + (index < insertions.length ? render(insertions[index] ?? '') : ''));
  return new Html(parts.join(''));
}

function render(insertion: Insertion): string {
  if (insertion instanceof Html) return insertion.text;
  if (typeof insertion === 'object') return insertion.map((one) => one.text).join('');
  return escapeHtml(String(insertion));
}

/** HTML where there is something to say, else nothing. */
export function when<T>(value: T | null | undefined, make: (value: T) => Html): Html {
  return value === null || value === undefined || value === '' ? new Html('') : make(value);
}

/** HTML that is safe by construction: every text is escaped where it is inserted, and only `Html` is not. */

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

/** Text of a target may hold anything: markup is escaped, and control and direction characters are shown as what they are. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, codePoint)
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function codePoint(character: string): string {
  return `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

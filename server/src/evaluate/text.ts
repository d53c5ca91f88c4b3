/** Texts as Windows compares them: ordinal, without case, code unit by code unit. */

/** The form in which two texts that differ by case alone are equal. */
export function fold(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
  let folded = '';
  for (const unit of text) {
    const lower = unit.toUpperCase().length === unit.length ? unit.toUpperCase().toLowerCase() : unit;
    folded += lower.length === unit.length ? lower : unit;
  }
  return folded;
}

/** Equal but for case. */
export function sameText(left: string, right: string): boolean {
  return left === right || fold(left) === fold(right);
}

/** Shortened for messages and traces, on one line. */
export function brief(text: string, most = 200): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most)}…`;
}

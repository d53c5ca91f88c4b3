/** Makes text that came from a machine or from content harmless where it is shown. */

/**
 * Control characters (terminal escapes begin with one), characters that turn the direction of writing, that have no
 * width, or that end a line.
 */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** On one line of a terminal: what could act is shown as its code, `\u001b`. */
export function inert(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Inside HTML, as text or as a quoted attribute's value. */
export function escapeHtml(text: string): string {
  return inert(text).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/**
 * One CSV field (RFC 4180), always quoted. A field that a spreadsheet would take for a formula begins with an apostrophe
 * instead, also where blanks stand before it.
 */
export function csvField(text: string): string {
  const shown = inert(text);
  const guarded = /^\s*[=+\-@|%]/.test(shown) ? `'${shown}` : shown;
  return `"${guarded.replaceAll('"', '""')}"`;
}

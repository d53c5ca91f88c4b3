/** Where in a content file something new goes, and in which form. */

/** A change of the text: what stands between two offsets is replaced. */
export interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Lines of a text, in its own line ends. */
export const lineEndOf = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n');

export const lineStartAt = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** Where the line ends, before its line end. */
export function lineStopAt(text: string, offset: number): number {
  const found = /\r?\n|$/g;
  found.lastIndex = offset;
  return found.exec(text)?.index ?? text.length;
}

/** The blanks that a line begins with. */
export const indentAt = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? '';

/** Lines with an indentation before each. */
export const indented = (lines: string, indent: string): string =>
  lines
    .split('\n')
    .map((line) => (line === '' ? line : `${indent}${line}`))
    .join('\n');

/**
 * Puts lines of their own at an offset that nothing has to stay together around: on a blank line in its place, behind the line
 * where only a comment follows, else between what stands before and what follows.
 */
export function onOwnLines(
  text: string,
  offset: number,
  of: { lines: string; indent: string; comment: RegExp },
): Insertion {
  const eol = lineEndOf(text);
  const written = indented(of.lines, of.indent).replaceAll('\n', eol);
  const begin = lineStartAt(text, offset);
  const stop = lineStopAt(text, offset);
  const before = text.slice(begin, offset).trim();
  const after = text.slice(offset, stop).trim();
  if (before === '' && after === '') return { start: begin, end: stop, text: written };
  if (after === '' || of.comment.test(after)) return { start: stop, end: stop, text: `${eol}${written}` };
  if (before === '') return { start: begin, end: begin, text: `${written}${eol}` };
  const rest = /^[ \t]*/.exec(text.slice(offset))?.[0].length ?? 0;
  const outer = indentAt(text, offset);
  return { start: offset, end: offset + rest, text: `${eol}${written}${eol}${outer}` };
}

/** Puts a declaration between others, an empty line apart from each. */
export function asDeclaration(text: string, offset: number, declaration: string): Insertion {
  const eol = lineEndOf(text);
  const before = text.slice(0, offset).replace(/\s+$/, '');
  const rest = text.slice(offset);
  const after = rest.trimStart();
  const end = text.length - after.length;
  const lead = before === '' ? '' : `${eol}${eol}`;
  const tail = after === '' ? eol : `${eol}${eol}`;
  return { start: before.length, end, text: `${lead}${declaration.replaceAll('\n', eol)}${tail}` };
}

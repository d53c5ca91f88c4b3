/** Writing blanks and line ends, and nothing else. */
import type { FormatEdit } from '../../syntax/printer.ts';

/** A line is no longer than this where it can be divided. */
export const WIDTH = 120;

/** One text being formatted. */
export interface Writing {
  readonly text: string;
  readonly eol: string;
  readonly edits: FormatEdit[];
  /** Whether an offset is in a line whose breaks mean something. */
  readonly isFrozen: (offset: number) => boolean;
}

/** What a gap is to be: blanks on one line, or so many line ends and an indentation. */
export type Wanted = string | { readonly lines: number; readonly indent: number };

export const hasBreak = (text: string): boolean => /[\r\n]/.test(text);

/** Makes a gap what is wanted; one that holds anything but blanks stays, and so does a break that means something. */
export function fill(writing: Writing, { start, end }: { start: number; end: number }, wanted: Wanted): void {
  const { text, eol, isFrozen } = writing;
  const was = text.slice(start, end);
  if (!/^[ \t\r\n]*$/.test(was)) return;
  const breaks = hasBreak(was);
  const breaksThen = typeof wanted !== 'string';
  if (breaks !== breaksThen && (isFrozen(start) || isFrozen(end))) return;
  const now = breaksThen ? eol.repeat(wanted.lines) + ' '.repeat(wanted.indent) : wanted;
  if (now !== was) writing.edits.push({ start, end, text: now });
}

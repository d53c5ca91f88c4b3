/** How much of a text is read at all. */
import type { SyntaxFinding } from './run.ts';

/** Larger texts are not read: a megabyte of content is thousands of declarations. In UTF-16 code units, as a text has them. */
export const LARGEST_TEXT = 1024 * 1024;

/** Whether a text is one that is not read. */
export const isTooLarge = (text: string): boolean => text.length > LARGEST_TEXT;

/** What is said of such a text. */
export function tooLarge(text: string): SyntaxFinding {
  const message = `This file has ${(text.length / LARGEST_TEXT).toFixed(1)} million characters; more than one is not read. Divide it.`;
  const end = text.slice(0, 200).search(/[\r\n]|$/);
  return { code: 'too-large', message, start: 0, end: end < 0 ? 200 : end };
}

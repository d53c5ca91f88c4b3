/** JSON that may be shown on a terminal. */
import { inert } from '../results/report/inert.ts';

/** The document, indented; characters that could act on a terminal are written as JSON escapes, so a reader gets them back. */
export function inertJson(value: unknown): string {
  // The only line ends in it are those between its lines: in texts they are escaped already.
  return `${JSON.stringify(value, null, 2).split('\n').map(inert).join('\n')}\n`;
}

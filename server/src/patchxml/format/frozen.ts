/** Lines whose breaks mean something: a suppression counts for its own line or for the next. */
import type { XmlComment } from '../document.ts';

/** Whether an offset stands in such a line. */
export function frozenLines(text: string, comments: readonly XmlComment[]): (offset: number) => boolean {
  const lines = comments
    .filter((comment) => /^\s*allow\s/.test(comment.text))
    .flatMap(({ start }) => {
      const own = lineAt(text, start);
      const alone = text.slice(own.start, start).trim() === '';
      return alone ? [own, lineAt(text, own.end + 1)] : [own];
    });
  return (offset) => lines.some(({ start, end }) => start <= offset && offset <= end);
}

function lineAt(text: string, offset: number): { readonly start: number; readonly end: number } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  return { start, end: next < 0 ? text.length : next };
}

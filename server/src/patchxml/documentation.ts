/** The comment right above an element is its documentation. */
import type { XmlComment } from './document.ts';

/** The documentation of what begins at `start`; undefined where there is none. */
export function documentation(text: string, comments: readonly XmlComment[], start: number): string | undefined {
  const above = lastBefore(comments, start);
  if (above === undefined || !/^[ \t]*\r?\n[ \t]*$/.test(text.slice(above.end, start))) return undefined;
  const lineStart = text.lastIndexOf('\n', above.start - 1) + 1;
  if (text.slice(lineStart, above.start).trim() !== '') return undefined;
  const lines = above.text.split('\n').map((line) => line.trim());
  const said = lines.join('\n').trim();
  return said === '' || /^allow\s/.test(said) ? undefined : said;
}

/** The last comment that ends before an offset. */
function lastBefore(comments: readonly XmlComment[], offset: number): XmlComment | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.end ?? offset) <= offset) low = middle + 1;
    else high = middle;
  }
  return comments[low - 1];
}

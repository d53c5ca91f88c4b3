/** The comment right above an element is its documentation. */
import type { XmlComment } from './document.ts';

/** The documentation of what begins at `start`; undefined where there is none. A suppression between them is none. */
export function documentation(text: string, comments: readonly XmlComment[], start: number): string | undefined {
  let below = start;
  for (let above = lastBefore(comments, below); above !== undefined; above = lastBefore(comments, below)) {
    if (!/^[ \t]*\r?\n[ \t]*$/.test(text.slice(above.end, below))) return undefined;
    const lineStart = text.lastIndexOf('\n', above.start - 1) + 1;
    if (text.slice(lineStart, above.start).trim() !== '') return undefined;
    const lines = above.text.split('\n').map((line) => line.trim());
    const said = lines.join('\n').trim();
    if (!/^allow\s/.test(said)) return said === '' ? undefined : said;
    below = above.start;
  }
  return undefined;
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

/** Comment lines right above a declaration are its documentation. */
import { leafEnd, type Leaf } from '../../syntax/tree.ts';

/** The documentation of what begins at `start`, without the `#`; undefined where there is none. */
export function documentationAt(text: string, comments: readonly Leaf[], start: number): string | undefined {
  const lines: string[] = [];
  let below = start;
  for (let i = indexBefore(comments, start); i >= 0; i--) {
    const comment = comments[i];
    if (comment === undefined || !/^\r?\n[ \t]*$/.test(text.slice(leafEnd(comment), below))) break;
    const lineStart = text.lastIndexOf('\n', comment.startOffset - 1) + 1;
    if (text.slice(lineStart, comment.startOffset).trim() !== '') break;
    const line = comment.image.replace(/^#\s?/, '').trimEnd();
    if (!line.startsWith('allow ')) lines.unshift(line);
    below = lineStart;
  }
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** The last comment that begins before an offset. */
function indexBefore(comments: readonly Leaf[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.startOffset ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

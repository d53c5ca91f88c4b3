/** The graph as a Mermaid flowchart, which Markdown viewers draw (https://mermaid.js.org/syntax/flowchart.html). */
import { inert } from '../../results/report/inert.ts';
import type { Graph } from '../../evaluate/graph.ts';
import { marksOf } from '../../evaluate/graph-marks.ts';

export function mermaid({ patches, edges }: Graph): string {
  const node = new Map(patches.map(({ id }, index) => [id, `p${index}`]));
  const lines = [
    'flowchart TD',
    ...patches.map(({ id, title, inCircle }, index) => {
      const label = [id, ...(title === undefined ? [] : [title])].map(escaped).join('<br/>');
      return `  p${index}["${label}"]${inCircle ? ':::circle' : ''}`;
    }),
    ...edges.map((edge) => {
      const marks = marksOf(edge).map(escaped);
      const arrow = marks.length === 0 ? '-->' : `-. "${marks.join('<br/>')}" .->`;
      return `  ${node.get(edge.newer)} ${arrow} ${node.get(edge.older)}`;
    }),
    ...(patches.some(({ inCircle }) => inCircle) ? ['  classDef circle stroke:#c00,stroke-width:2px'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * Only letters, digits, blanks and harmless signs stand for themselves; the rest are Mermaid's entity codes. A point or a
 * dash before a blank could begin a list of Markdown.
 */
const escaped = (text: string): string =>
  inert(text).replace(/[^\p{L}\p{N} .,:-]|[.-](?= |$)/gu, (char) => `#${char.codePointAt(0)};`);

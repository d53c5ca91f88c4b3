/** The graph in Graphviz's language (https://graphviz.org/doc/info/lang.html). */
import { inert } from '../../results/report/inert.ts';
import type { Graph } from '../../evaluate/graph.ts';
import { marksOf } from '../../evaluate/graph-marks.ts';

export function dot({ patches, edges }: Graph): string {
  const lines = [
    'digraph supersedence {',
    '  node [shape=box];',
    ...patches.map(({ id, title, inCircle }) => {
      const label = [id, ...(title === undefined ? [] : [title])].map(escaped).join('\\n');
      return `  ${quoted(id)} [label="${label}"${inCircle ? ', color=red' : ''}];`;
    }),
    ...edges.map((edge) => {
      const marks = marksOf(edge).map(escaped).join('\\n');
      const style = marks === '' ? '' : ` [label="${marks}", style=dashed${edge.inCircle ? ', color=red' : ''}]`;
      return `  ${quoted(edge.newer)} -> ${quoted(edge.older)}${style};`;
    }),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** In quotes a quote ends the text, and a backslash begins what a label would expand. */
const escaped = (text: string): string => inert(text).replace(/["\\]/g, '\\$&');
const quoted = (text: string): string => `"${escaped(text)}"`;

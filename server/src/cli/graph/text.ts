/** The graph for people: under each patch those that it supersedes. */
import { inert } from '../../results/report/inert.ts';
import { plural } from '../plural.ts';
import type { Graph, GraphEdge, GraphPatch } from '../../evaluate/graph.ts';
import { marksOf } from '../../evaluate/graph-marks.ts';

/** Chains can be hundreds long: from here on they are not indented further. */
const DEEPEST = 20;

export function text(graph: Graph): string {
  const lines = [...tree(graph)].map((line) => `${line}\n`);
  return `${lines.join('')}${summary(graph)}\n`;
}

function* tree({ patches, edges }: Graph): Generator<string> {
  const byId = new Map(patches.map((patch) => [patch.id, patch]));
  const older = new Map<string, GraphEdge[]>(patches.map(({ id }) => [id, []]));
  for (const edge of edges) older.get(edge.newer)?.push(edge);
  const hasNewer = new Set(edges.map((edge) => edge.older));
  const shown = new Set<string>();
  // Those that nothing supersedes first; what is left then hangs together in circles alone.
  for (const patch of [...patches.filter(({ id }) => !hasNewer.has(id)), ...patches]) {
    if (shown.has(patch.id)) continue;
    const open: { patch: GraphPatch; edge?: GraphEdge; depth: number }[] = [{ patch, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const again = shown.has(next.patch.id);
      yield line(next.patch, { ...next, again });
      if (again) continue;
      shown.add(next.patch.id);
      const { depth } = next;
      for (const edge of older.get(next.patch.id)?.toReversed() ?? []) {
        const below = byId.get(edge.older);
        if (below !== undefined) open.push({ patch: below, edge, depth: depth + 1 });
      }
    }
  }
}

function line(
  { id, title, released, products }: GraphPatch,
  { edge, depth, again }: { readonly edge?: GraphEdge; readonly depth: number; readonly again: boolean },
): string {
  const marks = edge === undefined ? [] : marksOf(edge).map((mark) => `  ! ${mark}`);
  const about = [
    ...(title === undefined ? [] : [title]),
    ...(released === undefined ? [] : [released]),
    products.join(', '),
  ];
  const told = again ? [id, ' (shown above)', ...marks] : [`${id}  ${about.join('; ')}`, ...marks];
  return `${'  '.repeat(Math.min(depth, DEEPEST))}${inert(told.join(''))}`;
}

function summary({ patches, edges }: Graph): string {
  const circular = edges.filter(({ inCircle }) => inCircle).length;
  const short = edges.filter(({ uncovered, partlyCovered }) => uncovered.length + partlyCovered.length > 0).length;
  return (
    `${plural(patches.length, 'patch', 'patches')}, ${plural(edges.length, 'edge')}: ` +
    `${circular} in circles, ${short} that ${short === 1 ? 'does' : 'do'} not cover all products`
  );
}

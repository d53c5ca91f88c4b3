/** Where the arrow keys lead from a patch: along its edges, and to what stands beside it. */
import type { DrawnEdge, GraphReply } from '../../../../server/src/protocol/graph.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The edges of each patch, by its index. */
export function edgesByPatch({ patches, edges }: GraphReply): readonly (readonly DrawnEdge[])[] {
  const by = patches.map((): DrawnEdge[] => []);
  for (const edge of edges) {
    by[edge.newer]?.push(edge);
    by[edge.older]?.push(edge);
  }
  return by;
}

/** The nearest in a direction; the patch itself where there is none. */
export function leadsTo(graph: GraphReply, from: number, { edges, to }: Leading): number {
  const start = graph.patches[from];
  if (!start) return from;
  const tied =
    to === 'up'
      ? edges.flatMap((edge) => (edge.older === from ? [edge.newer] : []))
      : to === 'down'
        ? edges.flatMap((edge) => (edge.newer === from ? [edge.older] : []))
        : besides(graph, from, to);
  const far = (index: number): number => {
    const { x, y } = graph.patches[index] ?? start;
    return Math.hypot(x - start.x, y - start.y);
  };
  return tied.reduce((best, one) => (best === from || far(one) < far(best) ? one : best), from);
}

interface Leading {
  readonly edges: readonly DrawnEdge[];
  readonly to: Direction;
}

function besides({ patches }: GraphReply, from: number, to: 'left' | 'right'): readonly number[] {
  const start = patches[from];
  return patches.flatMap(({ x, y }, index) => {
    if (!start || y !== start.y) return [];
    return (to === 'left' ? x < start.x : x > start.x) ? [index] : [];
  });
}

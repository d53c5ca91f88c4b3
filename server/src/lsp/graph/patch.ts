/** All that the graph tells of one patch: what it is, what is right above and below it, and what the last scan said. */
import { marksOf } from '../../evaluate/graph-marks.ts';
import { toEdge } from '../../evaluate/graph.ts';
import type { Content, SupersedenceEdge } from '../../model/content.ts';
import type { GraphNeighbour, GraphPatchReply, GraphReturn, GraphStatus } from '../../protocol/graph.ts';
import { inert } from '../../results/report/inert.ts';
import type { Judged } from '../../scan/kept.ts';
import type { Returned } from './exclusion.ts';

/** A patch that supersedes everything before it has thousands. */
const MOST_LISTED = 200;

export interface Asked {
  readonly content: Content;
  readonly judged: Judged | undefined;
  readonly returned: readonly Returned[];
}

/** Nothing where there is no such patch; `source` is for who knows the files. */
export function patchOf(id: string, { content, judged, returned }: Asked): Omit<GraphPatchReply, 'source'> | undefined {
  const patch = content.patches.get(id.toLowerCase());
  if (patch === undefined) return undefined;
  const circular = content.circular ?? [];
  const all = [
    ...content.supersedence.map((edge) => ({ edge, inCircle: false })),
    ...circular.map((edge) => ({ edge, inCircle: true })),
  ];
  const is = (one: string): boolean => one.toLowerCase() === patch.id.toLowerCase();
  const above = all.filter(({ edge }) => is(edge.older));
  const below = all.filter(({ edge }) => is(edge.newer));
  const listed = (edges: typeof all, end: 'newer' | 'older'): readonly GraphNeighbour[] =>
    edges.slice(0, MOST_LISTED).map(({ edge, inCircle }) => neighbour(content, edge, { end, inCircle }));
  return {
    id: patch.id,
    title: inert(patch.title ?? ''),
    severity: patch.severity,
    released: patch.released ?? '',
    bulletin: patch.bulletin ?? '',
    references: [...patch.kb, ...patch.cve],
    products: [...new Set(patch.fixes.map(({ name }) => name))],
    inCircle: [...above, ...below].some(({ inCircle }) => inCircle),
    newer: listed(above, 'newer'),
    older: listed(below, 'older'),
    moreNewer: Math.max(0, above.length - MOST_LISTED),
    moreOlder: Math.max(0, below.length - MOST_LISTED),
    statuses: judged === undefined ? [] : statusesOf(patch.id, judged),
    back: returned.slice(0, MOST_LISTED).map((one) => returnOf(one, judged)),
  };
}

function neighbour(
  content: Content,
  edge: SupersedenceEdge,
  { end, inCircle }: { readonly end: 'newer' | 'older'; readonly inCircle: boolean },
): GraphNeighbour {
  const told = toEdge(content, edge, inCircle);
  return { id: edge[end], marks: told ? marksOf(told).map(inert) : [] };
}

function statusesOf(id: string, judged: Judged): readonly GraphStatus[] {
  return judged.patches
    .filter((one) => one.id.toLowerCase() === id.toLowerCase())
    .map(({ product, instance, status, reason, warning }) => ({
      of: subject(product, instance, judged),
      status,
      why: inert([reason, warning].filter(Boolean).join('; ')),
    }));
}

const returnOf = ({ id, product, instance, before, now, why }: Returned, judged: Judged | undefined): GraphReturn => ({
  ...{ id, before, now },
  of: subject(product, instance, judged),
  why: inert(why),
});

/** `sevenzip 18.1.0.0 in C:\Program Files\7-Zip`; Windows has neither. */
function subject(product: string, instance: number, judged: Judged | undefined): string {
  const found = judged?.products.find(({ id }) => id.toLowerCase() === product.toLowerCase());
  const one = found?.instances.find((candidate) => candidate.instance === instance);
  const version = one?.version ? ` ${one.version}` : '';
  return inert(`${product}${version}${one?.path ? ` in ${one.path}` : ''}`);
}

/** The drawing of a workspace's supersedence: which edges are drawn, where patches stand, what the last scan says of each. */
import { toEdge } from '../../evaluate/graph.ts';
import type { Content, Patch, SupersedenceEdge } from '../../model/content.ts';
import type { DrawnEdge, DrawnPatch, EdgeKind, GraphReply } from '../../protocol/graph.ts';
import { inert } from '../../results/report/inert.ts';
import type { Returned } from './exclusion.ts';
import { BOX, layoutOf } from './layout.ts';
import { reduced, type Arc } from './reduce.ts';

/** Of more edges those that follow from others are not drawn. */
export const MANY_EDGES = 3000;
/** More lines would show nothing but a surface. */
export const MOST_EDGES = 8000;

export interface Drawn {
  readonly content: Content;
  readonly product?: string | undefined;
  /** The last scan's machine, and the gravest status by patch id in lower case. */
  readonly scanned?: { readonly machine: string; readonly statuses: ReadonlyMap<string, string> } | undefined;
  readonly returned: readonly Returned[];
}

export function drawingOf({ content, product, scanned, returned }: Drawn): GraphReply {
  const patches = [...content.patches.values()].filter((patch) => isFor(patch, product));
  const index = new Map(patches.map(({ id }, at) => [id.toLowerCase(), at]));
  const straight = arcsOf(content.supersedence, index);
  const circular = arcsOf(content.circular ?? [], index);
  const kept = straight.length > MANY_EDGES ? reduced(patches.length, straight) : straight;
  const drawn = kept.slice(0, MOST_EDGES);
  const drawnCircular = circular.slice(0, Math.max(0, MOST_EDGES - drawn.length));
  const edges = [
    ...drawn.map((arc) => edgeOf(content, patches, { arc, inCircle: false })),
    ...drawnCircular.map((arc) => edgeOf(content, patches, { arc, inCircle: true })),
  ];
  const layout = layoutOf(patches.length, kept, circular);
  const circles = new Set(circular.flat());
  const gaps = new Set(edges.flatMap(({ newer, older, kind }) => (kind === 'none' ? [newer, older] : [])));
  const back = new Map(returned.map(({ id, now }) => [id.toLowerCase(), now]));
  return {
    machine: scanned ? inert(scanned.machine) : null,
    ...{ width: layout.width, height: layout.height, box: BOX, edges },
    patches: patches.map((patch, at): DrawnPatch => {
      const status = scanned?.statuses.get(patch.id.toLowerCase());
      const now = back.get(patch.id.toLowerCase());
      return {
        ...{ id: patch.id, title: inert(patch.title ?? ''), severity: patch.severity, bulletin: patch.bulletin ?? '' },
        ...{ x: layout.x[at] ?? 0, y: layout.y[at] ?? 0, inCircle: circles.has(at), hasGap: gaps.has(at) },
        ...(status !== undefined && { status }),
        ...(now !== undefined && { back: now }),
      };
    }),
    undrawn: {
      implied: straight.length - kept.length,
      tooMany: kept.length - drawn.length + circular.length - drawnCircular.length,
    },
    products: productsOf(content),
    all: content.patches.size,
  };
}

/** What patches are for, in the order of the alphabet. */
function productsOf({ patches }: Content): readonly string[] {
  const names = new Map<string, string>();
  for (const { fixes } of patches.values()) for (const { name } of fixes) names.set(name.toLowerCase(), name);
  return [...names.values()].sort((a, b) => a.localeCompare(b, 'en'));
}

const isFor = ({ fixes }: Patch, product: string | undefined): boolean =>
  product === undefined || fixes.some(({ name }) => name.toLowerCase() === product.toLowerCase());

function arcsOf(edges: readonly SupersedenceEdge[], index: ReadonlyMap<string, number>): Arc[] {
  return edges.flatMap(({ newer, older }): Arc[] => {
    const [from, to] = [index.get(newer.toLowerCase()), index.get(older.toLowerCase())];
    return from === undefined || to === undefined || from === to ? [] : [[from, to]];
  });
}

function edgeOf(
  content: Content,
  patches: readonly Patch[],
  { arc: [newer, older], inCircle }: { readonly arc: Arc; readonly inCircle: boolean },
): DrawnEdge {
  return { newer, older, kind: inCircle ? 'circle' : kindOf(content, patches[newer]?.id, patches[older]?.id) };
}

function kindOf(content: Content, newer = '', older = ''): EdgeKind {
  const at = { file: '', start: 0, end: 0 };
  const edge = toEdge(content, { newer, older, at }, false);
  if (!edge || (edge.uncovered.length === 0 && edge.partlyCovered.length === 0)) return 'whole';
  return edge.uncovered.length > 0 ? 'none' : 'part';
}

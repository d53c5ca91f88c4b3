/** The graph of supersedence: who supersedes whom, and what each edge covers. */
import { coverageOf, type Covered } from './coverage.ts';
import type { Bound, Content, Patch, Scope, SupersedenceEdge } from '../model/content.ts';

/** A patch in the graph. */
export interface GraphPatch {
  readonly id: string;
  readonly title?: string;
  readonly released?: string;
  readonly severity: string;
  /** Whom it is for: products and Windows names, with their ranges. */
  readonly products: readonly string[];
  /** It supersedes itself by way of others, so none of them prunes another. */
  readonly inCircle: boolean;
}

/** `newer` supersedes `older`; each product of the older patch is in one of the three lists. */
export interface GraphEdge {
  readonly newer: string;
  readonly older: string;
  readonly inCircle: boolean;
  readonly covered: readonly string[];
  /** Some machines or versions of these are covered and others are not. */
  readonly partlyCovered: readonly string[];
  readonly uncovered: readonly string[];
}

/** Patches and edges, each once. */
export interface Graph {
  readonly patches: readonly GraphPatch[];
  readonly edges: readonly GraphEdge[];
}

/** The graph of some patches, by id in lower case; of all that have an edge, where none are given. */
export function graphOf(content: Content, from?: ReadonlySet<string>): Graph {
  const all = [
    ...content.supersedence.map((edge) => ({ edge, inCircle: false })),
    ...(content.circular ?? []).map((edge) => ({ edge, inCircle: true })),
  ];
  const edges = all.map(({ edge }) => edge);
  const kept =
    from === undefined ? undefined : new Set([...reached(from, edges, 'older'), ...reached(from, edges, 'newer')]);
  const shown = all.filter(
    ({ edge }) => kept === undefined || (kept.has(lower(edge.newer)) && kept.has(lower(edge.older))),
  );
  const ids = kept ?? new Set(shown.flatMap(({ edge }) => [lower(edge.newer), lower(edge.older)]));
  const circular = new Set(
    shown.flatMap(({ edge, inCircle }) => (inCircle ? [lower(edge.newer), lower(edge.older)] : [])),
  );
  const patches = [...ids].flatMap((id) => {
    const patch = content.patches.get(id);
    return patch === undefined ? [] : [toPatch(patch, circular.has(id))];
  });
  return { patches, edges: shown.flatMap(({ edge, inCircle }) => toEdge(content, edge, inCircle) ?? []) };
}

const lower = (id: string): string => id.toLowerCase();

/** All patches along chains that begin at some, those included. */
function reached(
  from: Iterable<string>,
  edges: readonly SupersedenceEdge[],
  to: 'newer' | 'older',
): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const start = lower(to === 'older' ? edge.newer : edge.older);
    const list = next.get(start);
    if (list === undefined) next.set(start, [lower(edge[to])]);
    else list.push(lower(edge[to]));
  }
  const found = new Set(from);
  for (const id of found) for (const other of next.get(id) ?? []) found.add(other);
  return found;
}

/** A patch as the graph tells of it. */
export const toPatch = ({ id, title, released, severity, fixes }: Patch, inCircle: boolean): GraphPatch => ({
  id,
  ...(title !== undefined && { title }),
  ...(released !== undefined && { released }),
  severity,
  products: fixes.map(scopeText),
  inCircle,
});

/** An edge with what it covers; nothing where one of its ends is no patch that judges. */
export function toEdge(content: Content, { newer, older }: SupersedenceEdge, inCircle: boolean): GraphEdge | undefined {
  const [by, of] = [content.patches.get(lower(newer)), content.patches.get(lower(older))];
  if (by === undefined || of === undefined) return undefined;
  const coverage = coverageOf(by, of);
  const only = (wanted: Covered) =>
    coverage.flatMap(({ scope, covered }) => (covered === wanted ? [scopeText(scope)] : []));
  return {
    newer: by.id,
    older: of.id,
    inCircle,
    covered: only('whole'),
    partlyCovered: only('part'),
    uncovered: only('none'),
  };
}

/** `acme.editor >= 4.0 < 5.0` */
const scopeText = ({ name, bounds }: Scope): string => [name, ...bounds.map(boundText)].join(' ');

function boundText({ operator, value: { source } }: Bound): string {
  if (source.kind !== 'literal') return `${operator} …`;
  const { literal } = source;
  return `${operator} ${'text' in literal ? literal.text : 'digits' in literal ? literal.digits : '…'}`;
}

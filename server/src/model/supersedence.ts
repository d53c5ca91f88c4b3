/** Supersedence spelled out: bulletins, `superseded by` and `everything before` become one edge a patch pair. */
import type { SupersedenceEdge } from './content.ts';
import { MODEL_DIAGNOSTICS } from './codes.ts';
import type { Superseded } from './lower/patch.ts';
import type { Finding } from './source.ts';
import { WINDOWS_NAMES } from './windows-names.ts';

interface Fixing {
  readonly id: string;
  readonly fixes: readonly { readonly name: string }[];
}

/** A patch with what it says of others. */
export interface SupersedingPatch extends Fixing {
  readonly supersedes: readonly Superseded[];
}

/** What supersedence statements can name. */
export interface SupersedencePool {
  /** By id in lower case; only patches that judge. */
  readonly patch: (id: string) => { readonly id: string; readonly released?: string | undefined } | undefined;
  /** All of them. */
  readonly patches: () => Iterable<readonly [string, Fixing]>;
  /** A bulletin's patches by its id in lower case. */
  readonly members: (bulletin: string) => readonly string[] | undefined;
}

/** All edges between patches that judge, and what is wrong with them. Edges in a circle are reported and kept apart. */
export function supersedence(
  patches: Iterable<SupersedingPatch>,
  pool: SupersedencePool,
): {
  edges: readonly SupersedenceEdge[];
  circular: readonly SupersedenceEdge[];
  findings: readonly Finding[];
} {
  const findings: Finding[] = [];
  const edges = new Map<string, SupersedenceEdge>();
  for (const patch of patches) {
    const self = patch.id.toLowerCase();
    for (const statement of patch.supersedes) {
      for (const other of targets(patch, statement, pool)) {
        const edge = toEdge(self, other, statement);
        if (edge.newer !== edge.older) edges.set(`${edge.newer}>${edge.older}`, edge);
        else if (statement.name.toLowerCase() === edge.newer) findings.push(selfFinding(patch, statement));
      }
    }
  }
  const known = [...edges.values()].filter(({ newer, older }) => pool.patch(newer) && pool.patch(older));
  const circles = circlesOf(known);
  findings.push(...cycleFindings(known, circles));
  const [straight, circular]: [SupersedenceEdge[], SupersedenceEdge[]] = [[], []];
  for (const edge of known) {
    (inCircle(circles, edge.newer, edge.older) ? circular : straight).push(spelled(edge, pool));
  }
  return { edges: straight, circular, findings };
}

const toEdge = (self: string, other: string, { reversed, at }: Superseded): SupersedenceEdge =>
  reversed ? { newer: other, older: self, at } : { newer: self, older: other, at };

/** Edges carry ids as declared. */
function spelled({ newer, older, at }: SupersedenceEdge, { patch }: SupersedencePool): SupersedenceEdge {
  return { newer: patch(newer)?.id ?? newer, older: patch(older)?.id ?? older, at };
}

function targets(patch: Fixing, { name, before }: Superseded, pool: SupersedencePool): readonly string[] {
  const early = (id: string): boolean => {
    if (before === undefined) return true;
    const released = pool.patch(id)?.released;
    return released !== undefined && released < before;
  };
  if (name === 'everything') {
    if (before === undefined) return [];
    return [...pool.patches()].flatMap(([id, other]) =>
      other.id !== patch.id && early(id) && shareProduct(patch, other) ? [id] : [],
    );
  }
  const id = name.toLowerCase();
  return (pool.members(id) ?? [id]).filter(early);
}

/** Whether two patches fix a product in common; a Windows name covers its releases and service packs. */
function shareProduct(a: Fixing, b: Fixing): boolean {
  return a.fixes.some((one) => b.fixes.some((other) => sameProduct(one.name.toLowerCase(), other.name.toLowerCase())));
}

function sameProduct(a: string, b: string): boolean {
  if (a === b) return true;
  const first = WINDOWS_NAMES.get(a);
  const second = WINDOWS_NAMES.get(b);
  if (first === undefined || second === undefined) return false;
  if (first.family === undefined || second.family === undefined) return true;
  if (first.family !== second.family) return false;
  const whole = a === first.family.id || b === second.family.id;
  return whole || (first.build !== undefined && first.build === second.build);
}

function selfFinding(patch: { readonly id: string }, { at }: Superseded): Finding {
  return {
    code: 'self-supersedence',
    severity: MODEL_DIAGNOSTICS['self-supersedence'].severity,
    message: `\`${patch.id}\` supersedes itself: name the older patch here.`,
    at,
  };
}

// ---------- circles

const inCircle = (circles: ReadonlyMap<string, number>, newer: string, older: string): boolean =>
  circles.get(newer) !== undefined && circles.get(newer) === circles.get(older);

/** The circle that each patch is in, by number; patches in none are left out. */
function circlesOf(edges: readonly SupersedenceEdge[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  for (const { newer, older } of edges) {
    const list = next.get(newer);
    if (list) list.push(older);
    else next.set(newer, [older]);
  }
  const circles = new Map<string, number>();
  strongComponents(next).forEach((component, index) => {
    if (component.length > 1) for (const id of component) circles.set(id, index);
  });
  return circles;
}

/** Tarjan's strongly connected components, without recursion: chains in real catalogues are thousands long. */
function strongComponents(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  const enter = (id: string): { id: string; at: number } => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    stack.push(id);
    onStack.add(id);
    return { id, at: 0 };
  };
  const lower = (id: string, to: number): void => void low.set(id, Math.min(low.get(id) ?? to, to));
  for (const root of next.keys()) {
    if (index.has(root)) continue;
    const work = [enter(root)];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const child = next.get(frame.id)?.[frame.at++];
      if (child === undefined) {
        work.pop();
        const parent = work.at(-1);
        if (parent !== undefined) lower(parent.id, low.get(frame.id) ?? 0);
        if (low.get(frame.id) === index.get(frame.id)) found.push(popTo(stack, onStack, frame.id));
      } else if (!index.has(child)) work.push(enter(child));
      else if (onStack.has(child)) lower(frame.id, index.get(child) ?? 0);
    }
  }
  return found;
}

function popTo(stack: string[], onStack: Set<string>, id: string): string[] {
  const component = stack.splice(stack.lastIndexOf(id));
  for (const one of component) onStack.delete(one);
  return component;
}

function cycleFindings(edges: readonly SupersedenceEdge[], circles: ReadonlyMap<string, number>): Finding[] {
  const reported = new Set<number>();
  return edges.flatMap(({ newer, older, at }) => {
    const circle = circles.get(newer);
    if (circle === undefined || !inCircle(circles, newer, older) || reported.has(circle)) return [];
    reported.add(circle);
    const members = [...circles].flatMap(([id, number]) => (number === circle ? [`\`${id}\``] : []));
    const message = `These patches supersede each other in a circle: ${members.join(', ')}. None of them is pruned by another until one edge is removed.`;
    const related = edges
      .filter(
        (edge) => edge.at !== at && circles.get(edge.newer) === circle && inCircle(circles, edge.newer, edge.older),
      )
      .map((edge) => ({ at: edge.at, message: `\`${edge.newer}\` supersedes \`${edge.older}\`` }));
    return [
      { code: 'supersedence-cycle', severity: MODEL_DIAGNOSTICS['supersedence-cycle'].severity, message, at, related },
    ];
  });
}

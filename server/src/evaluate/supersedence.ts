/** The order in which patches are judged: what supersedes comes before what it supersedes. */
import type { Content } from '../model/content.ts';

/** Patch ids (lower case) to those that supersede them directly. */
export type Superseders = ReadonlyMap<string, readonly string[]>;

const known = new WeakMap<Content, Superseders>();

/** Who supersedes whom, each edge once, without self-supersedence and dangling ends. */
export function supersedersOf(content: Content): Superseders {
  const found = known.get(content);
  if (found !== undefined) return found;
  const made = new Map<string, Set<string>>();
  for (const edge of content.supersedence) {
    const [newer, older] = [edge.newer.toLowerCase(), edge.older.toLowerCase()];
    if (newer === older || !content.patches.has(newer) || !content.patches.has(older)) continue;
    const set = made.get(older) ?? new Set();
    set.add(newer);
    made.set(older, set);
  }
  const superseders = new Map([...made].map(([older, newer]) => [older, [...newer]]));
  known.set(content, superseders);
  return superseders;
}

/**
 * The patches of one instance, each after all that supersede it. Patches that supersede each other in a circle come out with
 * `superseders` that leave the circle's own edges out: in a circle nothing is newer than anything.
 */
export function headsFirst(
  ids: readonly string[],
  superseders: Superseders,
): readonly { readonly id: string; readonly superseders: readonly string[] }[] {
  const here = new Set(ids);
  const edges = new Map(ids.map((id) => [id, (superseders.get(id) ?? []).filter((newer) => here.has(newer))]));
  return components(ids, edges).flatMap((circle) => {
    const members = new Set(circle);
    return circle.map((id) => ({ id, superseders: (edges.get(id) ?? []).filter((newer) => !members.has(newer)) }));
  });
}

interface Visit {
  readonly id: string;
  readonly next: readonly string[];
  at: number;
}

/** Tarjan's strongly connected components, without recursion: chains of real catalogues are thousands long. */
function components(ids: readonly string[], edges: ReadonlyMap<string, readonly string[]>): readonly string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open = new Set<string>();
  const path: string[] = [];
  const done: string[][] = [];
  for (const root of ids) {
    if (order.has(root)) continue;
    const visits: Visit[] = [];
    const enter = (id: string): void => {
      order.set(id, order.size);
      low.set(id, order.get(id) ?? 0);
      open.add(id);
      path.push(id);
      visits.push({ id, next: edges.get(id) ?? [], at: 0 });
    };
    const lower = (id: string, to: number | undefined): void => {
      low.set(id, Math.min(low.get(id) ?? 0, to ?? Number.MAX_SAFE_INTEGER));
    };
    enter(root);
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const next = visit.next[visit.at++];
      if (next !== undefined) {
        if (!order.has(next)) enter(next);
        else if (open.has(next)) lower(visit.id, order.get(next));
        continue;
      }
      visits.pop();
      const above = visits.at(-1);
      if (above !== undefined) lower(above.id, low.get(visit.id));
      if (low.get(visit.id) === order.get(visit.id)) {
        const circle = path.splice(path.lastIndexOf(visit.id));
        for (const id of circle) open.delete(id);
        done.push(circle);
      }
    }
  }
  return done;
}

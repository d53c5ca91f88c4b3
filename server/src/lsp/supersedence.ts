/** Supersedence by patch: the edges of the content, sorted out once for each analysis. */
import type { SupersedenceEdge } from '../model/content.ts';

/** The patches right beside one in its chains, as declared. */
export interface Chains {
  readonly newer: ReadonlyMap<string, readonly string[]>;
  readonly older: ReadonlyMap<string, readonly string[]>;
}

const known = new WeakMap<readonly SupersedenceEdge[], Chains>();

/** Who supersedes whom, by id in lower case. */
export function chainsOf(supersedence: readonly SupersedenceEdge[]): Chains {
  const before = known.get(supersedence);
  if (before) return before;
  const newer = new Map<string, string[]>();
  const older = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, id: string, other: string): void => {
    const list = to.get(id.toLowerCase());
    if (list) list.push(other);
    else to.set(id.toLowerCase(), [other]);
  };
  for (const edge of supersedence) {
    add(newer, edge.older, edge.newer);
    add(older, edge.newer, edge.older);
  }
  const chains = { newer, older };
  known.set(supersedence, chains);
  return chains;
}

/** All that are reached along a chain, however far. */
export function reachedFrom(id: string, next: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>();
  const waiting = [id];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    for (const other of next.get(one.toLowerCase()) ?? []) {
      if (!found.has(other)) waiting.push(other);
      found.add(other);
    }
  }
  return [...found];
}

/** Which declarations depend on which: what a scan of some of them needs, and what an edit of one makes stale. */
import type { Linked } from '../model/link.ts';

/** By id in lower case: what a declaration depends on, directly or not, and itself. */
export type Related = (id: string) => ReadonlySet<string>;

/** Supersedence relates both ways: a patch's status follows from what supersedes it, and decides what it supersedes. */
export function relatedIn({ symbols, content }: Linked): Related {
  const direct = new Map<string, Set<string>>();
  const relate = (from: string, to: string): void => {
    const known = direct.get(from.toLowerCase());
    if (known) known.add(to.toLowerCase());
    else direct.set(from.toLowerCase(), new Set([to.toLowerCase()]));
  };
  for (const { kind, owner, name } of symbols.references) {
    if (kind !== 'local' && owner !== undefined) relate(owner, name);
  }
  for (const [patch, products] of symbols.fixed) for (const product of products) relate(patch, product);
  for (const { newer, older } of content.supersedence) {
    relate(newer, older);
    relate(older, newer);
  }
  const closed = new Map<string, ReadonlySet<string>>();
  return (id) => {
    const key = id.toLowerCase();
    const known = closed.get(key);
    if (known) return known;
    const reached = new Set([key]);
    // A set grows while it is gone through.
    for (const one of reached) for (const next of direct.get(one) ?? []) reached.add(next);
    closed.set(key, reached);
    return reached;
  };
}

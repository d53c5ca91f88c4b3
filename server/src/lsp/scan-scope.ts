/** A part of the content that a scan can be for: some declarations, with all that they depend on. */
import type { Content } from '../model/content.ts';
import type { Linked } from '../model/link.ts';
import { relatedIn } from './scan-related.ts';

/** The content that is left; all of it where no ids are given. */
export function contentFor(linked: Linked, only: readonly string[] | undefined): Content {
  if (only === undefined) return linked.content;
  const related = relatedIn(linked);
  const kept = new Set(only.flatMap((id) => [...related(id)]));
  const isKept = (id: string): boolean => kept.has(id.toLowerCase());
  const { products, patches, supersedence } = linked.content;
  return {
    ...linked.content,
    products: new Map([...products].filter(([id]) => isKept(id))),
    patches: new Map([...patches].filter(([id]) => isKept(id))),
    supersedence: supersedence.filter(({ newer, older }) => isKept(newer) && isKept(older)),
  };
}

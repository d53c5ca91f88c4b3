/** Names of a product that neither it nor a patch for it uses. */
import type { BoundPlace, ProductOutline } from '../../model/facts/outline.ts';
import type { Compared } from '../compared.ts';

/** Of some names that a product binds, those that nothing uses. */
export function unusedOf(
  { patchesOf }: Compared,
  product: ProductOutline,
  bound: readonly BoundPlace[],
): readonly BoundPlace[] {
  const inside = bound.filter(({ name }) => !product.uses.includes(name.toLowerCase()));
  if (inside.length === 0) return [];
  const used = new Set(patchesOf(product.id.toLowerCase()).flatMap(({ uses }) => uses));
  return inside.filter(({ name }) => !used.has(name.toLowerCase()));
}

/** A `let` that nothing uses. */
import type { Find, Let, Patch } from '../../model/content.ts';
import { walkPatch, walkProduct } from '../../model/walk.ts';
import type { Rule } from '../rule.ts';

/** Names that every tool knows. */
const KNOWN: ReadonlySet<string> = new Set(['version', 'location', 'channel', 'language', 'architecture', 'arch']);

export const unusedName: Rule = {
  code: 'unused-name',
  severity: 'hint',
  summary: 'A `let` binds a name that nothing uses.',
  find(content) {
    const patches = new Map<string, Patch[]>();
    for (const patch of content.patches.values())
      for (const { name } of patch.fixes) patches.set(name, [...(patches.get(name) ?? []), patch]);
    const ofProducts = [...content.products.values()].flatMap((product) => {
      const lets = product.variants.flatMap(({ finds }) => finds.filter(isLet)).filter(isOwn);
      if (lets.length === 0) return [];
      const used = new Set(product.onePer.map((name) => name.toLowerCase()));
      const visitor = { name: ({ base }: { readonly base: string }) => void used.add(base.toLowerCase()) };
      walkProduct(product, visitor);
      for (const patch of patches.get(product.id) ?? []) walkPatch(patch, visitor);
      return lets.filter(({ name }) => !used.has(name.toLowerCase()));
    });
    return ofProducts.map(({ name, at }) => ({ message: `Nothing uses \`${name}\`.`, at }));
  },
};

const isLet = (find: Find): find is Let => find.kind === 'let';
const isOwn = ({ name }: Let): boolean => !KNOWN.has(name.toLowerCase());

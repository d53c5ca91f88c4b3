/** A named group that binds a name which nobody uses. */
import type { Find, Patch, Product } from '../../model/content.ts';
import { walkCondition, walkPatch, walkProduct } from '../../model/walk.ts';
import type { Rule, RuleFinding } from '../rule.ts';

export const unusedCapture: Rule = {
  code: 'unused-capture',
  severity: 'hint',
  summary: 'A named group binds a name that nothing uses.',
  find(content) {
    const patches = new Map<string, Patch[]>();
    for (const patch of content.patches.values()) {
      for (const { name } of patch.fixes) {
        const known = patches.get(name);
        if (known === undefined) patches.set(name, [patch]);
        else known.push(patch);
      }
    }
    return [...content.products.values()].flatMap((product) =>
      findings(product, patches.get(product.id) ?? [], content.texts),
    );
  },
};

function findings(
  product: Product,
  patches: readonly Patch[],
  texts: ReadonlyMap<string, string>,
): readonly RuleFinding[] {
  const groups = product.variants.flatMap((variant) => variant.finds.flatMap((find) => groupsOf(find, texts)));
  if (groups.length === 0) return [];
  const used = new Set(product.onePer.map((name) => name.toLowerCase()));
  const visitor = { name: ({ base }: { readonly base: string }) => void used.add(base.toLowerCase()) };
  walkProduct(product, visitor);
  for (const patch of patches) walkPatch(patch, visitor);
  return groups
    .filter(({ name }) => !used.has(name.toLowerCase()))
    .map(({ name, at }) => ({
      message: `Nothing uses \`${name}\`. Write \`(?:…)\` where only a group is wanted.`,
      at,
    }));
}

function groupsOf(find: Find, texts: ReadonlyMap<string, string>) {
  const found: { name: string; at: RuleFinding['at'] }[] = [];
  if (find.kind !== 'each' || find.where === undefined) return found;
  walkCondition(find.where, {
    condition(condition) {
      if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return;
      const { test } = condition.predicate;
      if (test.kind !== 'matches') return;
      for (const match of test.regex.pattern.matchAll(/\(\?P?<([A-Za-z_]\w*)>/g)) {
        const name = match[1] ?? '';
        const { file, start: from, end } = test.regex.at;
        // In XML the brackets are spelled `&lt;`.
        const spelled = new RegExp(`(?:<|&[^;]{1,6};)${name}(?:>|&)`).exec(texts.get(file)?.slice(from, end) ?? '');
        const start = from + (spelled === null ? match.index : spelled.index + spelled[0].indexOf(name));
        found.push({ name, at: { file, start, end: start + name.length } });
      }
    },
  });
  return found;
}

/** A range of versions in `fixes` of a product that binds no version: it is never decided. */
import type { Find, Product } from '../../model/content.ts';
import { walkCondition } from '../../model/walk.ts';
import type { Rule } from '../rule.ts';

export const rangeWithoutVersion: Rule = {
  code: 'range-without-version',
  severity: 'warning',
  summary: 'A range is asked of a product that binds no `version`.',
  find: ({ patches, products }) =>
    [...patches.values()].flatMap(({ fixes }) =>
      fixes.flatMap(({ name, bounds, at }) => {
        const product = products.get(name.toLowerCase());
        if (bounds.length === 0 || product === undefined || bindsVersion(product)) return [];
        const message = `\`${product.id}\` binds no \`version\`, so nothing of it is in a range: add \`let version = …\` to it.`;
        return [{ message, at, related: [{ at: product.nameAt, message: 'the product' }] }];
      }),
    ),
};

const bindsVersion = ({ variants }: Product): boolean => variants.every(({ finds }) => finds.some(givesVersion));

/** A `let`, or a named group. */
function givesVersion(find: Find): boolean {
  if (find.kind === 'let') return find.name.toLowerCase() === 'version';
  let found = false;
  if (find.kind !== 'each' || find.where === undefined) return found;
  walkCondition(find.where, {
    condition(condition) {
      if (condition.kind !== 'compare' || condition.predicate.kind !== 'test') return;
      const { test } = condition.predicate;
      found ||= test.kind === 'matches' && /<version>/i.test(test.regex.pattern);
    },
  });
  return found;
}

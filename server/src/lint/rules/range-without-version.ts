/** A range of versions in `fixes` of a product that binds no version: it is never decided. */
import { comparingRule } from '../compared.ts';

export const rangeWithoutVersion = comparingRule({
  code: 'range-without-version',
  severity: 'warning',
  summary: 'A range is asked of a product that binds no `version`.',
  compare: ({ patches, product: productOf }) =>
    patches.flatMap(({ fixes }) =>
      fixes.flatMap(({ name, isRange, at }) => {
        const product = productOf(name.toLowerCase());
        if (!isRange || product === undefined || product.bindsVersion) return [];
        const message = `\`${product.id}\` binds no \`version\`, so nothing of it is in a range: add \`let version = …\` to it.`;
        return [{ message, at, related: [{ at: product.nameAt, message: 'the product' }] }];
      }),
    ),
});

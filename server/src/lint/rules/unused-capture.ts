/** A named group that binds a name which nobody uses. */
import { comparingRule } from '../compared.ts';
import { unusedOf } from './unused.ts';

export const unusedCapture = comparingRule({
  code: 'unused-capture',
  severity: 'hint',
  summary: 'A named group binds a name that nothing uses.',
  compare: (compared) =>
    compared.products.flatMap((product) =>
      unusedOf(compared, product, product.groups).map(({ name, at }) => ({
        message: `Nothing uses \`${name}\`. Write \`(?:…)\` where only a group is wanted.`,
        at,
      })),
    ),
});

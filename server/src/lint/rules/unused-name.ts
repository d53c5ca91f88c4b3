/** A `let` that nothing uses. */
import { comparingRule } from '../compared.ts';
import { unusedOf } from './unused.ts';

/** Names that every tool knows. */
const KNOWN: ReadonlySet<string> = new Set(['version', 'location', 'channel', 'language', 'architecture', 'arch']);

export const unusedName = comparingRule({
  code: 'unused-name',
  severity: 'hint',
  summary: 'A `let` binds a name that nothing uses.',
  compare: (compared) =>
    compared.products.flatMap((product) => {
      const own = product.lets.filter(({ name }) => !KNOWN.has(name.toLowerCase()));
      return unusedOf(compared, product, own).map(({ name, at }) => ({ message: `Nothing uses \`${name}\`.`, at }));
    }),
});

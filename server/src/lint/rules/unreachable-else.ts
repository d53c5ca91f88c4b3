/** A choice of a `let` that those before it leave nothing to. */
import { reasonedRule } from '../reason/rule.ts';

export const unreachableElse = reasonedRule({
  code: 'unreachable-else',
  severity: 'warning',
  summary: 'A choice after `else` is never reached.',
});

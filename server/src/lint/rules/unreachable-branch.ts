/** A branch that what stands around it rules out. */
import { reasonedRule } from '../reason/rule.ts';

export const unreachableBranch = reasonedRule({
  code: 'unreachable-branch',
  severity: 'warning',
  summary: 'A branch of `any` or `or` cannot be true where it stands.',
});

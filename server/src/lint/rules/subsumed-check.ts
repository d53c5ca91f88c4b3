/** A condition that has no say: another decides whatever it decides. */
import { reasonedRule } from '../reason/rule.ts';

export const subsumedCheck = reasonedRule({
  code: 'subsumed-check',
  severity: 'information',
  summary: 'A condition adds nothing to those beside it.',
});

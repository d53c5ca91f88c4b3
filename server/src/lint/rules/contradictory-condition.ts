/** Conditions that no machine fulfils, by reasoning over versions, numbers, dates, texts and Windows. */
import { reasonedRule } from '../reason/rule.ts';

export const contradictoryCondition = reasonedRule({
  code: 'contradictory-condition',
  severity: 'warning',
  summary: 'A condition cannot be true on any machine.',
});

/** Conditions that every machine fulfils; a patch that is always missing on purpose says `missing always`. */
import { reasonedRule } from '../reason/rule.ts';

export const alwaysTrue = reasonedRule({
  code: 'always-true',
  severity: 'warning',
  summary: 'A condition is true on every machine.',
});

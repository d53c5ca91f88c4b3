/** A range or Windows in `fixes` that the condition contradicts, or that makes it true whatever the machine has. */
import { reasonedRule } from '../reason/rule.ts';

export const fixesDecides = reasonedRule({
  code: 'fixes-decides',
  severity: 'warning',
  summary: 'What a patch fixes decides its condition already.',
});

/** Several `on` that must all hold, and that no Windows can fulfil together. */
import { reasonedRule } from '../reason/rule.ts';

export const contradictoryOn = reasonedRule({
  code: 'contradictory-on',
  severity: 'warning',
  summary: 'No Windows fulfils all the `on` that must hold together.',
});
